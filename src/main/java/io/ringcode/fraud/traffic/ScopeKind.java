package io.ringcode.fraud.traffic;

import io.ringcode.fraud.FraudRule;
import java.time.Duration;

/**
 * Kinds of scopes, and how much evidence each needs. Evidence is a log-likelihood ratio in nats: how much better "these codes are
 * asked for by a program" explains what became of them than "by people as this tenant has them". By Wald's bound a scope of
 * honest people comes to a threshold {@code h} with probability {@code exp(-h)} at most each time it starts from nothing. A code that is not typed weighs some
 * 1 nat where three of four are typed, so the thresholds are about that many codes.
 */
public enum ScopeKind {
    /** A hundred numbers. Honest people who share so few are rare outside of one firm, so less evidence is enough. */
    PREFIX_2(FraudRule.ADJACENT_NUMBERS, 2.7, 4.5, Duration.ofDays(7), -3),
    PREFIX_3(FraudRule.NUMBER_RANGE, 3.3, 5.2, Duration.ofDays(7), -3),
    PREFIX_4(FraudRule.NUMBER_RANGE, 3.5, 5.5, Duration.ofDays(7), -3),
    /** A hundred thousand numbers: in a small country much of a network, so it needs more. */
    PREFIX_5(FraudRule.NUMBER_RANGE, 5.5, 9.5, Duration.ofDays(3), -5),
    /** A country by SMS, or by calls. Never refuses: the honest people of a country are too many. */
    COUNTRY(FraudRule.COUNTRY, 7, Double.POSITIVE_INFINITY, Duration.ofHours(12), -5),
    /** Ranges of one country from which no code has ever come back, taken together. */
    NEW_PREFIXES(FraudRule.COUNTRY, 6, Double.POSITIVE_INFINITY, Duration.ofHours(12), -5),
    /** Those of a country who were asked to prove that they are no program, and did: programs learn that, and then it stops them no more. */
    PROVED_NO_PROGRAM(FraudRule.COUNTRY, 15, 15, Duration.ofHours(6), -5),
    /** Countries from which no code has ever come back, taken together: a spray over many is one scope. */
    NEW_COUNTRIES(FraudRule.COUNTRY, 4, 12, Duration.ofDays(7), -3),
    /** Numbers of a country that its numbering plan does not know. */
    UNKNOWN_RANGES(FraudRule.NUMBER_RANGE, 3, 6, Duration.ofDays(2), -2),
    ADDRESS(FraudRule.ADDRESS, 4, 7, Duration.ofDays(1), -4),
    /** IPv4 /24, IPv6 /64. */
    NETWORK(FraudRule.ADDRESS, 5.5, 10, Duration.ofDays(1), -4),
    /** IPv6 /48. */
    WIDE_NETWORK(FraudRule.ADDRESS, 7, 14, Duration.ofDays(1), -4),
    /** A whole provider: never refuses. */
    ASN(FraudRule.ADDRESS, 9, Double.POSITIVE_INFINITY, Duration.ofHours(12), -5);

    private final FraudRule rule;
    private final double challenge;
    private final double refuse;
    private final double halfLifeMillis;
    private final double floor;

    ScopeKind(FraudRule rule, double challenge, double refuse, Duration halfLife, double floor) {
        this.rule = rule;
        this.challenge = challenge;
        this.refuse = refuse;
        this.halfLifeMillis = halfLife.toMillis();
        this.floor = floor;
    }

    public FraudRule rule() {
        return rule;
    }

    double challenge() {
        return challenge;
    }

    double refuse() {
        return refuse;
    }

    boolean mayRefuse() {
        return refuse < Double.POSITIVE_INFINITY;
    }

    /** After so long without news half of the evidence is forgotten. */
    double halfLifeMillis() {
        return halfLifeMillis;
    }

    /** The best that past codes can do for a scope, so that a good past hides an attack for a few messages only. */
    double floor() {
        return floor;
    }

    /** Whether its alert makes what is below it cautious. */
    boolean isCoarse() {
        return !mayRefuse() || this == NEW_COUNTRIES;
    }

    boolean isPrefix() {
        return this == PREFIX_2 || this == PREFIX_3 || this == PREFIX_4 || this == PREFIX_5;
    }
}
