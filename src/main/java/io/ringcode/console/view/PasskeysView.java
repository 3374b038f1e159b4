package io.ringcode.console.view;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the page of passkeys shows. */
public interface PasskeysView {
    /**
     * @param kinds which of both are switched on, as {@code guardian/factors} tells it; without fields where it may not be read
     * @param plan for leaving the phone
     * @param figures missing where the administrator may not read them
     */
    record Passkeys(PageFrame shell, Form kinds, Form plan, JsonNode figures) implements View {
        /** In hundredths, of all who have something. */
        public long percent(JsonNode share) {
            var most = figures.path("factors")
                    .valueStream()
                    .mapToLong(one -> one.path("users").asLong())
                    .sum();
            return most == 0 ? 0 : Math.round(100.0 * share.path("users").asLong() / most);
        }
    }

    /**
     * What NIST SP 800-63B-4 section 3.2.9 asks of who uses a restricted authenticator, and what the tenant does, for an auditor.
     *
     * @param day on which it is said
     * @param factors as {@code guardian/factors} tells them; refused where they may not be read
     * @param alternatives to the phone that are on
     * @param resistant whether one of them resists phishing
     * @param bindingActions how many actions are asked before a number is bound
     * @param sendingActions how many before a code is sent
     */
    record PhoneStatement(
            PageFrame shell,
            String day,
            Form factors,
            List<String> alternatives,
            boolean resistant,
            Form plan,
            int bindingActions,
            int sendingActions,
            JsonNode figures)
            implements View {}
}
