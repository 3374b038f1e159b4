package io.ringcode.console.view;

import io.ringcode.management.ManagementCalls.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the pages of applications and of keys for the Management API show. */
public interface ClientView {
    /**
     * A list that may not be readable.
     *
     * @param refused why, in the API's words; null where it is
     */
    record Listed(JsonNode items, @Nullable String refused) {
        public static Listed of(Answer answer) {
            return answer.isGood()
                    ? new Listed(answer.body(), null)
                    : new Listed(answer.body().path("none"), answer.problem());
        }
    }

    /**
     * @param form of a new one
     * @param page counted from 0
     * @param total of all pages
     */
    record Clients(PageFrame shell, JsonNode clients, Form form, int page, int total) implements View {
        public static final int SHOWN = 50;

        public boolean goesOn() {
            return (page + 1) * SHOWN < total;
        }
    }

    /**
     * @param form what is stored, or what was typed
     * @param key of a new public key
     * @param keys with {@code accepted} on those that count
     * @param apis identifiers to names; empty where they may not be read
     * @param told the secret, shown this once; null for none
     */
    record Client(
            PageFrame shell,
            String id,
            String issuer,
            Form form,
            Form key,
            Listed keys,
            Set<String> accepted,
            Listed grants,
            Map<String, String> apis,
            View.@Nullable Told told)
            implements View {
        public String at() {
            return "/console/clients/" + Links.part(id);
        }

        /** Those that the client has no grant for yet. */
        public Map<String, String> otherApis() {
            var others = new TreeMap<>(apis);
            for (var grant : grants.items())
                others.remove(grant.path("audience").asString(""));
            return others;
        }
    }

    /** @param id of the grant; null for one that is not made yet */
    record Grant(
            PageFrame shell,
            String client,
            String clientName,
            String audience,
            @Nullable String id,
            Scopes scopes) implements View {
        public String back() {
            return "/console/clients/" + Links.part(client);
        }

        public String address() {
            return back() + "/grants" + (id == null ? "" : "/" + Links.part(id));
        }
    }

    /** Scopes to choose from, and those that are ticked. */
    record Scopes(List<Group> groups, Set<String> ticked) {}

    record Group(String title, List<Scope> scopes) {}

    /** @param description empty for none */
    record Scope(String value, String description) {}

    /**
     * @param refused why the keys cannot be listed; null where they can
     * @param made the new one, shown this once; null for none
     */
    record ApiKeys(
            PageFrame shell,
            List<ApiKey> keys,
            @Nullable String refused,
            String name,
            Scopes scopes,
            int page,
            boolean goesOn,
            @Nullable NewKey made)
            implements View {}

    /** @param changed when the client was, ISO 8601; empty where that may not be read */
    record ApiKey(String client, String name, List<String> scopes, String changed) {}

    /** @param issuer the server's address, with a slash at its end */
    record NewKey(String client, String secret, String issuer) {}
}
