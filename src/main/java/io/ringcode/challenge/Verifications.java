package io.ringcode.challenge;

import io.ringcode.factor.Authenticators;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * Judges proofs, each guess counted first. Runs in its caller's transaction, which must commit, unless the outcome says that
 * it is {@link Verification#undone}.
 */
@Component
public class Verifications {
    private final PhoneProver phones;
    private final AppProver apps;
    private final RecoveryCodeProver recoveryCodes;
    private final Authenticators authenticators;
    private final Clock clock;

    Verifications(
            PhoneProver phones,
            AppProver apps,
            RecoveryCodeProver recoveryCodes,
            Authenticators authenticators,
            Clock clock) {
        this.phones = phones;
        this.apps = apps;
        this.recoveryCodes = recoveryCodes;
        this.authenticators = authenticators;
        this.clock = clock;
    }

    /** Whose an oob_code is, before anything is counted. */
    public enum Ownership {
        OURS,
        MALFORMED,
        OTHER_LOGIN
    }

    public Ownership ownership(Transaction login, String oobCode) {
        return phones.open(login, oobCode)
                .map(handle -> handle.transaction().equals(login.id()) ? Ownership.OURS : Ownership.OTHER_LOGIN)
                .orElse(Ownership.MALFORMED);
    }

    public Verification prove(Transaction login, Proof proof) {
        if (!authenticators.settings(login.tenant()).isOn(proof.kind())) return new Verification.SwitchedOff();
        var now = clock.instant();
        return switch (proof) {
            case Proof.OutOfBand code -> phones.prove(login, code, now);
            case Proof.AppCode code -> apps.prove(login, code, now);
            case Proof.RecoveryCode code -> recoveryCodes.prove(login, code, now);
        };
    }
}
