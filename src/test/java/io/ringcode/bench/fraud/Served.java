package io.ringcode.bench.fraud;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.bench.fraud.Event.Flow;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The guard as it serves: the beans of a server on a real PostgreSQL, by a clock of the run's own. */
final class Served implements Policy, AutoCloseable {
    private static final long EXCHANGE = 1_000;
    private static final long CLEANING = Duration.ofMinutes(10).toMillis();
    private static final List<String> TABLES =
            List.of("rate_limit", "fraud_event", "fraud_scope", "fraud_proved", "fraud_decision");

    private final TestClock clock = new TestClock();
    private final Ringcode server = Ringcode.on(TestDatabase.freshDatabase(), new FakeCarrier(), clock);
    private final FraudGuard guard = server.bean(FraudGuard.class);
    private final List<RecurringTask> exchange = server.beans(RecurringTask.class).stream()
            .filter(task -> task.name().startsWith("fraud-"))
            .toList();
    private final List<RecurringTask> cleaning = server.beans(RecurringTask.class).stream()
            .filter(task -> task.name().equals("expired-rows"))
            .toList();
    private final Set<String> tenants = new HashSet<>();
    private final Map<String, Ownership> sessions = new HashMap<>();
    private long exchanged;
    private long cleaned;

    @Override
    public Decision judge(Event event, boolean passed, long now) {
        at(now);
        if (tenants.add(event.tenant()))
            server.bean(Tenants.class).create(new TenantId(event.tenant()), clock.instant());
        var ownership = event.flow() == Flow.RESEND
                ? sessions.getOrDefault(event.session(), Ownership.CLAIMED)
                : event.flow() == Flow.SIGN_IN ? Ownership.CONFIRMED : Ownership.CLAIMED;
        sessions.put(event.session(), ownership);
        var request = new SendRequest(
                new TenantId(event.tenant()),
                null,
                new UserId(event.user()),
                null,
                InMemory.number(event.phone()),
                event.voice() ? Channel.VOICE : Channel.SMS,
                new Origin(event.ip(), true, null, "replay"),
                ownership == Ownership.CONFIRMED ? Cause.SIGN_IN : Cause.ENROLLMENT,
                ownership,
                login(event),
                passed ? Proof.PASSED : Proof.POSSIBLE);
        return switch (guard.admitAlone(request, clock.instant())) {
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

    private static List<Reason> reasons(List<Learned> learned) {
        return learned.stream()
                .map(one -> new Reason(one.rule().wire(), one.value(), one.threshold(), one.scope()))
                .toList();
    }

    private static long until(List<Learned> learned) {
        return learned.getFirst().until().toEpochMilli();
    }

    private static UUID login(Event event) {
        return UUID.nameUUIDFromBytes((event.tenant() + event.session()).getBytes(StandardCharsets.UTF_8));
    }

    private void at(long now) {
        clock.advance(Duration.between(clock.instant(), Instant.ofEpochMilli(now)));
        if (now - exchanged >= EXCHANGE) {
            exchanged = now;
            exchange.forEach(RecurringTask::run);
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

    @Override
    public void end() {
        exchange.forEach(RecurringTask::run);
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
