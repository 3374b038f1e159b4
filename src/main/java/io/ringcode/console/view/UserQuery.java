package io.ringcode.console.view;

import io.ringcode.text.Typed;

/** What people type to find a user, in the API's search syntax: an address, a name, the last four digits, or a whole number. */
public final class UserQuery {
    private UserQuery() {}

    public static String of(String typed) {
        var text = new Typed(typed).name();
        var number = new Typed(typed).number();
        if (number.matches("\\+[0-9]{6,15}"))
            return "phone_number:\"" + number + "\" OR authenticators.phone_number:\"" + number + "\"";
        var digits = number.replaceFirst("^[xX…*•]+", "");
        if (digits.matches("[0-9]{4}")) return "authenticators.last_digits:" + digits;
        var term = text.replaceAll("([^\\p{L}\\p{N}@._])", "\\\\$1") + "*";
        return text.contains("@") ? "email:" + term : "name:" + term + " OR email:" + term;
    }
}
