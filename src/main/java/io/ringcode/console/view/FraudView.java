package io.ringcode.console.view;

import io.ringcode.phone.NumberKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the pages of the fraud guard show. JSON is as the Management API answers it; missing where it may not be read. */
public interface FraudView {
    /**
     * @param refused why the page cannot be shown, in the API's words; null where it can
     * @param braked whether all sending is stopped
     * @param modes of the rules; what was typed where that was refused or tried
     * @param replay what would have happened under those modes last week; null where that was not asked
     * @param filter of the decisions, by the names of the form
     * @param next where the decisions go on; empty at their end
     * @param titles of carriers, by name
     */
    record Guard(
            PageFrame shell,
            @Nullable String refused,
            boolean braked,
            JsonNode summary,
            JsonNode budgets,
            JsonNode scopes,
            JsonNode rules,
            Map<String, String> modes,
            @Nullable JsonNode replay,
            JsonNode decisions,
            Map<String, String> filter,
            String next,
            Map<String, String> titles)
            implements View {
        private static final int MOST_SCOPES = 20;

        public List<JsonNode> shownScopes() {
            return scopes.path("scopes").valueStream().limit(MOST_SCOPES).toList();
        }

        public String chosen(String name) {
            return filter.getOrDefault(name, "");
        }

        /** The address of the decisions with the same filter, and another beginning or scope. */
        public String decisionsAt(String name, String value) {
            var query = new StringBuilder("/console/fraud?");
            for (var one : List.of("rule", "since", "scope_key")) {
                var chosen = one.equals(name) ? value : chosen(one);
                if (!chosen.isEmpty())
                    query.append(one).append('=').append(Links.part(chosen)).append('&');
            }
            if (name.equals("from"))
                query.append("from=").append(Links.part(value)).append('&');
            return query.substring(0, query.length() - 1) + "#decisions";
        }

        public JsonNode sumsOf(String rule) {
            for (var one : summary.path("rules"))
                if (one.path("rule").asString("").equals(rule)) return one;
            return summary.path("none");
        }
    }

    /** A list of countries, as it stands in the form. */
    record CountryRow(String key, String channel, String client, String mode, String list) {}

    /** A budget, as it stands in the form. */
    record BudgetRow(String key, String scope, String of, String period, String limit) {}

    /**
     * @param refused why nothing can be shown, in the API's words; null where it can
     * @param kinds that are permitted
     * @param applications names by client ID; empty where they may not be read
     * @param prices the lists that there are
     * @param carriers titles by name
     */
    record Limits(
            PageFrame shell,
            @Nullable String refused,
            Set<String> kinds,
            List<CountryRow> countries,
            Map<String, String> applications,
            String currency,
            String assumedPrice,
            List<BudgetRow> budgets,
            JsonNode prices,
            Map<String, String> carriers,
            Complaints complaints)
            implements View {
        /** Those that no person should need. */
        public static List<NumberKind> unusual() {
            return Arrays.stream(NumberKind.values())
                    .filter(kind -> kind != NumberKind.ORDINARY)
                    .toList();
        }
    }

    /** @param stored whether there is a list */
    record Prices(
            PageFrame shell,
            String carrier,
            String title,
            String currency,
            String csv,
            boolean stored,
            Complaints complaints)
            implements View {}
}
