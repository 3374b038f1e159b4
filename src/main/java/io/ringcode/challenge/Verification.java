package io.ringcode.challenge;

import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.GuessCount;
import io.ringcode.factor.ProofMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a proof. */
public sealed interface Verification {
    /** @param first whether this was the code that confirmed the authenticator */
    record Verified(AuthenticatorId authenticator, ProofMethod method, boolean first) implements Verification {}

    /**
     * Counted.
     *
     * @param failures wrong guesses at the authenticator in a row, this one included
     * @param left further guesses that are free
     * @param next what becomes of each further guess; null while some are free
     */
    record WrongCode(int failures, int left, @Nullable Verification next) implements Verification {
        /** There is nothing that it could have been right for. */
        static WrongCode uncounted() {
            return new WrongCode(0, GuessCount.GUESSES, null);
        }
    }

    /** Not judged: this one code was guessed at too often. A new one helps. */
    record CodeUsedUp() implements Verification {}

    /**
     * Not judged: too many wrong guesses before. A new code does not help.
     *
     * @param retryAfter when one more guess is free; zero when only an administrator helps
     */
    record Locked(Duration retryAfter) implements Verification {}

    /** Expired, used or never ours: a caller must not learn which. */
    record Gone() implements Verification {}

    /** Not judged: the tenant has switched the factor off. */
    record SwitchedOff() implements Verification {}

    /** Right, but it would have bound a first authenticator, and the user has another one by now. */
    record EnrolledMeanwhile() implements Verification {}

    /** Right, but what the sign-in stood on is gone: the user was blocked or deleted, or has another password by now. */
    record Outlived() implements Verification {}

    /** Right, but the tenant's actions have not let the number be trusted that it would have bound. */
    record NumberNotTrusted() implements Verification {}

    /** Whether it binds nothing and spends nothing: the transaction that it was judged in must be rolled back. */
    default boolean undone() {
        return this instanceof EnrolledMeanwhile || this instanceof Outlived || this instanceof NumberNotTrusted;
    }
}
