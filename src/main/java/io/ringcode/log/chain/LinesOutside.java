package io.ringcode.log.chain;

import io.ringcode.log.chain.ChainDamage.Kind;
import io.ringcode.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines that the chain says nothing of: those of the last seconds, and those that are older than it. */
final class LinesOutside {
    private LinesOutside() {}

    static List<String> of(Connection connection, List<ChainEpoch> eras, @Nullable TenantId tenant)
            throws SQLException {
        var notes = new ArrayList<String>();
        if (eras.isEmpty())
            return List.of("No line has a place yet: the server gives them within seconds of its start");
        var now = eras.getLast();
        count(connection, "written >= ? AND id COLLATE \"C\" > ?", now.reached(), now.afterId(), tenant, notes, """
                %s: %d lines have no place yet, which are given within seconds while a server runs; the oldest is of %s""");
        if (eras.getFirst().from() > 0)
            count(
                    connection,
                    "written < ? AND id COLLATE \"C\" > ?",
                    eras.getFirst().from(),
                    "",
                    tenant,
                    notes,
                    """
                    %s: %d lines are older than the chain, which began when this database was in use already; the oldest is of %s""");
        return notes;
    }

    /**
     * Lines that say that a transaction wrote them which has not been yet: they would get no place for as long as it takes until its number
     * comes.
     */
    static void ofTheFuture(
            Connection connection, List<ChainEpoch> eras, @Nullable TenantId tenant, Map<String, TenantCheck> checks)
            throws SQLException {
        if (eras.isEmpty()) return;
        var now = eras.getLast();
        var name = tenant == null ? null : tenant.value();
        try (var statement = connection.prepareStatement("""
                WITH next AS MATERIALIZED (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS number)
                SELECT tenant_id, id, written FROM log_line
                 WHERE written >= (SELECT number FROM next) AND ? <= (SELECT number FROM next) AND id COLLATE "C" > ?
                   AND (?::text IS NULL OR tenant_id = ?)
                 ORDER BY tenant_id, written LIMIT 1000
                """)) {
            statement.setLong(1, now.reached());
            statement.setString(2, now.afterId());
            statement.setString(3, name);
            statement.setString(4, name);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var check = checks.computeIfAbsent(row.getString(1), _ -> new TenantCheck());
                    var end = check.end();
                    check.harm(new ChainDamage(
                            end == null ? 1 : end.place() + 1,
                            Kind.INSERTED,
                            "there is a line of the transaction " + row.getLong(3) + ", which has not been: "
                                    + row.getString(2)));
                }
            }
        }
    }

    private static void count(
            Connection connection,
            String condition,
            long written,
            String afterId,
            @Nullable TenantId tenant,
            List<String> notes,
            String text)
            throws SQLException {
        var name = tenant == null ? null : tenant.value();
        try (var statement = connection.prepareStatement("SELECT tenant_id, count(*), min(at) FROM log_line WHERE "
                + condition + " AND (?::text IS NULL OR tenant_id = ?) GROUP BY tenant_id ORDER BY tenant_id")) {
            statement.setLong(1, written);
            statement.setString(2, afterId);
            statement.setString(3, name);
            statement.setString(4, name);
            try (var row = statement.executeQuery()) {
                while (row.next())
                    notes.add(text.formatted(
                            row.getString(1),
                            row.getLong(2),
                            row.getObject(3, OffsetDateTime.class).toInstant()));
            }
        }
    }
}
