package io.ringcode.figure;

import static io.ringcode.figure.Lines.LATENCIES;
import static io.ringcode.figure.Lines.LIMITS;
import static io.ringcode.figure.Lines.SUMS;
import static io.ringcode.figure.Lines.WITH_LINES;
import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.DAYS;

import io.ringcode.delivery.ledger.CodeConversion;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds new messages to the sums of their day, and sums the days anew that may still change: a receipt, or a code that is typed
 * late, may come a day after its message. The longer that took, the rarer it is done. Each day is a transaction of its own, so that
 * many messages take many statements and none that is too long; a server that stood still, or was ended between two days, goes on
 * where it was.
 */
@Component
class FigureRolls implements RecurringTask {
    private static final Duration MAY_CHANGE = Duration.ofDays(1);
    private static final Duration MESSAGES_KEPT = Duration.ofDays(30);
    private static final Duration FIGURES_KEPT = Duration.ofDays(400);
    /** A code is typed within minutes; its challenge is there for a day. */
    private static final Duration TYPED_WITHIN = Duration.ofHours(1);
    /**
     * What is younger is counted when somebody looks: within that time a code is typed and a receipt comes, so that figures
     * agree with the lists.
     */
    private static final Duration YOUNG = Duration.ofMinutes(15);
    /** How many times as long as it took to sum whole days passes until they are summed again. */
    private static final int REST = 30;

    private static final Duration LONGEST_REST = Duration.ofHours(12);

    private static final List<String> TABLES = List.of("figure", "figure_latency", "figure_limit");

    /** Both tables from one reading of the messages. */
    private static final String SUM_MESSAGES = WITH_LINES + """
            , summed AS (
                INSERT INTO figure (day, provider, channel, country, currency, messages, sent, delivered, failed, codes, verified,
                                    cost, tenant_id)
                SELECT sums.*, :tenant FROM (
            """ + SUMS + """
                ) AS sums
                ON CONFLICT (tenant_id, day, provider, channel, country, currency) DO UPDATE
                   SET messages = figure.messages + excluded.messages, sent = figure.sent + excluded.sent,
                       delivered = figure.delivered + excluded.delivered, failed = figure.failed + excluded.failed,
                       codes = figure.codes + excluded.codes, verified = figure.verified + excluded.verified,
                       cost = figure.cost + excluded.cost)
            INSERT INTO figure_latency (day, provider, channel, stage, bucket, messages, tenant_id)
            SELECT sums.*, :tenant FROM (
            """ + LATENCIES + """
            ) AS sums
            ON CONFLICT (tenant_id, day, provider, channel, stage, bucket) DO UPDATE
               SET messages = figure_latency.messages + excluded.messages
            """;

    private static final String SUM_LIMITS =
            "INSERT INTO figure_limit (day, what, events, tenant_id) SELECT sums.*, :tenant FROM (" + LIMITS + """
            ) AS sums
            ON CONFLICT (tenant_id, day, what) DO UPDATE SET events = figure_limit.events + excluded.events
            """;

    private final JdbcClient db;
    private final Clock clock;
    private final CodeConversion typed;
    private final TransactionTemplate transactions;

    FigureRolls(JdbcClient db, Clock clock, CodeConversion typed, PlatformTransactionManager transactions) {
        this.db = db;
        this.clock = clock;
        this.typed = typed;
        this.transactions = new TransactionTemplate(transactions);
    }

