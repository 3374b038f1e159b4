package io.ringcode.challenge;

import io.ringcode.challenge.ChallengeEvent.GuessRight;
import io.ringcode.challenge.ChallengeEvent.GuessWrong;
import io.ringcode.challenge.ChallengeEvent.GuessesExceeded;
import io.ringcode.challenge.Transaction.Standing;
import io.ringcode.challenge.Verification.CodeUsedUp;
import io.ringcode.challenge.Verification.EnrolledMeanwhile;
import io.ringcode.challenge.Verification.Locked;
import io.ringcode.challenge.Verification.NumberNotTrusted;
import io.ringcode.challenge.Verification.Outlived;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.Guess;
import io.ringcode.factor.GuessCount;
import io.ringcode.factor.ProofMethod;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.user.Users;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Evaluation of a guess that was counted, the same for all kinds of factor: its outcome, event and what it confirms. Where it confirms an authenticator, what was
 * true when binding began is judged again, with the user's row held, so that of many at once one is the first.
 */
@Component
class GuessEvaluation {
    private final GuessCount guesses;
    private final Authenticators authenticators;
    private final RecoveryCodes recoveryCodes;
    private final NumberChecks numbers;
    private final Users users;
    private final ApplicationEventPublisher events;

    GuessEvaluation(
            GuessCount guesses,
            Authenticators authenticators,
            RecoveryCodes recoveryCodes,
            NumberChecks numbers,
            Users users,
            ApplicationEventPublisher events) {
        this.guesses = guesses;
        this.authenticators = authenticators;
        this.recoveryCodes = recoveryCodes;
        this.numbers = numbers;
        this.users = users;
        this.events = events;
    }

    Verification of(Transaction login, AuthenticatorId id, ProofMethod method, Guess guess, Instant now) {
        if (!guess.open()) {
            events.publishEvent(new GuessesExceeded(login.caller(), login.user(), id, method));
            return exhausted(login, id, guess, now);
        }
        if (!guess.matched()) {
            events.publishEvent(new GuessWrong(login.caller(), login.user(), id, method, guess.left() <= 0));
            var left = Math.min(guess.left(), guess.codeLeft());
            return new WrongCode(guess.failures(), left, left > 0 ? null : exhausted(login, id, guess, now));
        }
        if (guess.first()) {
            var refused = refuseToBind(login, id, method);
            if (refused.isPresent()) return refused.get();
            recoveryCodes.confirm(login.tenant(), login.user(), login.id(), now);
        }
        events.publishEvent(new GuessRight(login.caller(), login.user(), id, method, guess.first()));
        return new Verified(id, method, guess.first());
    }

    /** A new code helps only where the authenticator itself may be guessed at. */
    private Verification exhausted(Transaction login, AuthenticatorId id, Guess guess, Instant now) {
        return guess.left() > 0 ? new CodeUsedUp() : new Locked(guesses.wait(login.tenant(), id, now));
    }

    private Optional<Verification> refuseToBind(Transaction login, AuthenticatorId id, ProofMethod method) {
        if (users.hold(login.tenant(), login.user(), login.grounds()).isEmpty()) return Optional.of(new Outlived());
        if (method.kind() == FactorKind.PHONE && !numbers.mayBeBound(login.tenant(), id))
            return Optional.of(new NumberNotTrusted());
        return login.standing() == Standing.FIRST_FACTOR
                        && authenticators.enrolledBeside(login.tenant(), login.user(), id)
                ? Optional.of(new EnrolledMeanwhile())
                : Optional.empty();
    }
}
