package io.ringcode.console.view;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters of a list, as they stand in its address. Days are those of UTC, and the last one is included. */
public record Filters(String path, Map<String, String> chosen) {
    private static final String SINCE = "since";
    private static final String UNTIL = "until";
    private static final String HOUR = "hour";

    public static Filters of(HttpServletRequest request, String path, String... names) {
        var chosen = new LinkedHashMap<String, String>();
        for (var name : names) {
            var value = request.getParameter(name);
            if (value != null && !value.isBlank()) chosen.put(name, value.strip());
        }
        return new Filters(path, chosen);
    }

    /** @return empty where nothing is chosen */
    public String text(String name) {
        return chosen.getOrDefault(name, "");
    }

    public @Nullable String given(String name) {
        return chosen.get(name);
    }

    public boolean isEmpty() {
        return chosen.keySet().stream().allMatch(name -> name.equals("from") || name.equals("open"));
    }

    /** The list's address with another value; without it where the value is empty. */
    public String with(String name, String value) {
        return address(path, name, value);
    }

    /** Another address with the same filters. */
    public String at(String other) {
        return address(other, "open", "");
    }

    private String address(String there, String name, String value) {
        var all = new LinkedHashMap<>(chosen);
        all.remove(name);
        if (!name.equals("open")) all.remove("open");
        if (!value.isEmpty()) all.put(name, value);
        var query = new StringBuilder();
        all.forEach((each, is) -> query.append(query.isEmpty() ? "?" : "&")
                .append(each)
                .append('=')
                .append(Links.part(is)));
        return there + query;
    }

    /** What is wrong with the days; nothing where they can be read. */
    public Complaints complaints() {
        var wrong = Complaints.NONE;
        for (var name : new String[] {SINCE, UNTIL})
            if (chosen.containsKey(name) && day(name) == null)
                wrong = wrong.with(Complaints.of(name, "Enter a date, such as 2027-06-30."));
        if (chosen.containsKey(HOUR) && hour() == null)
            wrong = wrong.with(Complaints.of(HOUR, "Must be between 0 and 23."));
        return wrong;
    }

    /** ISO 8601. */
    public @Nullable String since() {
        var day = day(SINCE);
        if (day == null) return null;
        return day.atTime(hour() == null ? 0 : hour(), 0)
                .toInstant(ZoneOffset.UTC)
                .toString();
    }

    /** ISO 8601: the beginning of what follows the last day, or the hour that is chosen of it. */
    public @Nullable String until() {
        var day = day(UNTIL);
        if (day == null) return null;
        var end = hour() == null
                ? day.plusDays(1).atStartOfDay()
                : day.atTime(hour(), 0).plusHours(1);
        return end.toInstant(ZoneOffset.UTC).toString();
    }

    /** Of a day, 0 to 23; null where none is chosen, or one that there is not. */
    private @Nullable Integer hour() {
        return text(HOUR).matches("[01]?[0-9]|2[0-3]") ? Integer.valueOf(text(HOUR)) : null;
    }

    private @Nullable LocalDate day(String name) {
        try {
            var day = LocalDate.parse(text(name));
            return day.getYear() < 1970 || day.getYear() > 9000 ? null : day;
        } catch (DateTimeException none) {
            return null;
        }
    }
}
