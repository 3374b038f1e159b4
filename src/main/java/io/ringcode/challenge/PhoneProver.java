package io.ringcode.challenge;

import io.ringcode.challenge.ChallengeTable.CodeGuess;
import io.ringcode.challenge.OobCodes.Handle;
import io.ringcode.challenge.Verification.Gone;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.challenge.Verifications.SentCode;
import io.ringcode.factor.Guess;
import io.ringcode.factor.ProofMethod;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.text.Typed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A code that was sent to a phone. */
@Component
class PhoneProver {
    private final OobCodes oobCodes;
    private final ChallengeTable table;
    private final GuessEvaluation evaluation;
    private final FraudGuard fraud;

    PhoneProver(OobCodes oobCodes, ChallengeTable table, GuessEvaluation evaluation, FraudGuard fraud) {
        this.fraud = fraud;
        this.oobCodes = oobCodes;
        this.table = table;
        this.evaluation = evaluation;
    }

    Optional<Handle> open(Transaction login, String oobCode) {
        return oobCodes.open(login.tenant(), oobCode);
    }

    /** @param guesses no two by the same user */
    List<Verification> prove(List<SentCode> guesses, Instant now) {
        var handles = guesses.stream().map(this::handle).toList();
        var asked = new ArrayList<CodeGuess>();
        for (int i = 0; i < guesses.size(); i++) {
            var handle = handles.get(i);
            var guess = guesses.get(i);
            if (handle.isPresent())
                asked.add(new CodeGuess(
                        guess.login().tenant(),
                        handle.get(),
                        new Typed(guess.proof().code()).code()));
        }
        var judged = asked.isEmpty()
                ? Collections.<@Nullable Guess>emptyIterator()
                : table.guess(asked, now).iterator();
        var verifications = new ArrayList<Verification>();
        for (int i = 0; i < guesses.size(); i++) {
            var handle = handles.get(i).orElse(null);
            var guess = handle == null ? null : judged.next();
            var login = guesses.get(i).login();
            var verification = handle == null || guess == null
                    ? new Gone()
                    : evaluation.of(login, handle.authenticator(), ProofMethod.of(handle.channel()), guess, now);
            if (verification instanceof Verified) fraud.typed(login.tenant(), login.id());
            verifications.add(verification);
        }
        return verifications;
    }

    private Optional<Handle> handle(SentCode guess) {
        return open(guess.login(), guess.proof().oobCode())
                .filter(ours -> ours.transaction().equals(guess.login().id()));
    }
}
