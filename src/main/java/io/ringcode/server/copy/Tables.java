package io.ringcode.server.copy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of this program in a database, as PostgreSQL's catalog has them, each behind those that it refers to. */
public final class Tables {
    /** Flyway's own, and servers that run, which no other database has. */
    private static final Set<String> NOT_COPIED = Set.of("flyway_schema_history", "master_key_server");

    private Tables() {}

    /** @return the columns of each table, as SQL names them */
    public static Map<String, String> of(Connection connection) throws SQLException {
        var columns = new TreeMap<String, String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT relname, string_agg(quote_ident(attname), ', ' ORDER BY attnum)
                          FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
                         WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                           AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                         GROUP BY relname
                        """)) {
            while (row.next())
                if (!NOT_COPIED.contains(row.getString(1))) columns.put(row.getString(1), row.getString(2));
        }
        var ordered = new LinkedHashMap<String, String>();
        for (var table : inOrder(columns.keySet(), references(connection))) ordered.put(table, columns.get(table));
        return ordered;
    }

    private static Map<String, Set<String>> references(Connection connection) throws SQLException {
        var references = new TreeMap<String, Set<String>>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT one.relname, other.relname
                          FROM pg_constraint JOIN pg_class AS one ON one.oid = conrelid JOIN pg_class AS other ON other.oid = confrelid
                         WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid <> confrelid
                        """)) {
            while (row.next())
                references
                        .computeIfAbsent(row.getString(1), _ -> new TreeSet<>())
                        .add(row.getString(2));
        }
        return references;
    }

    private static Set<String> inOrder(Set<String> tables, Map<String, Set<String>> references) {
        var ordered = new LinkedHashSet<String>();
        var left = new ArrayList<>(tables);
        while (!left.isEmpty()) {
            var free = left.stream()
                    .filter(table -> ordered.containsAll(references.getOrDefault(table, Set.of())))
                    .toList();
            if (free.isEmpty()) throw new IllegalStateException("Tables refer to each other in a circle: " + left);
            ordered.addAll(free);
            left.removeAll(free);
        }
        return ordered;
    }

    private record Counter(String table, String column, String sequence) {}

    /** Numbers that PostgreSQL gives go on behind those that were copied. */
    static void setCounters(Connection connection) throws SQLException {
        var counters = new ArrayList<Counter>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT attrelid::regclass::text, quote_ident(attname), pg_get_serial_sequence(attrelid::regclass::text, attname)
                          FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                         WHERE relnamespace = current_schema()::regnamespace AND attidentity <> ''
                        """)) {
            while (row.next()) counters.add(new Counter(row.getString(1), row.getString(2), row.getString(3)));
        }
        try (var statement = connection.createStatement()) {
            for (var counter : counters)
                statement.execute("SELECT setval('" + counter.sequence() + "', coalesce(max(" + counter.column()
                        + "), 0) + 1, false) FROM " + counter.table());
        }
    }
}
