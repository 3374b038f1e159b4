package io.ringcode.factor;

/**
 * A guess at an authenticator's code, judged and counted.
 *
 * @param open false: too many guesses before, so it was not judged
 * @param first whether the authenticator was confirmed by it, if it was right
 */
public record Guess(boolean matched, boolean open, boolean first) {}
