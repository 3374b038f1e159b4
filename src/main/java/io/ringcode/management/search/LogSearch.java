package io.ringcode.management.search;

import static java.time.ZoneOffset.UTC;

import io.ringcode.management.json.ManagementRefused;
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
 * Turns a {@link SearchQuery} over the log into SQL that reads a bounded number of rows, however many are kept. A query is taken
 * apart at its ORs; each branch goes along the index of the first indexed field it names, or along the ids, which are in
 * the order of time. What else the branch asks is looked for among the newest {@link #CANDIDATES} rows found so.
 */
public final class LogSearch {
    public static final int CANDIDATES = 10_000;
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

    public LogSearch(TenantId tenant, boolean newestFirst) {
        this.newestFirst = newestFirst;
        parameters.put("tenant", tenant.value());
    }

    public Map<String, Object> parameters() {
        return parameters;
    }

    /** SQL that selects the first {@code :need} matching rows' ids, in order. */
    public String ids(@Nullable SearchQuery query) {
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
    private static List<List<SearchQuery>> branches(SearchQuery query) {
        return switch (query) {
            case SearchQuery.Or(var parts) ->
                parts.stream().flatMap(part -> branches(part).stream()).toList();
            case SearchQuery.And(var parts) -> {
                List<List<SearchQuery>> all = List.of(List.of());
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

    private String branch(List<SearchQuery> terms) {
        var key = new ArrayList<String>();
        var rest = new ArrayList<SearchQuery>();
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
            return "(SELECT id FROM log_line AS log WHERE " + where + " ORDER BY id " + direction() + " LIMIT :need)";
        return "(SELECT log.id FROM (SELECT * FROM log_line AS log WHERE " + where + " ORDER BY id " + direction()
                + " LIMIT "
                + CANDIDATES + ") AS log LEFT JOIN user_label AS person ON person.tenant_id = log.tenant_id"
                + " AND person.id = log.user_id WHERE "
                + String.join(
                        " AND ",
                        rest.stream().map(part -> "(" + condition(part) + ")").toList()) + " ORDER BY id "
                + direction() + " LIMIT :need)";
    }

    private static boolean isExactly(SearchQuery query, String field) {
        return query instanceof SearchQuery.Term term && term.field().equals(field) && !term.prefix();
    }

    private static boolean isTime(SearchQuery query) {
        return (query instanceof SearchQuery.Range range && range.field().equals("date"))
                || (query instanceof SearchQuery.Term term && term.field().equals("date"));
    }

    private String condition(SearchQuery query) {
        return switch (query) {
            case SearchQuery.And(var parts) -> joined(parts, " AND ");
            case SearchQuery.Or(var parts) -> joined(parts, " OR ");
            case SearchQuery.Not(var part) -> "NOT coalesce((" + condition(part) + "), false)";
            case SearchQuery.Exists(var field) -> expression(field) + " IS NOT NULL";
            case SearchQuery.Term term -> term(term);
            case SearchQuery.Range range -> range(range);
        };
    }

    private String joined(List<SearchQuery> parts, String by) {
        return String.join(
                by, parts.stream().map(part -> "(" + condition(part) + ")").toList());
    }

    private String term(SearchQuery.Term term) {
        var field = term.field();
        if (field.equals("date")) return range(new SearchQuery.Range(field, term.value(), true, term.value(), true));
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

    private String range(SearchQuery.Range range) {
        if (!range.field().equals("date")) throw ManagementRefused.query("q", "This field does not support ranges");
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
        if (!detail.matches()) throw ManagementRefused.query("q", "This field cannot be searched");
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
