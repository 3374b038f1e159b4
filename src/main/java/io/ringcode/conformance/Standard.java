package io.ringcode.conformance;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A standard that this product is held to. */
public enum Standard {
    NIST("NIST SP 800-63B-4"),
    ASVS("OWASP ASVS 5.0");

    private final String title;

    Standard(String title) {
        this.title = title;
    }

    /** As it is cited. */
    @JsonValue
    public String wire() {
        return title;
    }

    String prefix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
