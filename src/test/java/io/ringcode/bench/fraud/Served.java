package io.ringcode.bench.fraud;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestDatabase.Database;
import io.ringcode.bench.fraud.Event.Flow;
import io.ringcode.budget.Prices;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Learned;
import io.ringcode.fraud.Admission.ProofAsked;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.SendRequest;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.phone.Channel;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The guard as it serves: the beans of a server on a real PostgreSQL, by a clock of the run's own. */
final class Served implements Policy, AutoCloseable {
    /** The write-behind runs twice a second; here less often, as seconds pass in milliseconds. One server judges the same by it. */
    private static final long EXCHANGE = 300_000;

    private static final long CLEANING = Duration.ofHours(6).toMillis();
    private static final List<String> TABLES =
            List.of("rate_limit", "fraud_event", "fraud_scope", "fraud_proved", "fraud_decision");

    private final TestClock clock = new TestClock();
    private final Ringcode server;
    private final FraudGuard guard;
    private final List<RecurringTask> exchange;
    private final List<RecurringTask> cleaning;
    private final Map<String, String> priceLists;
    private final Set<String> tenants = new HashSet<>();
    private final Set<String> users = new HashSet<>();

    Served(Database database, List<Event> events) {
        this.priceLists = ListedPrices.of(events);
        this.server = Ringcode.on(
                database,
                new FakeCarrier(),
                clock,
                Map.of("RINGCODE_IP_DATABASES", ListedAddresses.of(events).toString()));
        this.guard = server.bean(FraudGuard.class);
        this.transaction = new TransactionTemplate(server.bean(PlatformTransactionManager.class));
        var tasks = server.beans(RecurringTask.class);
        this.exchange =
                tasks.stream().filter(task -> task.name().startsWith("fraud-")).toList();
        this.cleaning = tasks.stream()
                .filter(task -> task.name().equals("expired-rows"))
                .toList();
    }

    static Served start(List<Event> events) {
        var database = database();
        return quietly(() -> new Served(database, events));
    }

    /** Commits wait for no disk: what is measured is what deciding takes, and days are to pass in minutes. */
    static Database database() {
        var database = TestDatabase.freshDatabase();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            var name = database.url().replaceAll(".*/", "").replaceAll("[^a-z0-9_].*", "");
            statement.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return database;
    }

    /** Figures go to standard output, and a server greets its operator there. */
    static <T> T quietly(Supplier<T> start) {
        var figures = System.out;
        System.setOut(System.err);
        try {
            return start.get();
        } finally {
            System.setOut(figures);
        }
    }

    private final Map<String, Ownership> sessions = new HashMap<>();
    private final TransactionTemplate transaction;
    private long micros;
    private long exchangeNanos;
    private long exchanged;
    private long cleaned;

    @Override
    public Decision judge(Event event, boolean passed, long now) {
        at(now);
        if (tenants.add(event.tenant())) create(new TenantId(event.tenant()));
        if (event.userCreatedAt() > 0 && users.add(event.tenant() + " " + event.user())) store(event);
        var ownership = event.flow() == Flow.RESEND
                ? sessions.getOrDefault(event.session(), Ownership.CLAIMED)
                : ownership(event);
        sessions.put(event.session(), ownership);
        var request = request(new TenantId(event.tenant()), event, ownership, passed);
        var admission = transaction.execute(_ -> {
            var start = System.nanoTime();
            var judged = guard.admit(request, clock.instant());
            micros = (System.nanoTime() - start) / 1_000;
            return judged;
        });
        return switch (Objects.requireNonNull(admission)) {
            case Admitted(var watched) -> new Decision(Kind.ALLOW, reasons(watched), 0);
            case ProofAsked(var _, var learned) -> new Decision(Kind.CHALLENGE, reasons(learned), until(learned));
            case Denied(var rule, var wait, var learned) ->
                learned.isEmpty()
                        ? new Decision(
                                Kind.REFUSE,
                                List.of(new Reason(rule.name().toLowerCase(Locale.ROOT), 1, 1, "limit")),
                                now + wait.toMillis())
                        : new Decision(Kind.REFUSE, reasons(learned), until(learned));
        };
    }

