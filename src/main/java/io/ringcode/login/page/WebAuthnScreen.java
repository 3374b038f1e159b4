package io.ringcode.login.page;

import io.ringcode.factor.FactorKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of security keys and of devices that recognize their owner (WebAuthn). */
public sealed interface WebAuthnScreen extends Screen {
    FactorKind kind();

    @Override
    default String prompt() {
        return "mfa-webauthn";
    }

    private static String name(FactorKind kind, String what) {
        return "mfa-" + kind.setting() + "-" + what;
    }

    /** How a page that binds is left without binding. */
    enum Leave {
        /** For another method: the first factor needs one. */
        OTHER_METHOD,
        /** What was due is done, and this is advice. */
        SKIP,
        /** The same, asked after a sign-in: "Not now", or never on this device. */
        SNOOZE
    }

    /**
     * Posts {@code response}, what the browser made of {@code options}; or {@code showError::} and why it made nothing;
     * {@code pick-authenticator}, {@code snooze-enrollment}, {@code refuse-add-device}.
     *
     * @param options the creation options as JSON
     * @param otherFactors whether something else can be bound
     */
    record KeyEnrollment(FactorKind kind, String options, boolean otherFactors, Leave leave, List<Problem> problems)
            implements WebAuthnScreen {
        @Override
        public String name() {
            return WebAuthnScreen.name(kind, "enrollment");
        }
    }

    /**
     * Posts {@code response}, {@code rememberBrowser}; {@code showError::}; {@code pick-authenticator}.
     *
     * @param options the request options as JSON
     */
    record KeyChallenge(
            FactorKind kind,
            String options,
            boolean otherFactors,
            Screen.@Nullable Remember remember,
            List<Problem> problems)
            implements WebAuthnScreen {
        @Override
        public String name() {
            return WebAuthnScreen.name(kind, "challenge");
        }
    }

    /** Posts {@code nickname}. */
    record KeyNickname(FactorKind kind, List<Problem> problems) implements WebAuthnScreen {
        @Override
        public String name() {
            return "mfa-webauthn-change-key-nickname";
        }
    }

    /** {@code action} is {@code tryagain} or {@code pick-authenticator}. */
    record KeyError(FactorKind kind, boolean otherFactors) implements WebAuthnScreen {
        @Override
        public String name() {
            return "mfa-webauthn-error";
        }
    }

    /** The browser knows nothing of WebAuthn. {@code action} is {@code pick-authenticator}. */
    record KeyNotAvailable(FactorKind kind, boolean otherFactors) implements WebAuthnScreen {
        @Override
        public String name() {
            return "mfa-webauthn-not-available-error";
        }
    }
}
