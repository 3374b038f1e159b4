package io.ringcode.console.fraud;

import io.ringcode.console.view.Form;
import io.ringcode.console.view.FraudView.BudgetRow;
import io.ringcode.console.view.FraudView.CountryRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The forms of kinds of numbers, countries and budgets as the API takes them, and the other way round. Each ends in an empty row for one more. */
final class LimitForms {
    private LimitForms() {}

    static List<CountryRow> countries(JsonNode stored) {
        var rows = new ArrayList<CountryRow>();
        for (var one : stored)
            rows.add(new CountryRow(
                    "" + rows.size(),
                    one.path("channel").asString(""),
                    one.path("client_id").asString(""),
                    one.path("mode").asString(""),
                    String.join(
                            " ",
                            one.path("list")
                                    .valueStream()
                                    .map(each -> each.asString(""))
                                    .toList())));
        rows.add(new CountryRow("" + rows.size(), "", "", "allow", ""));
        return rows;
    }

    static List<CountryRow> countries(Form typed) {
        return typed.all("row").stream()
                .distinct()
                .map(key -> new CountryRow(
                        key,
                        typed.text("channel-" + key),
                        typed.text("client_id-" + key),
                        typed.text("mode-" + key),
                        typed.text("list-" + key)))
                .toList();
    }

    /** Those that say something and are not to be removed. */
    static List<CountryRow> keptCountries(Form typed) {
        return countries(typed).stream()
                .filter(row -> !typed.on("remove-" + row.key()))
                .filter(row -> !row.list().isBlank()
                        || !row.channel().isEmpty()
                        || !row.client().isBlank())
                .toList();
    }

    static Map<String, ?> numbers(Form typed, List<CountryRow> rows) {
        var lists = new ArrayList<Map<String, @Nullable Object>>();
        for (var row : rows) {
            var list = new HashMap<String, @Nullable Object>();
            list.put("channel", row.channel().isEmpty() ? null : row.channel());
            list.put("client_id", row.client().isBlank() ? null : row.client().strip());
            list.put("mode", row.mode());
            list.put(
                    "list",
                    typed.words("list-" + row.key()).stream()
                            .map(country -> country.toUpperCase(Locale.ROOT))
                            .toList());
            lists.add(list);
        }
        return Map.of("permitted_kinds", typed.all("permitted_kinds"), "countries", lists);
    }

    static List<BudgetRow> budgets(JsonNode stored) {
        var rows = new ArrayList<BudgetRow>();
        for (var one : stored)
            rows.add(new BudgetRow(
                    "" + rows.size(),
                    one.path("scope").asString(""),
                    one.path("of").asString(""),
                    one.path("period").asString(""),
                    one.path("limit").asString("")));
        rows.add(new BudgetRow("" + rows.size(), "tenant", "", "month", ""));
        return rows;
    }

    static List<BudgetRow> budgets(Form typed) {
        return typed.all("row").stream()
                .distinct()
                .map(key -> new BudgetRow(
                        key,
                        typed.text("scope-" + key),
                        typed.text("of-" + key),
                        typed.text("period-" + key),
                        typed.text("limit-" + key)))
                .toList();
    }

    /** Those that say something and are not to be removed. */
    static List<BudgetRow> keptBudgets(Form typed) {
        return budgets(typed).stream()
                .filter(row -> !typed.on("remove-" + row.key()))
                .filter(row -> !row.limit().isBlank() || !row.of().isBlank())
                .toList();
    }

    static Map<String, ?> money(Form typed, List<BudgetRow> rows) {
        var budgets = new ArrayList<Map<String, @Nullable Object>>();
        for (var row : rows) {
            var of = row.of().strip();
            var budget = new HashMap<String, @Nullable Object>();
            budget.put("scope", row.scope());
            budget.put("of", of.isEmpty() ? null : row.scope().equals("country") ? of.toUpperCase(Locale.ROOT) : of);
            budget.put("period", row.period());
            budget.put("limit", typed.number("limit-" + row.key()));
            budgets.add(budget);
        }
        var body = new HashMap<String, @Nullable Object>();
        body.put("currency", typed.text("currency").strip().toUpperCase(Locale.ROOT));
        var price = typed.number("assumed_price");
        if (price != null) body.put("assumed_price", price);
        body.put("budgets", budgets);
        return body;
    }
}
