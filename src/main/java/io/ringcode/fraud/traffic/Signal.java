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
    /** That an account which has been there for months is no program's. */
    ACCOUNT_AGE,
    /** That nobody types a number within a second. */
    FORM_TIME,
    /** That people do not come in even intervals. */
    EVEN_SPACING,
    /** What a scope costs for each code that comes back from it. */
    COST,
    UNKNOWN_RANGES,
    /** What codes that can still be typed say already. */
    WAITING_CODES,
    /** How those fare who have typed a code before. */
    CONTROL_GROUP,
    /** How they fare in the range of numbers, beside the whole country. */
    CONTROL_RANGES,
    /** That a scope in alert makes those below it cautious. */
    INHERITANCE,
    /** That who has typed a code before passes. */
    TRUST,
    NUMBER_WAIT,
    ACCOUNT_NUMBERS,
    NUMBER_ACCOUNTS;

    public static final Set<Signal> ALL = Collections.unmodifiableSet(EnumSet.allOf(Signal.class));
}
