package io.ringcode.delivery.account;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One field of a carrier's account form.
 *
 * @param name as the Management API has it
 * @param label as people read it
 * @param secret stored sealed, written and never read
 * @param required without it nothing can be sent
 * @param multiline whether its value has several lines
 * @param form what the whole value must be
 * @param rule the same in words, for whoever wrote something else
 */
public record AccountField(
        String name,
        String label,
        boolean secret,
        boolean required,
        boolean multiline,
        Predicate<String> form,
        String rule) {
    private static final Predicate<String> ANYTHING =
            Pattern.compile("(?s).{1,1000}").asMatchPredicate();
    private static final String NO_RULE = "must have 1 to 1000 characters";

    /** A field that may be shown and left out, with any text. */
    public static AccountField named(String name) {
        return named(name, label(name));
    }

    public static AccountField named(String name, String label) {
        return new AccountField(name, label, false, false, false, ANYTHING, NO_RULE);
    }

    public static AccountField secret(String name) {
        return secret(name, label(name));
    }

    public static AccountField secret(String name, String label) {
        return new AccountField(name, label, true, false, false, ANYTHING, NO_RULE);
    }

    private static String label(String name) {
        var words = name.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    public AccountField needed() {
        return new AccountField(name, label, secret, true, multiline, form, rule);
    }

    public AccountField onLines() {
        return new AccountField(name, label, secret, required, true, form, rule);
    }

    /** @param rule completes the sentence that begins with the field's name */
    public AccountField matching(String pattern, String rule) {
        return being(Pattern.compile(pattern).asMatchPredicate(), rule);
    }

    /** A field whose rule no pattern can express. */
    public AccountField being(Predicate<String> form, String rule) {
        return new AccountField(name, label, secret, required, multiline, form, rule);
    }
}
