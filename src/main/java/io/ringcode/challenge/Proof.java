package io.ringcode.challenge;

import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.UsableFactors.Proved;
import org.jspecify.annotations.Nullable;

/** What somebody shows to prove a second factor. Codes are as typed: blanks, dashes and the case of letters do not matter. */
public sealed interface Proof {
    FactorKind kind();

    /** A code that was sent. */
    record OutOfBand(String oobCode, String code) implements Proof {
        @Override
        public FactorKind kind() {
            return FactorKind.PHONE;
        }
    }

    /** @param app the one that is being bound; null for any that may prove the user */
    record AppCode(@Nullable AuthenticatorId app, String code) implements Proof {
        @Override
        public FactorKind kind() {
            return FactorKind.APP;
        }
    }

    /**
     * A browser's answer that it made a key.
     *
     * @param id that the key gets
     * @param proved before
     * @param response JSON, as {@code PublicKeyCredential.toJSON} has it
     */
    record NewKey(WebAuthnCeremony ceremony, AuthenticatorId id, Proved proved, String response) implements Proof {
        @Override
        public FactorKind kind() {
            return ceremony.kind();
        }
    }

    /** A browser's answer that a key signed. */
    record KeySignature(WebAuthnCeremony ceremony, String response) implements Proof {
        @Override
        public FactorKind kind() {
            return ceremony.kind();
        }
    }

    record RecoveryCode(String code) implements Proof {
        @Override
        public FactorKind kind() {
            return FactorKind.RECOVERY_CODE;
        }
    }
}
