package io.ringcode.fraud;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a rule does with what it finds. */
public enum RuleMode {
    OFF,
    /** It decides and records, and does nothing. */
    SHADOW,
    ON;

    static RuleMode of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
