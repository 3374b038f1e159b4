package io.ringcode.delivery;

/** What a carrier says of an account's credentials when it is asked before they are saved. */
public sealed interface Verdict {
    record Good() implements Verdict {}

    /** @param reason for the administrator, with what to do; quotes no credential */
    record Bad(String reason) implements Verdict {}

    /**
     * Nobody knows: the carrier could not be reached, or answered something else.
     *
     * @param reason likewise
     */
    record Unclear(String reason) implements Verdict {}
}
