package io.ringcode.fraud;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the fraud guard decided about one message. */
public sealed interface Admission {
    /** @param watched what rules found that would do more, were they on or could who asks be asked; usually nothing */
    record Admitted(List<Learned> watched) implements Admission {
        public Admitted() {
            this(List.of());
        }
    }

    /**
     * @param rule the rule that refused
     * @param retryAfter whole seconds, rounded up, as Retry-After wants it (RFC 9110 section 10.2.3); zero where waiting
     *     does not help
     * @param learned what was found, by a rule that learns, the one that decides first
     */
    record Denied(Rule rule, Duration retryAfter, List<Learned> learned) implements Admission {
        public Denied(Rule rule, Duration retryAfter) {
            this(rule, retryAfter, List.of());
        }
    }

    /** The message may go once who asks has shown that he is no program. Only who can be asked gets this answer. */
    record ProofAsked(Rule rule, List<Learned> learned) implements Admission {
        /** For a door that has no page to ask on after all. */
        public Denied denied() {
            return new Denied(rule, Duration.ZERO, learned);
        }
    }

    /**
     * What a rule against SMS pumping measured.
     *
     * @param scope what the message has in common with others, such as {@code prefix:+22890123}; never a whole number
     * @param value in codes that were not typed, beyond what is usual
     * @param until when a message may go again, if nothing else comes
     */
    record Learned(FraudRule rule, String scope, double value, double threshold, Instant until) {}

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
        TENANT("the tenant's limit is reached"),
        ADJACENT_NUMBERS("too many codes to numbers one after the other were not typed"),
        NUMBER_RANGE("too many codes to this range of numbers were not typed"),
        COUNTRY_TRAFFIC("too many codes to countries of this kind were not typed"),
        ADDRESS_TRAFFIC("too many codes asked for from this address were not typed"),
        NUMBER_WAIT("the last codes to this number were not typed, so the next one waits"),
        ACCOUNT_NUMBERS("the account has claimed too many new numbers within a day"),
        NUMBER_ACCOUNTS("too many accounts have claimed the number within a day");

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
