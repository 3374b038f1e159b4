package io.ringcode.delivery;

/** The result of sending a queued message, as far as it is known when the wait ends. */
public sealed interface DispatchResult {
    /** The carrier has the message. */
    record Accepted() implements DispatchResult {}

    /** No answer yet, or another attempt will follow. */
    record Pending() implements DispatchResult {}

    /** The message's code was used or replaced before it could be sent again. */
    record NotNeeded() implements DispatchResult {}

    /** The message will never be sent. */
    record Refused(String code, FailureCause fault) implements DispatchResult {}
}
