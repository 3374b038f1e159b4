package io.ringcode.conformance;

import com.fasterxml.jackson.annotation.JsonValue;

/** How strongly a standard asks for something: NIST's verbs, and the levels of ASVS. */
public enum Level {
    SHALL("shall"),
    SHOULD("should"),
    LEVEL_1("level 1"),
    LEVEL_2("level 2"),
    LEVEL_3("level 3");

    private final String wire;

    Level(String wire) {
        this.wire = wire;
    }

    @JsonValue
    public String wire() {
        return wire;
    }
}
