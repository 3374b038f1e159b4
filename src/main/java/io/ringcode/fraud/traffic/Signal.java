package io.ringcode.fraud.traffic;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Parts of the judgement that a replay can leave out, to measure what each is worth. A server uses all. */
public enum Signal {
    ADJACENCY,
    PREFIXES,
    COUNTRIES,
    NEW_GROUPS,
    ADDRESSES,
    /** That few people sign in from a data centre. */
    HOSTING,
    UNKNOWN_RANGES,
    /** What codes that can still be typed say already. */
    WAITING_CODES,
    /** How those fare who have typed a code before. */
    CONTROL_GROUP,
    /** That a scope in alert makes those below it cautious. */
    INHERITANCE,
    /** That who has typed a code before passes. */
    TRUST,
    NUMBER_WAIT,
    ACCOUNT_NUMBERS,
    NUMBER_ACCOUNTS;

    public static final Set<Signal> ALL = Collections.unmodifiableSet(EnumSet.allOf(Signal.class));
}
