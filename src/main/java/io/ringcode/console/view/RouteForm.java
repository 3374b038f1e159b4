package io.ringcode.console.view;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The routes as they stand in the form, saved or not. Every route has a key that is good for this form only; the order of the
 * keys is the order of the routes, and the order of a key's carriers is the order in which they are tried.
 *
 * @param other whether another channel helps
 * @param next whether the next carrier helps
 * @param after failures, as typed
 * @param seconds without a receipt, as typed
 */
public record RouteForm(List<Row> rows, boolean other, boolean next, String after, String seconds) {
    /** @param where countries and beginnings of numbers, as typed */
    public record Row(String key, String channel, String where, List<String> carriers) {
        String title() {
            return (channel.equals("voice") ? "Call" : "SMS") + ", " + (where.isBlank() ? "everywhere" : where);
        }

        /** What does not fit is left to the API to complain of. */
        public Map<String, Object> body() {
            var words = Stream.of(where.split("[\\s,]+", -1))
                    .filter(word -> !word.isEmpty())
                    .toList();
            return Map.of(
                    "channel",
                    channel,
                    "countries",
                    words.stream()
                            .filter(word -> !word.startsWith("+"))
                            .map(word -> word.toUpperCase(Locale.ROOT))
                            .toList(),
                    "prefixes",
                    words.stream().filter(word -> word.startsWith("+")).toList(),
                    "providers",
                    carriers);
        }
    }

    /**
     * A form after a button.
     *
     * @param focus the id of what has the focus now
     * @param told what was done
     */
    public record Edited(RouteForm form, String focus, String told) {}

    public static RouteForm stored(JsonNode settings) {
        var rows = new ArrayList<Row>();
        for (var route : settings.path("routes"))
            rows.add(new Row(
                    "" + rows.size(),
                    route.path("channel").asString(""),
                    String.join(
                            " ",
                            Stream.concat(texts(route, "countries"), texts(route, "prefixes"))
                                    .toList()),
                    texts(route, "providers").toList()));
        return new RouteForm(
                rows,
                settings.path("other_channel").path("enabled").asBoolean(false),
                settings.path("next_carrier").path("enabled").asBoolean(true),
                "" + settings.path("other_channel").path("after_failures").asInt(2),
                "" + settings.path("receipt_seconds").asInt(20));
    }

    private static Stream<String> texts(JsonNode route, String member) {
        return route.path(member).valueStream().map(one -> one.asString(""));
    }

    public static RouteForm typed(HttpServletRequest request) {
        var rows = values(request, "route").stream()
                .distinct()
                .map(key -> new Row(
                        key,
                        text(request, "channel-" + key, "sms"),
                        text(request, "where-" + key, ""),
                        values(request, "carriers-" + key)))
                .toList();
        return new RouteForm(
                rows,
                request.getParameter("other") != null,
                request.getParameter("next") != null,
                text(request, "after", "2"),
                text(request, "seconds", "20"));
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameterValues(name))
                .map(List::of)
                .orElse(List.of());
    }

    private static String text(HttpServletRequest request, String name, String absent) {
        return Optional.ofNullable(request.getParameter(name)).orElse(absent);
    }

    public Map<String, Object> body() {
        return Map.of(
                "routes",
                rows.stream().map(Row::body).toList(),
                "other_channel",
                Map.of("enabled", other, "after_failures", number(after)),
                "next_carrier",
                Map.of("enabled", next),
                "receipt_seconds",
                number(seconds));
    }

    private static Object number(String typed) {
        return typed.strip().matches("\\d{1,9}") ? (Object) Integer.valueOf(typed.strip()) : typed;
    }

    /**
     * @param button {@code up}, {@code down} or {@code remove}, a key and perhaps a carrier; {@code add} and a key; {@code new}
     * @param added the carrier that is chosen beside the button {@code add}
     * @param titles of what a route may have in it, by name
     */
    public Edited press(String button, String added, Map<String, String> titles) {
        var parts = button.split(":", 3);
        if (parts[0].equals("new")) return another();
        var found = rows.stream()
                .filter(row -> parts.length > 1 && row.key().equals(parts[1]))
                .findFirst();
        if (found.isEmpty()) return new Edited(this, "", "");
        var row = found.get();
        if (parts[0].equals("add")) return add(row, added, titles);
        if (parts.length < 3) {
            var moved = new ArrayList<>(rows);
            var told = move(moved, row, parts[0], row.title());
            return new Edited(with(moved), parts[0].equals("remove") ? "new" : parts[0] + "-" + row.key(), told);
        }
        var moved = new ArrayList<>(row.carriers());
        var told = move(moved, parts[2], parts[0], titles.getOrDefault(parts[2], parts[2]));
        var focus = parts[0].equals("remove") ? "added-" + row.key() : parts[0] + "-" + row.key() + "-" + parts[2];
        return new Edited(with(row, moved), focus, told);
    }

    private Edited another() {
        int key = 0;
        while (has("" + key)) key++;
        var grown = new ArrayList<>(rows);
        grown.add(new Row("" + key, "sms", "", List.of()));
        return new Edited(with(grown), "channel-" + key, "A route was added.");
    }

    private boolean has(String key) {
        return rows.stream().anyMatch(row -> row.key().equals(key));
    }

    private Edited add(Row row, String carrier, Map<String, String> titles) {
        var focus = "added-" + row.key();
        var title = titles.get(carrier);
        if (title == null || row.carriers().contains(carrier))
            return new Edited(this, focus, "Choose a carrier first.");
        var grown = new ArrayList<>(row.carriers());
        grown.add(carrier);
        return new Edited(with(row, grown), focus, title + " is now " + grown.size() + " of " + grown.size() + ".");
    }

    private static <T> String move(List<T> all, T one, String how, String title) {
        int place = all.indexOf(one);
        if (place < 0) return "";
        if (how.equals("remove")) {
            all.remove(place);
            return title + " is removed.";
        }
        int next = Math.clamp(place + (how.equals("up") ? -1 : 1), 0, all.size() - 1);
        Collections.swap(all, place, next);
        return title + " is now " + (next + 1) + " of " + all.size() + ".";
    }

    private RouteForm with(List<Row> changed) {
        return new RouteForm(List.copyOf(changed), other, next, after, seconds);
    }

    private RouteForm with(Row row, List<String> carriers) {
        var changed = new Row(row.key(), row.channel(), row.where(), List.copyOf(carriers));
        return with(rows.stream().map(each -> each.equals(row) ? changed : each).toList());
    }
}
