package io.ringcode.challenge;

/** A code as a person types it. */
final class Typed {
    private Typed() {}

    /** Without blanks and dashes. */
    static String plain(String code) {
        return code.replaceAll("[\\s-]", "");
    }
}