    @Override
    public String name() {
        return "figures";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Servers servers() {
        return Servers.ONE;
    }

    @Override
    public void run() {
        roll(clock.instant());
    }

    void roll(Instant now) {
        for (var tenant : tenants()) roll(tenant, now);
        for (var table : TABLES)
            db.sql("DELETE FROM " + table + " WHERE day < :day")
                    .param("day", day(now.minus(FIGURES_KEPT)))
                    .update();
    }

    private List<TenantId> tenants() {
        return db.sql("SELECT id FROM known_tenant ORDER BY id")
                .query((row, _) -> new TenantId(row.getString("id")))
                .list();
    }

    private void roll(TenantId tenant, Instant now) {
        var rolled =
                rolled(tenant).orElse(new Rolled(now.minus(MESSAGES_KEPT).plus(1, DAYS), Instant.EPOCH, Duration.ZERO));
        var until = now.minus(YOUNG);
        if (!until.isAfter(rolled.until())) return;
        typed.keep(tenant, earlier(rolled.until(), now).minus(TYPED_WITHIN));
        if (now.isBefore(rolled.wholeDue())) {
            add(tenant, rolled.until(), until);
            return;
        }
        // What changed since whole days were summed last belongs to messages that were a day old at most.
        var unchanged = later(rolled.wholeAt(), now.minus(LONGEST_REST)).minus(MAY_CHANGE);
        sumWhole(tenant, earlier(rolled.until(), unchanged), until, now);
    }

    private void sumWhole(TenantId tenant, Instant since, Instant until, Instant now) {
        var begin = System.nanoTime();
        for (var day = day(since); !day.isAfter(day(until)); day = day.plusDays(1)) {
            var start = start(day);
            var end = earlier(start.plus(1, DAYS), until);
            if (transactions.execute(_ -> replaceDay(tenant, start, end)) == Summed.ELSEWHERE) return;
        }
        db.sql("UPDATE figure_until SET whole_at = :now, whole_ms = :took WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .param("now", now.atOffset(UTC))
                .param("took", Duration.ofNanos(System.nanoTime() - begin).toMillis())
                .update();
    }

    private void add(TenantId tenant, Instant since, Instant until) {
        for (var from = since; from.isBefore(until); ) {
            var start = from;
            var end = earlier(start(day(start).plusDays(1)), until);
            if (transactions.execute(_ -> addDay(tenant, start, end)) == Summed.ELSEWHERE) return;
            from = end;
        }
    }

    private enum Summed {
        HERE,
        ELSEWHERE
    }

    /** @param until the end of the day, or as far as it is summed */
    private Summed replaceDay(TenantId tenant, Instant start, Instant until) {
        if (!alone(tenant)) return Summed.ELSEWHERE;
        for (var table : TABLES)
            db.sql("DELETE FROM " + table + " WHERE tenant_id = :tenant AND day = :day")
                    .param("tenant", tenant.value())
                    .param("day", day(start))
                    .update();
        sum(tenant, start, until);
        // A day before the last may change, and what follows it is summed already.
        db.sql("""
                INSERT INTO figure_until (tenant_id, until) VALUES (:tenant, :until)
                ON CONFLICT (tenant_id) DO UPDATE SET until = greatest(figure_until.until, excluded.until)
                """)
                .param("tenant", tenant.value())
                .param("until", until.atOffset(UTC))
                .update();
        return Summed.HERE;
    }

    private Summed addDay(TenantId tenant, Instant since, Instant until) {
        if (!alone(tenant)) return Summed.ELSEWHERE;
        // Nothing may be added twice: where another server has gone on meanwhile, it goes on.
        var went = db.sql("UPDATE figure_until SET until = :until WHERE tenant_id = :tenant AND until = :since")
                .param("tenant", tenant.value())
                .param("since", since.atOffset(UTC))
                .param("until", until.atOffset(UTC))
                .update();
        if (went == 0) return Summed.ELSEWHERE;
        sum(tenant, since, until);
        return Summed.HERE;
    }

    private void sum(TenantId tenant, Instant since, Instant until) {
        var window = Figures.window(tenant, since, until);
        db.sql(SUM_MESSAGES).params(window).update();
        db.sql(SUM_LIMITS).params(window).update();
    }

    /** Another node that sums the same tenant is enough. */
    private boolean alone(TenantId tenant) {
        return db.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('figures of ' || :tenant, 0))")
                .param("tenant", tenant.value())
                .query(Boolean.class)
                .single();
    }

    /** @return until when a tenant's days are summed */
    Optional<Instant> until(TenantId tenant) {
        return rolled(tenant).map(Rolled::until);
    }

    /**
     * @param wholeAt when the days that may change were last summed as a whole
     * @param wholeTook how long that took
     */
    private record Rolled(Instant until, Instant wholeAt, Duration wholeTook) {
        Instant wholeDue() {
            var rest = wholeTook.multipliedBy(REST);
            return wholeAt.plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
        }
    }

    private Optional<Rolled> rolled(TenantId tenant) {
        return db.sql("""
                SELECT until, coalesce(whole_at, 'epoch') AS whole_at, coalesce(whole_ms, 0) AS whole_ms
                  FROM figure_until WHERE tenant_id = :tenant
                """)
                .param("tenant", tenant.value())
                .query((row, _) -> new Rolled(
                        row.getObject("until", OffsetDateTime.class).toInstant(),
                        row.getObject("whole_at", OffsetDateTime.class).toInstant(),
                        Duration.ofMillis(row.getLong("whole_ms"))))
                .optional();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(UTC).toInstant();
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(UTC).toLocalDate();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
