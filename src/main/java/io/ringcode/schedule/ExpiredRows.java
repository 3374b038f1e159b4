package io.ringcode.schedule;

import static java.time.ZoneOffset.UTC;

import io.ringcode.schedule.Expiring.AtAge;
import io.ringcode.schedule.Expiring.AtTime;
import io.ringcode.secret.TimedId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes the rows of all {@link Expiring} tables that mean nothing any more, some at a time, so that nobody waits behind a
 * large deletion.
 */
@Component
class ExpiredRows implements RecurringTask {
    private static final int BATCH = 1_000;
    /** Rows of a table that one run looks at; what is left is the next run's. */
    private static final int BATCHES = 100;

    private final JdbcClient db;
    private final Clock clock;
    private final List<Cleaner> cleaners;

    ExpiredRows(JdbcClient db, Clock clock, List<Expiring> tables) {
        this.db = db;
        this.clock = clock;
        this.cleaners = tables.stream().map(this::cleaner).toList();
    }

    @Override
    public String name() {
        return "expired-rows";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Servers servers() {
        return Servers.ONE;
    }

    @Override
    public void run() {
        for (var cleaner : cleaners) {
            int batches = 0;
            while (cleaner.deleteSome() && batches < BATCHES) batches++;
        }
    }

    private interface Cleaner {
        /** @return whether there is more to look at */
        boolean deleteSome();
    }

    private Cleaner cleaner(Expiring table) {
        return switch (table) {
            case AtTime rows -> new Walk(rows);
            case AtAge rows -> () -> deleteOld(rows) >= BATCH;
        };
    }

    /** All of an old id: a challenge's key has more columns, and they go together. */
    private int deleteOld(AtAge rows) {
        return db.sql("""
                DELETE FROM {table} USING (
                    SELECT old.tenant_id, old.{id}
                      FROM known_tenant AS tenant, LATERAL (
                           SELECT tenant_id, {id} FROM {table} WHERE tenant_id = tenant.id AND {id} < :horizon
                            ORDER BY {id} LIMIT :batch) AS old
                     LIMIT :batch) AS expired
                 WHERE {table}.tenant_id = expired.tenant_id AND {table}.{id} = expired.{id}
                """.replace("{table}", rows.table()).replace("{id}", rows.id()))
                .param("horizon", TimedId.floor(clock.instant().minus(rows.kept())))
                .param("batch", BATCH)
                .update();
    }

    /** Goes along a table's primary key, and begins anew at its end. */
    private final class Walk implements Cleaner {
        private final String first;
        private final String next;
        private final String delete;
        private List<Object> after = List.of();

        Walk(AtTime rows) {
            var key = "tenant_id, " + rows.key();
            var marks = String.join(", ", Collections.nCopies(key.split(",", -1).length, "?"));
            var select = "SELECT " + key + " FROM " + rows.table();
            var some = " ORDER BY " + key + " LIMIT " + BATCH;
            this.first = select + some;
            this.next = select + " WHERE (" + key + ") > (" + marks + ")" + some;
            this.delete = "DELETE FROM " + rows.table() + " WHERE (" + key + ") >= (" + marks + ") AND (" + key
                    + ") <= (" + marks + ") AND " + rows.column() + " < ?";
        }

        @Override
        public boolean deleteSome() {
            var keys = db.sql(after.isEmpty() ? first : next)
                    .params(after)
                    .query((row, _) -> {
                        var key = new ArrayList<Object>();
                        var columns = row.getMetaData().getColumnCount();
                        for (int column = 1; column <= columns; column++) key.add(row.getObject(column));
                        return List.copyOf(key);
                    })
                    .list();
            if (!keys.isEmpty()) {
                var bounds = new ArrayList<>(keys.getFirst());
                bounds.addAll(keys.getLast());
                bounds.add(clock.instant().atOffset(UTC));
                db.sql(delete).params(bounds).update();
            }
            after = keys.size() < BATCH ? List.of() : keys.getLast();
            return !after.isEmpty();
        }
    }
}
