package io.ringcode.fraud.traffic;

import io.ringcode.fraud.FraudRule;
import java.util.List;

/**
 * What the traffic says of one message.
 *
 * @param findings every rule that spoke; the first is the one that decides
 * @param probe whether the message may go to a scope that is refused, to see whether people are back
 */
public record Verdict(Answer answer, List<Finding> findings, boolean probe) {
    static final Verdict ALLOW = new Verdict(Answer.ALLOW, List.of(), false);

    /** Mildest first. */
    public enum Answer {
        ALLOW,
        CHALLENGE,
        REFUSE
    }

    /**
     * What one rule measured.
     *
     * @param scope as {@link Scope#label}
     * @param scopeKey as {@link Scope#key}; empty where no scope is meant
     * @param value in codes that were not typed, beyond what is usual
     * @param threshold of the answer, in the same unit
     * @param until when it holds no longer by itself, in milliseconds of the epoch
     */
    public record Finding(
            FraudRule rule,
            String scope,
            String scopeKey,
            double value,
            double threshold,
            Answer answer,
            long until) {}
}
