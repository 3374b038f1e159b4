package io.ringcode.management.search;

import static java.time.ZoneOffset.UTC;

import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.Typed;
import io.ringcode.user.Directory;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a {@link SearchQuery} over users into SQL whose values are all parameters. */
public final class UserSearch {
    private static final Pattern METADATA = Pattern.compile("(user|app)_metadata((?:\\.[A-Za-z0-9_-]{1,64}){1,5})");

    private static final Map<String, String> TEXTS = Map.of(
            "email", "lower(email) COLLATE \"C\"",
            "username", "lower(username) COLLATE \"C\"",
            "name", "lower(name) COLLATE \"C\"",
            "nickname", "lower(profile ->> 'nickname')",
            "given_name", "lower(profile ->> 'given_name')",
            "family_name", "lower(profile ->> 'family_name')",
            "identities.connection", "lower(connection)");

    private static final Map<String, String> FLAGS =
            Map.of("email_verified", "email_verified", "phone_verified", "phone_verified", "blocked", "blocked");

    private static final Map<String, String> TIMES =
            Map.of("created_at", "created_at", "updated_at", "updated_at", "last_login", "last_login_at");

    private final TenantId tenant;
    private final Directory users;
    private final AuthenticatorAdmin methods;
    private final Map<String, Object> parameters = new HashMap<>();

    public UserSearch(TenantId tenant, Directory users, AuthenticatorAdmin methods) {
        this.tenant = tenant;
        this.users = users;
        this.methods = methods;
    }

    /** What the SQL of {@link #condition} takes. */
    public Map<String, Object> parameters() {
        return parameters;
    }

    public String condition(SearchQuery query) {
        return switch (query) {
            case SearchQuery.And(var parts) -> joined(parts, " AND ");
            case SearchQuery.Or(var parts) -> joined(parts, " OR ");
            case SearchQuery.Not(var part) -> "NOT coalesce((" + condition(part) + "), false)";
            case SearchQuery.Exists(var field) -> expression(field) + " IS NOT NULL";
            case SearchQuery.Term term -> term(term);
            case SearchQuery.Range range -> range(range);
        };
    }

    /** @param sort such as {@code created_at:-1}; null for the order of creation */
    public static String order(@Nullable String sort) {
        if (sort == null || sort.isBlank()) return "created_at, id";
        var parts = sort.split(":", -1);
        var column = TEXTS.getOrDefault(parts[0], TIMES.get(parts[0]));
        if (parts[0].equals("user_id")) column = "id";
        if (parts[0].equals("logins_count")) column = "logins_count";
        if (column == null || parts.length > 2) throw ManagementRefused.query("sort", "This field cannot be sorted by");
        return column + (parts.length == 2 && parts[1].equals("-1") ? " DESC" : "") + ", id";
    }

    private String joined(List<SearchQuery> parts, String by) {
        var conditions = new ArrayList<String>();
        for (var part : parts) conditions.add("(" + condition(part) + ")");
        return String.join(by, conditions);
    }

    private String term(SearchQuery.Term term) {
        var field = term.field();
        var value = term.value();
        if (field.isEmpty())
            return Stream.of("email", "name", "username")
                    .map(of -> matches(expression(of), term))
                    .collect(Collectors.joining(" OR ", "(", ")"));
        if (FLAGS.containsKey(field)) return FLAGS.get(field) + " = " + bind(value.equals("true"));
        if (field.equals("phone_number")) return "phone_index = ANY(" + bind(phone(value)) + ")";
        if (field.equals("authenticators.phone_number")) return withPhone(value);
        if (field.equals("authenticators.last_digits"))
            return among(methods.usersWithLastDigits(tenant, lastDigits(value)));
        if (field.equals("user_id") || field.equals("identities.user_id")) {
            var id = field.equals("user_id") || value.startsWith("auth0|") ? value : "auth0|" + value;
            return term.prefix() ? "starts_with(id, " + bind(id) + ")" : "id = " + bind(id);
        }
        if (field.equals("logins_count")) return "logins_count = " + bind(number(value));
        if (TIMES.containsKey(field)) return range(new SearchQuery.Range(field, value, true, value, true));
        return matches(expression(field), term);
    }

    private String matches(String expression, SearchQuery.Term term) {
        var value = "lower(" + bind(new Typed(term.value()).name()) + ")";
        return term.prefix() ? "starts_with(" + expression + ", " + value + ")" : expression + " = " + value;
    }

    private String range(SearchQuery.Range range) {
        var field = range.field();
        var column = field.equals("logins_count") ? "logins_count" : TIMES.get(field);
        if (column == null) throw ManagementRefused.query("q", "This field does not support ranges");
        var conditions = new ArrayList<>(List.of(column + " IS NOT NULL"));
        if (range.low() != null)
            conditions.add(column + (range.lowIncluded() ? " >= " : " > ") + bound(field, range.low(), false));
        if (range.high() != null)
            conditions.add(column + (range.highIncluded() ? " <= " : " < ") + bound(field, range.high(), true));
        return String.join(" AND ", conditions);
    }

    private String bound(String field, String value, boolean end) {
        return bind(
                field.equals("logins_count") ? number(value) : time(value, end).atOffset(UTC));
    }

    private String expression(String field) {
        var known = TEXTS.get(field);
        if (known != null) return known;
        if (TIMES.containsKey(field)) return TIMES.get(field);
        if (field.equals("phone_number")) return "phone_index";
        if (field.equals("user_id")) return "id";
        var metadata = METADATA.matcher(field);
        if (!metadata.matches()) throw ManagementRefused.query("q", "This field cannot be searched");
        var path = metadata.group(2).substring(1).split("\\.", -1);
        return "lower(" + metadata.group(1) + "_metadata #>> " + bind(path) + ")";
    }

    private String bind(Object value) {
        var name = "q" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    private byte[][] phone(String value) {
        try {
            return users.indexes(tenant, new PhoneNumber(value));
        } catch (InvalidPhoneNumber unreadable) {
            return new byte[0][];
        }
    }

    /** Ringcode's own: by the number that codes go to, which need not be the one of the profile. */
    private String withPhone(String number) {
        try {
            return among(methods.usersWith(tenant, new PhoneNumber(number)));
        } catch (InvalidPhoneNumber unreadable) {
            return "false";
        }
    }

    private String among(List<UserId> found) {
        return "id = ANY(" + bind(found.stream().map(UserId::value).toArray(String[]::new)) + "::text[])";
    }

    private static String lastDigits(String value) {
        var digits = new Typed(value).code();
        if (!digits.matches("[0-9]{4}")) throw ManagementRefused.query("q", "Expected the last four digits");
        return digits;
    }

    private static int number(String value) {
        if (!value.matches("[0-9]{1,9}")) throw ManagementRefused.query("q", "Expected a number");
        return Integer.parseInt(value);
    }

    /** A moment, or a day: its beginning, or its end. */
    static Instant time(String value, boolean end) {
        try {
            if (value.length() > 10) return Instant.parse(value);
            var day = LocalDate.parse(value).atStartOfDay(UTC);
            return end ? day.plusDays(1).minusNanos(1000).toInstant() : day.toInstant();
        } catch (DateTimeParseException unreadable) {
            throw ManagementRefused.query("q", "Expected a date, such as 2026-01-31 or 2026-01-31T12:00:00Z");
        }
    }
}
