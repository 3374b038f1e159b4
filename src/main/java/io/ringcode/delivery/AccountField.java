package io.ringcode.delivery;

import java.util.regex.Pattern;

/**
 * One thing that a carrier needs to know of an account.
 *
 * @param name as the Management API has it
 * @param secret stored sealed, written and never read
 * @param required without it nothing can be sent
 * @param form what the whole value must match
 * @param rule the same in words, for whoever wrote something else
 */
public record AccountField(String name, boolean secret, boolean required, Pattern form, String rule) {
    private static final Pattern ANYTHING = Pattern.compile("(?s).{1,1000}");

    /** A field that may be shown and left out, with any text. */
    public static AccountField named(String name) {
        return new AccountField(name, false, false, ANYTHING, "must have 1 to 1000 characters");
    }

    public static AccountField secret(String name) {
        return new AccountField(name, true, false, ANYTHING, "must have 1 to 1000 characters");
    }

    public AccountField needed() {
        return new AccountField(name, secret, true, form, rule);
    }

    /** @param rule completes the sentence that begins with the field's name */
    public AccountField matching(String pattern, String rule) {
        return new AccountField(name, secret, required, Pattern.compile(pattern), rule);
    }
}
