package io.ringcode.factor;

/**
 * A guess at an authenticator's code, judged and counted.
 *
 * @param open false: too many guesses before, so it was not judged
 * @param first whether the authenticator was confirmed by it, if it was right
 * @param failures wrong guesses in a row, this one included where it was wrong and counted
 * @param left further guesses that the authenticator allows now
 * @param codeLeft further guesses that this one code allows; as many as {@code left} where a code has no limit of its own
 */
public record Guess(boolean matched, boolean open, boolean first, int failures, int left, int codeLeft) {
    /** At a code without a limit of its own. */
    public Guess(boolean matched, boolean open, boolean first, int failures, int left) {
        this(matched, open, first, failures, left, left);
    }

    /** A right one, which gives all guesses back. */
    public static Guess right(boolean first) {
        return new Guess(true, true, first, 0, GuessCount.GUESSES);
    }
}
