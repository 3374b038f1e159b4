package io.ringcode.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a code is sent: to bind a phone for the first time, or to sign in with one that is bound. */
public enum Purpose {
    ENROLLMENT("enrollment_message"),
    VERIFICATION("verification_message");

    private final String field;

    Purpose(String field) {
        this.field = field;
    }

    /** Its template's name in the Management API. */
    public String field() {
        return field;
    }

    /** Its name in paths, answers, tables and the names of texts. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Purpose> of(String wire) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.wire().equals(wire))
                .findFirst();
    }
}
