package io.ringcode.management;

import static java.time.ZoneOffset.UTC;

import io.ringcode.tenant.TenantId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link Query} over the log into SQL that reads a bounded number of rows, however many are kept. A query is taken
 * apart at its ORs; each branch goes along the index of the first indexed field it names, or along the ids, which are in
 * the order of time. What else the branch asks is looked for among the newest {@link #CANDIDATES} rows found so.
 */
final class LogSearch {
    static final int CANDIDATES = 10_000;
    private static final int MOST_BRANCHES = 20;

    /** Ids begin with the time. */
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("'900'yyyyMMddHHmmssSSS");

    private static final Pattern DETAIL =
            Pattern.compile("(?:details|security_context)((?:\\.[A-Za-z0-9_-]{1,64}){1,5})");

    /** Fields with an index, the most telling first. */
    private static final Map<String, String> INDEXED = indexed();

    private static final Map<String, String> OTHERS = Map.of(
            "user_name", "coalesce(person.email, person.username)",
            "connection", "person.connection",
            "client_name", "log.data ->> 'client_name'",
            "description", "log.data ->> 'description'",
            "hostname", "log.data ->> 'hostname'",
            "user_agent", "log.data ->> 'user_agent'",
            "audience", "log.data ->> 'audience'",
            "scope", "log.data ->> 'scope'");

    private final Map<String, Object> parameters = new HashMap<>();
    private final boolean newestFirst;

    LogSearch(TenantId tenant, boolean newestFirst) {
        this.newestFirst = newestFirst;
        parameters.put("tenant", tenant.value());
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    /** SQL that selects the first {@code :need} matching rows' ids, in order. */
    String ids(@Nullable Query query) {
        if (query == null) return ordered(branch(List.of()));
        var branches = branches(query);
        if (branches.size() > MOST_BRANCHES) branches = List.of(List.of(query));
        return ordered(
                String.join(" UNION ", branches.stream().map(this::branch).toList()));
    }

    private String ordered(String sql) {
        return "SELECT id FROM (" + sql + ") AS found ORDER BY id " + direction() + " LIMIT :need";
    }

    private String direction() {
        return newestFirst ? "DESC" : "ASC";
    }

    /** In disjunctive normal form. */
    private static List<List<Query>> branches(Query query) {
        return switch (query) {
            case Query.Or(var parts) ->
                parts.stream().flatMap(part -> branches(part).stream()).toList();
            case Query.And(var parts) -> {
                List<List<Query>> all = List.of(List.of());
                for (var part : parts) {
                    var more = branches(part);
                    if ((long) all.size() * more.size() > MOST_BRANCHES) yield List.of(List.of(query));
                    all = all.stream()
                            .flatMap(one -> more.stream()
                                    .map(other -> Stream.concat(one.stream(), other.stream())
                                            .toList()))
                            .toList();
                }
                yield all;
            }
            default -> List.of(List.of(query));
        };
    }

    private String branch(List<Query> terms) {
        var key = new ArrayList<String>();
        var rest = new ArrayList<Query>();
        var indexed = INDEXED.keySet().stream()
                .flatMap(field -> terms.stream().filter(term -> isExactly(term, field)))
                .findFirst()
                .orElse(null);
        for (var term : terms) {
            if (term.equals(indexed) || isTime(term)) key.add(condition(term));
            else rest.add(term);
        }
        var where = "log.tenant_id = :tenant"
                + String.join(
                        "", key.stream().map(part -> " AND (" + part + ")").toList());
        if (rest.isEmpty())
            return "(SELECT id FROM log WHERE " + where + " ORDER BY id " + direction() + " LIMIT :need)";
        return "(SELECT log.id FROM (SELECT * FROM log WHERE " + where + " ORDER BY id " + direction() + " LIMIT "
                + CANDIDATES + ") AS log LEFT JOIN app_user AS person ON person.tenant_id = log.tenant_id"
                + " AND person.id = log.user_id WHERE "
                + String.join(
                        " AND ",
                        rest.stream().map(part -> "(" + condition(part) + ")").toList()) + " ORDER BY id "
                + direction() + " LIMIT :need)";
    }

    private static boolean isExactly(Query query, String field) {
        return query instanceof Query.Term term && term.field().equals(field) && !term.prefix();
    }

    private static boolean isTime(Query query) {
        return query instanceof Query.Range range && range.field().equals("date")
                || query instanceof Query.Term term && term.field().equals("date");
    }

    private String condition(Query query) {
        return switch (query) {
            case Query.And(var parts) -> joined(parts, " AND ");
            case Query.Or(var parts) -> joined(parts, " OR ");
            case Query.Not(var part) -> "NOT coalesce((" + condition(part) + "), false)";
            case Query.Exists(var field) -> expression(field) + " IS NOT NULL";
            case Query.Term term -> term(term);
            case Query.Range range -> range(range);
        };
    }

    private String joined(List<Query> parts, String by) {
        return String.join(
                by, parts.stream().map(part -> "(" + condition(part) + ")").toList());
    }

    private String term(Query.Term term) {
        var field = term.field();
        if (field.equals("date")) return range(new Query.Range(field, term.value(), true, term.value(), true));
        if (field.isEmpty())
            return "position(" + bind(term.value().toLowerCase(Locale.ROOT))
                    + " IN lower(concat_ws(' ', log.type, log.user_id, person.email, log.data ->> 'description'))) > 0";
        if (INDEXED.containsKey(field)) {
            var column = INDEXED.get(field);
            return term.prefix()
                    ? "starts_with(" + column + ", " + bind(term.value()) + ")"
                    : column + " = " + bind(term.value());
        }
        var value = bind(term.value().toLowerCase(Locale.ROOT));
        var expression = "lower(" + expression(field) + ")";
        return term.prefix() ? "starts_with(" + expression + ", " + value + ")" : expression + " = " + value;
    }

    private String range(Query.Range range) {
        if (!range.field().equals("date")) throw ManagementRefused.query("q", "No range can be asked of this field");
        var conditions = new ArrayList<>(List.of("log.id > '900'"));
        var low = range.low();
        var high = range.high();
        if (low != null)
            conditions.add(range.lowIncluded() ? "log.id >= " + stamp(low, false) : "log.id >= " + stamp(low, true));
        if (high != null) conditions.add("log.id < " + stamp(high, range.highIncluded()));
        return String.join(" AND ", conditions);
    }

    /** The first id of a moment, or of the one after it. */
    private String stamp(String time, boolean after) {
        var start = UserSearch.time(time, false);
        var at = after ? UserSearch.time(time, true).plusMillis(1) : start;
        return bind(STAMP.format(at.atOffset(UTC)));
    }

    private static String expression(String field) {
        var known = INDEXED.getOrDefault(field, OTHERS.get(field));
        if (known != null) return known;
        var detail = DETAIL.matcher(field);
        if (!detail.matches()) throw ManagementRefused.query("q", "There is no such field to search by");
        return "log.data #>> '{" + field.replace('.', ',') + "}'";
    }

    private String bind(Object value) {
        var name = "q" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    private static Map<String, String> indexed() {
        var fields = new java.util.LinkedHashMap<String, String>();
        fields.put("log_id", "log.id");
        fields.put("_id", "log.id");
        fields.put("user_id", "log.user_id");
        fields.put("ip", "log.data ->> 'ip'");
        fields.put("client_id", "log.client_id");
        fields.put("type", "log.type");
        return fields;
    }
}
