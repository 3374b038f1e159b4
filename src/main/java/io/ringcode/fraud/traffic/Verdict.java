package io.ringcode.fraud.traffic;

import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.traffic.TenantTraffic.Context;
import java.util.Comparator;
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
     * @param until when a message may go again, if nothing else comes, in milliseconds of the epoch
     * @param probe whether it would refuse, and lets one go to see
     */
    public record Finding(
            FraudRule rule,
            String scope,
            String scopeKey,
            double value,
            double threshold,
            Answer answer,
            long until,
            boolean probe) {
        Finding probing() {
            return new Finding(rule, scope, scopeKey, value, threshold, Answer.CHALLENGE, until, true);
        }
    }

    static Verdict of(List<Finding> findings, Context context) {
        if (findings.isEmpty()) return ALLOW;
        var sorted = findings.stream()
                .sorted(Comparator.comparing((Finding one) -> context.isOn(one.rule()))
                        .thenComparing(Finding::answer)
                        .thenComparingDouble(one -> one.value() / one.threshold())
                        .reversed())
                .toList();
        var first = sorted.getFirst();
        var answer = context.isOn(first.rule()) ? first.answer() : Answer.ALLOW;
        return new Verdict(
                answer, sorted, answer == Answer.CHALLENGE && sorted.stream().anyMatch(Finding::probe));
    }
}
