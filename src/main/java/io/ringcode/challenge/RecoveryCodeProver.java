package io.ringcode.challenge;

import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.GuessCount;
import io.ringcode.factor.ProofMethod;
import io.ringcode.factor.RecoveryCodeHash;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** A recovery code. A right one is burnt; whoever asked gives the user the next one, in the same transaction. */
@Component
class RecoveryCodeProver {
    private final Authenticators authenticators;
    private final RecoveryCodeHash hash;
    private final GuessCount guesses;
    private final GuessEvaluation evaluation;

    RecoveryCodeProver(
            Authenticators authenticators, RecoveryCodeHash hash, GuessCount guesses, GuessEvaluation evaluation) {
        this.authenticators = authenticators;
        this.hash = hash;
        this.guesses = guesses;
        this.evaluation = evaluation;
    }

    Verification prove(Transaction login, Proof.RecoveryCode proof, Instant now) {
        var held =
                authenticators.of(login.tenant(), login.user()).recoveryCode().orElse(null);
        if (held == null) return WrongCode.uncounted();
        var typed = hash.of(login.tenant(), login.user(), proof.code());
        return guesses.recoveryCode(login.tenant(), held.id(), typed, now)
                .map(guess -> evaluation.of(login, held.id(), ProofMethod.RECOVERY_CODE, guess, now))
                .orElseGet(WrongCode::uncounted);
    }
}
