package io.ringcode.console.view;

import io.ringcode.factor.SignInRule;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the page of rules shows. */
public interface SignInPolicyView {
    /**
     * @param rules as {@code guardian/sign-in-policy} tells them; missing where they may not be read
     * @param policy its other members, and why it cannot be read
     * @param rule that was typed and not taken; empty otherwise
     * @param countriesKnown whether the operator has a file that says where addresses are
     */
    record SignInPolicyPage(PageFrame shell, JsonNode rules, Form policy, Form rule, boolean countriesKnown)
            implements View {
        /** What a rule asks for, for people to read. */
        public String asks(JsonNode rule) {
            return switch (rule.path("ask").asString("")) {
                case SignInRule.NOTHING -> "Nothing is asked";
                case SignInRule.PHISHING_RESISTANT -> "A passkey is asked, of whoever has one";
                default -> "Any factor is asked";
            };
        }

        /** When it holds. */
        public String when(JsonNode rule) {
            return SignInPolicyView.when(rule, countriesKnown);
        }
    }

    /** When a rule holds, for people to read. */
    static String when(JsonNode rule, boolean countriesKnown) {
        var all = new ArrayList<String>();
        if (!rule.path("clients").isEmpty()) all.add("the application is " + joined(rule.path("clients")));
        if (rule.has("metadata"))
            all.add("app_metadata." + rule.path("metadata").asString("") + " is or has "
                    + rule.path("value").asString(""));
        if (rule.path("new_browser").asBoolean(false)) all.add("the browser is new");
        if (rule.has("days"))
            all.add("this browser proved no factor for " + rule.path("days").asString("") + " days");
        if (rule.path("new_country").asBoolean(false))
            all.add("the country is new" + (countriesKnown ? "" : " (never: no file says where addresses are)"));
        if (rule.has("risk"))
            all.add("the address is of "
                    + (rule.path("risk").asString("").equals(SignInRule.HIGH) ? "high" : "medium or high")
                    + " risk");
        return all.isEmpty() ? "always" : "where " + String.join(", and ", all);
    }

    private static String joined(JsonNode list) {
        List<String> words = list.valueStream().map(one -> one.asString("")).toList();
        return String.join(" or ", words);
    }
}
