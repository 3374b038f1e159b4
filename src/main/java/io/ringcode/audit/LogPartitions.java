package io.ringcode.audit;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNullElse;

import io.ringcode.log.LogRecordRows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Partitions of the table {@code log}, by the time that ids begin with (docs/decisions/0019). The oldest, {@code log_oldest}, has no beginning, and the newest,
 * {@code log_rest}, no end: a line for which no other was made in time, as after weeks without a server, goes there, and nothing fails.
 */
@Component
class LogPartitions {
    private static final Logger log = LoggerFactory.getLogger(LogPartitions.class);

    private static final Duration AHEAD = Duration.ofDays(14);
    private static final String OLDEST = "log_oldest";
    private static final String COLUMNS = "tenant_id, id, at, type, user_id, client_id, data, written";

    /** With the log locked. */
    private static final int MOST_MOVED = 5_000;

    private final JdbcClient db;
    private final TransactionTemplate transaction;

    LogPartitions(JdbcClient db, PlatformTransactionManager transactions) {
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @param until the first id behind it; null for {@code log_rest} */
    private record Partition(
            String name, String from, @Nullable String until) {
        private boolean endsBefore(Instant moment) {
            return until != null && until.compareTo(LogRecordRows.firstId(moment)) <= 0;
        }
    }

    private List<Partition> all() {
        return db.sql("""
                SELECT one.relname AS name, substring(bound FROM 'FROM [(]''([0-9]+)''[)]') AS from,
                       substring(bound FROM 'TO [(]''([0-9]+)''[)]') AS until
                  FROM pg_inherits JOIN pg_class AS one ON one.oid = inhrelid,
                       pg_get_expr(one.relpartbound, one.oid) AS bound
                 WHERE inhparent = to_regclass('log')
                """)
                .query((row, _) -> new Partition(
                        row.getString("name"), requireNonNullElse(row.getString("from"), ""), row.getString("until")))
                .list();
    }

    /** Those of the next two weeks, where they are missing. */
    void make(Instant now, Duration span) {
        var horizon = LogRecordRows.firstId(now.plus(AHEAD));
        all().stream()
                .filter(one -> one.until() == null && one.from().compareTo(horizon) < 0)
                .findFirst()
                .ifPresent(rest -> {
                    var _ = briefly("make partitions", _ -> make(rest, now, span, horizon));
                });
    }

    /** All of them before {@code rest}; what is in it by now gets an end, and there is a new one. */
    private void make(Partition rest, Instant now, Duration span, String horizon) {
        db.sql("ALTER TABLE log DETACH PARTITION log_rest").update();
        var newest = db.sql("SELECT max(id) AS id FROM log_rest")
                .query((row, _) -> requireNonNullElse(row.getString("id"), ""))
                .single();
        var from = rest.from();
        var today = LogRecordRows.firstId(now);
        if (!newest.isEmpty() || from.compareTo(today) < 0) {
            var until = first(day(newest.compareTo(today) > 0 ? newest : today).plusDays(1));
            var name = name(from);
            if (newest.isEmpty()) create(name);
            else db.sql("ALTER TABLE log_rest RENAME TO " + name).update();
            attach(name, from, "'" + until + "'");
            if (!newest.isEmpty()) create("log_rest");
            from = until;
        }
        while (from.compareTo(horizon) < 0) {
            var until = first(day(from).plusDays(span.toDays()));
            create(name(from));
            attach(name(from), from, "'" + until + "'");
            from = until;
        }
        attach("log_rest", from, "MAXVALUE");
    }

    private void create(String name) {
        db.sql("CREATE TABLE " + name + " (LIKE log INCLUDING DEFAULTS)").update();
    }

    private void attach(String name, String from, String until) {
        db.sql("ALTER TABLE log ATTACH PARTITION " + name + " FOR VALUES FROM ('" + from + "') TO (" + until + ")")
                .update();
    }

    /**
     * Drops those of lines before a moment, once retention has removed them, and lets {@code log_oldest} begin where the next one does. What stays for
     * longer goes there: the last lines of tenants that have written none since, from which their chains go on.
     */
    void retire(Instant before) {
        var _ = all().stream()
                .filter(one -> one.endsBefore(before) && !one.name().equals(OLDEST))
                .sorted(Comparator.comparing(Partition::from))
                .takeWhile(one -> left(one) <= MOST_MOVED)
                .allMatch(this::retire);
    }

    private int left(Partition one) {
        return db.sql("SELECT count(*) FROM (SELECT FROM " + one.name() + " LIMIT " + (MOST_MOVED + 1) + ") AS few")
                .query(Integer.class)
                .single();
    }

    /** @return whether the next one may go too */
    private boolean retire(Partition one) {
        var bound = "CHECK (id < '" + one.until() + "')";
        var what = "retire the partition " + one.name();
        var bounded = briefly(what, _ -> {
            db.sql("ALTER TABLE log_oldest DROP CONSTRAINT IF EXISTS log_bound, ADD CONSTRAINT log_bound " + bound
                            + " NOT VALID")
                    .update();
        });
        if (!bounded) return false;
        // So that nobody waits while it is looked through.
        db.sql("ALTER TABLE log_oldest VALIDATE CONSTRAINT log_bound").update();
        return briefly(what, _ -> {
            db.sql("ALTER TABLE log DETACH PARTITION log_oldest").update();
            db.sql("ALTER TABLE log DETACH PARTITION " + one.name()).update();
            db.sql("INSERT INTO log_oldest (" + COLUMNS + ") SELECT " + COLUMNS + " FROM " + one.name())
                    .update();
            db.sql("DROP TABLE " + one.name()).update();
            db.sql("ALTER TABLE log ATTACH PARTITION log_oldest FOR VALUES FROM (MINVALUE) TO ('" + one.until() + "')")
                    .update();
            db.sql("ALTER TABLE log_oldest DROP CONSTRAINT log_bound").update();
        });
    }

    /** Who writes to the log waits behind whoever waits for its lock, so less than a group commit bears. */
    private boolean briefly(String what, Consumer<TransactionStatus> work) {
        try {
            transaction.executeWithoutResult(status -> {
                db.sql("SET LOCAL lock_timeout = '50ms'").update();
                db.sql("SET LOCAL statement_timeout = '1s'").update();
                work.accept(status);
            });
            return true;
        } catch (DataAccessException failure) {
            log.warn(
                    "Could not {} of the log, which is tried again in minutes: {}",
                    what,
                    failure.getMostSpecificCause().getMessage());
            return false;
        }
    }

    private static String name(String from) {
        return "log_" + from.substring(3, 11);
    }

    private static String first(LocalDate day) {
        return LogRecordRows.firstId(day.atStartOfDay(UTC).toInstant());
    }

    /** Of the time that an id begins with. */
    private static LocalDate day(String id) {
        return LocalDate.parse(id.substring(3, 11), DateTimeFormatter.BASIC_ISO_DATE);
    }
}
