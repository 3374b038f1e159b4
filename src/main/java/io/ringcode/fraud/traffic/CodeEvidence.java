package io.ringcode.fraud.traffic;

/**
 * How much the fate of one code says, in nats.
 *
 * @param typed the share of codes that people of this country, who have not proved themselves, type at present
 * @param untyped the weight of a code that was not typed in its life
 * @param verified the weight of a code that was typed, negative
 * @param waiting the weights of codes that can still be typed, by {@link Age}
 */
@SuppressWarnings("ArrayRecordComponent") // values that are only read
record CodeEvidence(double typed, double untyped, double verified, double[] waiting) {
    /** Of a program's codes so many are typed for each that people type: some have their codes typed, to be overlooked. */
    private static final double BY_PROGRAMS = 0.4;

    /** What one code can say at most: people's failures are no independent throws of a coin. */
    private static final double MOST = 1.1;

    /** @param typedBy which share of the codes that are ever typed is typed by the begin of each age */
    static CodeEvidence of(double typed, double[] typedBy) {
        var people = typed;
        var programs = typed * BY_PROGRAMS;
        var waiting = new double[Age.COUNT];
        for (int age = 0; age < waiting.length; age++)
            waiting[age] = weight(people * typedBy[age], programs * typedBy[age]);
        return new CodeEvidence(typed, weight(people, programs), Math.log(BY_PROGRAMS), waiting);
    }

    private static double weight(double people, double programs) {
        return Math.min(MOST, Math.log((1 - programs) / (1 - people)));
    }
}
