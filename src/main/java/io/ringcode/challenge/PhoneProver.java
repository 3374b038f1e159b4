package io.ringcode.challenge;

import io.ringcode.challenge.OobCodes.Handle;
import io.ringcode.challenge.Verification.Gone;
import io.ringcode.factor.ProofMethod;
import io.ringcode.text.Typed;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A code that was sent to a phone. */
@Component
class PhoneProver {
    private final OobCodes oobCodes;
    private final ChallengeTable table;
    private final GuessEvaluation evaluation;

    PhoneProver(OobCodes oobCodes, ChallengeTable table, GuessEvaluation evaluation) {
        this.oobCodes = oobCodes;
        this.table = table;
        this.evaluation = evaluation;
    }

    Optional<Handle> open(Transaction login, String oobCode) {
        return oobCodes.open(login.tenant(), oobCode);
    }

    Verification prove(Transaction login, Proof.OutOfBand proof, Instant now) {
        var handle = open(login, proof.oobCode())
                .filter(ours -> ours.transaction().equals(login.id()))
                .orElse(null);
        if (handle == null) return new Gone();
        return table.guess(login.tenant(), handle, new Typed(proof.code()).code(), now)
                .map(guess ->
                        evaluation.of(login, handle.authenticator(), ProofMethod.of(handle.channel()), guess, now))
                .orElseGet(Gone::new);
    }
}
