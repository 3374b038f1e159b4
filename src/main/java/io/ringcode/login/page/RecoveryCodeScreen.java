package io.ringcode.login.page;

import java.util.List;

/** The pages of recovery codes. */
public sealed interface RecoveryCodeScreen extends Screen {
    /**
     * Posts {@code saved=on}. Offers to copy and to download the code.
     *
     * @param code shown this once, 24 characters
     * @param next whether it comes in place of one that was just used
     */
    record RecoveryCodeShown(String code, boolean next, List<Problem> problems) implements RecoveryCodeScreen {
        @Override
        public String name() {
            return next ? "mfa-recovery-code-challenge-new-code" : "mfa-recovery-code-enrollment";
        }

        @Override
        public String prompt() {
            return "mfa-recovery-code";
        }
    }

    /** Posts {@code code}; {@code pick-authenticator}. */
    record RecoveryCodeChallenge(boolean otherFactors, List<Problem> problems) implements RecoveryCodeScreen {
        @Override
        public String name() {
            return "mfa-recovery-code-challenge";
        }

        @Override
        public String prompt() {
            return "mfa-recovery-code";
        }
    }
}
