package io.ringcode.delivery.account;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One field of a carrier's account form.
 *
 * @param name as the Management API has it
 * @param secret stored sealed, written and never read
 * @param required without it nothing can be sent
 * @param form what the whole value must be
 * @param rule the same in words, for whoever wrote something else
 */
public record AccountField(String name, boolean secret, boolean required, Predicate<String> form, String rule) {
    private static final Predicate<String> ANYTHING =
            Pattern.compile("(?s).{1,1000}").asMatchPredicate();

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
        return being(Pattern.compile(pattern).asMatchPredicate(), rule);
    }

    /** A field whose rule no pattern can express. */
    public AccountField being(Predicate<String> form, String rule) {
        return new AccountField(name, secret, required, form, rule);
    }
}
