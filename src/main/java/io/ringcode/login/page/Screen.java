package io.ringcode.login.page;

import io.ringcode.factor.FactorKind;
import io.ringcode.phone.Channel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows: all that its template needs, and nothing that it must look up. A form posts to the address of its
 * own screen, {@code /u/} and its {@link #name}; {@code action} says which of its buttons was pressed, {@code default}
 * being the one that Enter presses.
 */
public sealed interface Screen
        permits PhoneScreen,
                AppScreen,
                WebAuthnScreen,
                RecoveryCodeScreen,
                EndScreen,
                AccountScreen,
                LossScreen,
                Screen.LogIn,
                Screen.SignUp,
                Screen.ResetRequest,
                Screen.NewPassword,
                Screen.EnrollOptions,
                Screen.LoginOptions {
    /** The screen's name in addresses and among custom texts. */
    String name();

    /** The prompt that its custom texts are kept under. */
    String prompt();

    /** What was wrong with the last try; empty on first sight. */
    default List<Problem> problems() {
        return List.of();
    }

    /** Posts {@code username}, {@code password}. Links to {@code /u/signup} and to {@link ResetRequest}, where that is offered. */
    record LogIn(@Nullable String username, boolean signUpOffered, boolean resetOffered, List<Problem> problems)
            implements Screen {
        @Override
        public String name() {
            return "login";
        }

        @Override
        public String prompt() {
            return "login";
        }
    }

    /** Posts {@code email}, {@code password}. Links to {@code /u/login}. */
    record SignUp(@Nullable String email, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "signup";
        }

        @Override
        public String prompt() {
            return "signup";
        }
    }

    /** Posts {@code email}. Links to {@code /u/login}. */
    record ResetRequest(@Nullable String email, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "reset-password-request";
        }

        @Override
        public String prompt() {
            return RESET;
        }
    }

    /** Posts {@code password}. */
    record NewPassword(List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "reset-password";
        }

        @Override
        public String prompt() {
            return RESET;
        }
    }

    /** The prompt of all pages for a new password. */
    String RESET = "reset-password";

    /**
     * A way to prove oneself, as lists of choices have it.
     *
     * @param channel by which a phone gets its code; null for other kinds, and where it is chosen on the next page
     * @param wire its {@code action}
     * @param text the name of its text
     */
    record Factor(FactorKind kind, @Nullable Channel channel, String wire, String text) {
        public static final Factor PHONE = new Factor(FactorKind.PHONE, null, "phone", "Phone");
        public static final Factor OTP = new Factor(FactorKind.APP, null, "otp", "OTP");
        public static final Factor RECOVERY_CODE =
                new Factor(FactorKind.RECOVERY_CODE, null, "recovery-code", "RecoveryCode");

        /** @param kind a security key, or a device */
        public static Factor webAuthn(FactorKind kind) {
            var text = kind == FactorKind.WEBAUTHN_PLATFORM ? "WebauthnPlatform" : "WebauthnRoaming";
            return new Factor(kind, null, kind.setting(), text);
        }

        public static Factor over(Channel channel) {
            return new Factor(FactorKind.PHONE, channel, channel.wire(), channel.label());
        }
    }

    /**
     * Which factor to bind. {@code action} is the factor's wire name, or {@code skip}.
     *
     * @param skippable whether there is another factor left, so that this one is only advice
     */
    record EnrollOptions(List<Factor> factors, boolean skippable, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "mfa-begin-enroll-options";
        }

        @Override
        public String prompt() {
            return "mfa";
        }
    }

    /**
     * The box "remember this browser".
     *
     * @param ticked whether it is beforehand
     * @param life how long the browser is remembered at the most
     */
    record Remember(boolean ticked, Duration life) {}

    /** {@code action} is the factor's wire name; or {@code back-action}. */
    record LoginOptions(List<Factor> factors, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "mfa-login-options";
        }

        @Override
        public String prompt() {
            return "mfa";
        }
    }
}
