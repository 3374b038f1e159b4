package io.ringcode.console.view;

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
}
