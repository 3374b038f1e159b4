package io.ringcode.login.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of authenticator apps. */
public sealed interface AppScreen extends Screen {
    /**
     * Posts {@code code}. {@code pick-authenticator} leads to {@link Screen.EnrollOptions}.
     *
     * @param uri what the QR code says: {@code otpauth://…}
     * @param secret the same for typing, in groups of four
     */
    record AppEnrollment(String uri, String secret, boolean otherFactors, List<Problem> problems) implements AppScreen {
        @Override
        public String name() {
            return "mfa-otp-enrollment-qr";
        }

        @Override
        public String prompt() {
            return "mfa-otp";
        }
    }

    /**
     * Posts {@code code}, {@code rememberBrowser}; {@code pick-authenticator}.
     *
     * @param remember null where it is not offered
     * @param passkey as in {@link PhoneScreen.CodeChallenge}
     */
    record AppChallenge(
            boolean otherFactors,
            Screen.@Nullable Remember remember,
            @Nullable String passkey,
            List<Problem> problems) implements AppScreen {
        @Override
        public String name() {
            return "mfa-otp-challenge";
        }

        @Override
        public String prompt() {
            return "mfa-otp";
        }
    }
}
