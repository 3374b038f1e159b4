package io.ringcode.delivery.carrier;

/** The result of a credential check: what a carrier says of an account's credentials before they are saved. */
public sealed interface CredentialCheckResult {
    record Good() implements CredentialCheckResult {}

    /** @param reason for the administrator, with what to do; quotes no credential */
    record Bad(String reason) implements CredentialCheckResult {}

    /**
     * The check could not be made: the carrier could not be reached, or answered something else.
     *
     * @param reason likewise
     */
    record Unclear(String reason) implements CredentialCheckResult {}
}
