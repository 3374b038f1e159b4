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
 * Sums the days anew that may still change: a receipt, or a code that is typed late, may come a day after its message. A
 * server that stood still goes on where it was.
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
        for (var tenant : tenants()) transactions.executeWithoutResult(_ -> roll(tenant, now));
        db.sql("DELETE FROM figure WHERE day < :day")
                .param("day", day(now.minus(FIGURES_KEPT)))
                .update();
        db.sql("DELETE FROM figure_latency WHERE day < :day")
                .param("day", day(now.minus(FIGURES_KEPT)))
                .update();
        db.sql("DELETE FROM figure_limit WHERE day < :day")
                .param("day", day(now.minus(FIGURES_KEPT)))
                .update();
    }

    private List<TenantId> tenants() {
        return db.sql("SELECT id FROM known_tenant ORDER BY id")
                .query((row, _) -> new TenantId(row.getString("id")))
                .list();
    }

    private void roll(TenantId tenant, Instant now) {
        if (!alone(tenant)) return;
        var last = until(tenant).orElse(now.minus(MESSAGES_KEPT).plus(1, DAYS));
        var from = earlier(last, now.minus(MAY_CHANGE)).truncatedTo(DAYS);
        var until = now.minus(YOUNG);
        if (!until.isAfter(last)) return;
        typed.keep(tenant, earlier(last, now).minus(TYPED_WITHIN));
        replace(
                tenant,
                "figure",
                WITH_LINES + "INSERT INTO figure (day, provider, channel, country, currency, messages,"
                        + " sent, delivered, failed, codes, verified, cost, tenant_id) SELECT sums.*, :tenant FROM ("
                        + SUMS + ") AS sums",
                from,
                until);
        replace(
                tenant,
                "figure_latency",
                WITH_LINES + "INSERT INTO figure_latency (day, provider, channel, stage, bucket,"
                        + " messages, tenant_id) SELECT sums.*, :tenant FROM (" + LATENCIES + ") AS sums",
                from,
                until);
        replace(
                tenant,
                "figure_limit",
                "INSERT INTO figure_limit (day, what, events, tenant_id)" + " SELECT sums.*, :tenant FROM (" + LIMITS
                        + ") AS sums",
                from,
                until);
        db.sql("""
                INSERT INTO figure_until (tenant_id, until) VALUES (:tenant, :until)
                ON CONFLICT (tenant_id) DO UPDATE SET until = excluded.until
                """)
                .param("tenant", tenant.value())
                .param("until", until.atOffset(UTC))
                .update();
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
        return db.sql("SELECT until FROM figure_until WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query((row, _) -> row.getObject("until", OffsetDateTime.class).toInstant())
                .optional();
    }

    private void replace(TenantId tenant, String table, String insert, Instant from, Instant until) {
        db.sql("DELETE FROM " + table + " WHERE tenant_id = :tenant AND day >= :from")
                .param("tenant", tenant.value())
                .param("from", day(from))
                .update();
        db.sql(insert).params(Figures.window(tenant, from, until)).update();
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(UTC).toLocalDate();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
