package io.ringcode.template;

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
}
