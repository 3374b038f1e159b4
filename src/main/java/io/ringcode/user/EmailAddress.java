package io.ringcode.user;

/**
 * What counts as an e-mail address at every door: something on both sides of one {@code @}, at most 254 characters (RFC 5321
 * section 4.5.3.1), without blanks, quotes and angle brackets. Only a message that arrives tells whether it is one.
 */
public final class EmailAddress {
    /** As a regular expression, for schemas. */
    public static final String PATTERN = "(?U)[^\\s@\"<>]{1,64}@[^\\s@\"<>]{1,189}";

    private EmailAddress() {}

    public static boolean is(String text) {
        return text.matches(PATTERN);
    }
}
