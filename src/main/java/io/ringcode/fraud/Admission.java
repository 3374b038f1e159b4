package io.ringcode.fraud;

import java.time.Duration;

/** What the fraud guard decided about one message. */
public sealed interface Admission {
    record Admitted() implements Admission {}

    /**
     * @param rule the rule that refused
     * @param retryAfter whole seconds, rounded up, as Retry-After wants it (RFC 9110 section 10.2.3); zero where waiting
     *     does not help
     */
    record Denied(Rule rule, Duration retryAfter) implements Admission {}

    /** What may refuse a message, in words for the log. */
    enum Rule {
        BRAKE("an administrator has stopped all sending"),
        BUDGET("the budget is used up"),
        NUMBER_KIND("it is a kind of number that is not sent to"),
        COUNTRY("the number's country is not permitted"),
        DELAY("the wait since the last message is not over"),
        PAUSE("the sign-in has just sent this number a message by this channel"),
        USER("the limit per user is reached"),
        NUMBER("the limit per number is reached"),
        ADDRESS("the limit per address is reached"),
        ENROLLMENT_NUMBER("the limit on enrolments of one number is reached"),
        ENROLLMENT_ADDRESS("the limit on enrolments from one address is reached"),
        TENANT("the tenant's limit is reached");

        private final String reason;

        Rule(String reason) {
            this.reason = reason;
        }

        /** A part of a sentence, such as "the limit per user is reached". */
        public String reason() {
            return reason;
        }
    }
}
