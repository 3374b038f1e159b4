package io.ringcode.management.tenant;

/** Formats of texts that several settings have, as regular expressions; an address may be empty. */
final class Formats {
    static final String URL = "(https?://[^\\s\"'<>\\\\]{1,2000})?";
    static final String LANGUAGE = "[a-z]{2,3}(-[A-Z][A-Za-z]{1,3}|-[0-9]{3})?";

    private Formats() {}
}
