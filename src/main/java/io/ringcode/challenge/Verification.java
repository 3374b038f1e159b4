package io.ringcode.challenge;

import io.ringcode.enrollment.EnrollmentId;
import java.time.Duration;

/** What became of a guess. */
public sealed interface Verification {
    /**
     * @param method how the user proved to hold the authenticator, as {@code amr} names it (RFC 8176)
     * @param first whether this was the guess that confirmed the authenticator
     */
    record Verified(EnrollmentId enrollment, String method, boolean first) implements Verification {}

    /** Counted. */
    record WrongCode() implements Verification {}

    /**
     * Not judged: too many wrong guesses before. A new code does not help.
     *
     * @param retryAfter when one more guess is free; zero when only a new code, or an administrator, helps
     */
    record Locked(Duration retryAfter) implements Verification {}

    /** Expired, used or never ours: a caller must not learn which. */
    record Gone() implements Verification {}
}
