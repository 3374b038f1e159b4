package io.ringcode.conformance;

/** What a requirement comes to for one tenant, with the reason in one sentence that names the setting and its value. */
public sealed interface Judgement {
    String why();

    record Holds(String why) implements Judgement {}

    record Fails(String why) implements Judgement {}

    record NotApplicable(String why) implements Judgement {}

    /** @param why in words that are true whichever way it is */
    static Judgement of(boolean holds, String why) {
        return holds ? new Holds(why) : new Fails(why);
    }
}