    static Ownership ownership(Event event) {
        return event.flow() == Flow.SIGN_IN ? Ownership.CONFIRMED : Ownership.CLAIMED;
    }

    static SendRequest request(TenantId tenant, Event event, Ownership ownership, boolean passed) {
        return new SendRequest(
                tenant,
                null,
                new UserId(event.user()),
                null,
                InMemory.number(event.phone()),
                event.voice() ? Channel.VOICE : Channel.SMS,
                new Origin(event.ip(), true, null, "replay"),
                ownership == Ownership.CONFIRMED ? Cause.SIGN_IN : Cause.ENROLLMENT,
                ownership,
                login(event),
                passed ? Proof.PASSED : Proof.POSSIBLE,
                InMemory.formTime(event));
    }

    private void create(TenantId tenant) {
        server.bean(Tenants.class).create(tenant, clock.instant());
        var list = priceLists.get(tenant.value());
        if (list != null) server.bean(Prices.class).set(tenant, "twilio", list, clock.instant());
    }

    private void store(Event event) {
        server.bean(JdbcClient.class)
                .sql("""
                        INSERT INTO app_user (tenant_id, id, connection, created_at, updated_at)
                        VALUES (:tenant, :id, 'replay', :at, :at) ON CONFLICT DO NOTHING
                        """)
                .param("tenant", event.tenant())
                .param("id", event.user())
                .param("at", Instant.ofEpochMilli(event.userCreatedAt()).atOffset(ZoneOffset.UTC))
                .update();
    }

    private static List<Reason> reasons(List<Learned> learned) {
        return learned.stream()
                .map(one -> new Reason(one.rule().wire(), one.value(), one.threshold(), one.scope()))
                .toList();
    }

    private static long until(List<Learned> learned) {
        return learned.getFirst().until().toEpochMilli();
    }

    static UUID login(Event event) {
        return UUID.nameUUIDFromBytes((event.tenant() + event.session()).getBytes(StandardCharsets.UTF_8));
    }

    private void at(long now) {
        clock.advance(Duration.between(clock.instant(), Instant.ofEpochMilli(now)));
        if (now - exchanged >= EXCHANGE) {
            exchanged = now;
            exchange();
        }
        if (now - cleaned >= CLEANING) {
            cleaned = now;
            cleaning.forEach(RecurringTask::run);
        }
    }

    @Override
    public void typed(Event event, long now) {
        at(now);
        guard.typed(new TenantId(event.tenant()), login(event));
    }

    @Override
    public void unknownSubscriber(Event event, long now) {
        at(now);
        guard.unknownSubscriber(new TenantId(event.tenant()), login(event));
    }

    private void exchange() {
        var start = System.nanoTime();
        exchange.forEach(RecurringTask::run);
        exchangeNanos += System.nanoTime() - start;
    }

    /** Time of the decision within its transaction; the commit is the sending's. */
    @Override
    public long micros() {
        return micros;
    }

    /** Time of all that was written behind, in milliseconds. */
    long exchangeMillis() {
        return exchangeNanos / 1_000_000;
    }

    @Override
    public void end() {
        exchange();
    }

    /** @param bytes with indexes */
    record Kept(String table, long rows, long bytes) {}

    List<Kept> kept() {
        var db = server.bean(JdbcClient.class);
        return TABLES.stream()
                .map(table -> new Kept(
                        table,
                        db.sql("SELECT count(*) FROM " + table)
                                .query(Long.class)
                                .single(),
                        db.sql("SELECT pg_total_relation_size(:table::regclass)")
                                .param("table", table)
                                .query(Long.class)
                                .single()))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
