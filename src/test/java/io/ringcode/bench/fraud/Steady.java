package io.ringcode.bench.fraud;

import io.ringcode.Ringcode;
import io.ringcode.TestLimits;
import io.ringcode.bench.Machine;
import io.ringcode.bench.Machine.Cpu;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.FraudRules;
import io.ringcode.fraud.RuleMode;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendRequest;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Decisions at a steady rate in real time, the learned rules off and on by turns: what they add, and how long one takes. */
final class Steady {
    private static final int ROUNDS = 4;
    /** Until the JVM has compiled what decides, as it has on a server that has run for an hour. */
    private static final int WARM_UP = 40_000;

    private static final int WARM_UP_RATE = 800;
    private static final TenantId TENANT = new TenantId("steady");
    /** Codes are typed sooner than in life, so that a round sees them. */
    private static final long TYPED_WITHIN = 5_000;

    /** Goes with the machine's. */
    private static final class Going extends TestClock {
        private final Instant begin = Instant.parse("2031-03-03T12:00:00Z");
        private final long from = System.nanoTime();

        @Override
        public Instant instant() {
            return begin.plusNanos(System.nanoTime() - from);
        }
    }

    private final int perSecond;
    private final int seconds;
    private final Going clock = new Going();
    private final Ringcode server = Served.quietly(() -> Ringcode.on(Served.database(), new FakeCarrier(), clock));
    private final FraudGuard guard = server.bean(FraudGuard.class);
    private final TransactionTemplate transaction =
            new TransactionTemplate(server.bean(PlatformTransactionManager.class));
    private final List<Event> people = new ArrayList<>();
    private final Iterator<Event> events;
    private final Users users = server.bean(Users.class);

    private Steady(int perSecond, int seconds) {
        this.perSecond = perSecond;
        this.seconds = seconds;
        for (long seed = 1; people.size() < 2 * WARM_UP + 2 * ROUNDS * perSecond * seconds; seed++)
            people.addAll(Sets.of("Q0", seed));
        this.events = people.iterator();
    }

    static void run(int perSecond, int seconds) {
        new Steady(perSecond, seconds).measure();
    }

    /** @param server milliseconds of CPU for each decision, its commit included; {@code database} likewise */
    private record Round(List<Long> micros, double server, double database, int failed) {
        double cpu() {
            return server + database;
        }
    }

    private void measure() {
        var tenants = server.bean(Tenants.class);
        tenants.create(TENANT, clock.instant());
        tenants.set(TENANT, SendLimits.NAME, TestLimits.all(new Bucket(1_000_000, 1_000)), clock.instant());
        store();
        round(true, WARM_UP_RATE, WARM_UP);
        round(false, WARM_UP_RATE, WARM_UP);
        var off = new ArrayList<Round>();
        var on = new ArrayList<Round>();
        for (int i = 0; i < ROUNDS; i++) {
            off.add(round(false, perSecond, perSecond * seconds));
            on.add(round(true, perSecond, perSecond * seconds));
        }
        server.close();
        say("limits alone", off);
        say("with the learned rules", on);
    }

    private void store() {
        var ids = people.stream().map(Event::user).distinct().toArray(String[]::new);
        server.bean(JdbcClient.class)
                .sql("""
                        INSERT INTO app_user (tenant_id, id, connection, created_at, updated_at)
                        SELECT :tenant, id, 'steady', :now, :now FROM unnest(:ids::text[]) AS one (id)
                        """)
                .param("tenant", TENANT.value())
                .param("ids", ids)
                .param("now", clock.instant().minus(Duration.ofDays(30)).atOffset(ZoneOffset.UTC))
                .update();
    }

    private static void say(String what, List<Round> rounds) {
        var micros = new ArrayList<Long>();
        for (var round : rounds) micros.addAll(round.micros());
        Collections.sort(micros);
        var cpu = rounds.stream().map(Round::cpu).sorted().toList();
        FraudReport.say(FraudReport.format(
                "%s: p50 %d µs, p99 %d µs of %d decisions, %d failed; CPU of server and database %.3f ms each, %.3f of it the database's (rounds: %s)",
                what,
                micros.get(micros.size() / 2),
                micros.get(micros.size() * 99 / 100),
                micros.size(),
                rounds.stream().mapToInt(Round::failed).sum(),
                cpu.stream().mapToDouble(one -> one).average().orElse(0),
                rounds.stream().mapToDouble(Round::database).average().orElse(0),
                cpu.stream().map(one -> FraudReport.format("%.3f", one)).toList()));
    }

    private Round round(boolean on, int perSecond, int count) {
        server.bean(Tenants.class)
                .set(
                        TENANT,
                        FraudRules.NAME,
                        on ? FraudRules.DEFAULT : FraudRules.DEFAULT.all(RuleMode.OFF),
                        clock.instant());
        // Settings are at most half a second old.
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        var micros = Collections.synchronizedList(new ArrayList<Long>());
        var failed = new AtomicInteger();
        var underWay = new Phaser(1);
        var before = cpu();
        var begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            for (long left; (left = begin + i * 1_000_000_000L / perSecond - System.nanoTime()) > 0; )
                LockSupport.parkNanos(left);
            var event = events.next();
            var request = Served.request(TENANT, event, Served.ownership(event), false);
            underWay.register();
            Thread.ofVirtual().start(() -> {
                try {
                    micros.add(decide(request, event.outcome().verifiedAfter()));
                } catch (DataAccessException | TransactionException failure) {
                    failed.incrementAndGet();
                } finally {
                    underWay.arriveAndDeregister();
                }
            });
        }
        underWay.arriveAndAwaitAdvance();
        // What is written behind belongs to it.
        LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
        var spent = cpu().minus(before);
        return new Round(micros, spent.server() / count, spent.database() / count, failed.get());
    }

    private static Cpu cpu() {
        return Machine.cpu(List.of(ProcessHandle.current()), Machine.postmaster());
    }

    /** @param typed after how long its code is typed; null for never */
    private long decide(SendRequest request, @Nullable Long typed) {
        // As every door does before it asks.
        users.find(TENANT, Objects.requireNonNull(request.user()));
        var took = admitted(request);
        var login = request.login();
        if (typed != null && login != null) {
            LockSupport.parkNanos(
                    Duration.ofMillis(Math.min(typed, TYPED_WITHIN)).toNanos());
            guard.typed(TENANT, login);
        }
        return took;
    }

    /** As the door does, anew where another transaction came in between. @return microseconds of the decision itself, without the commit */
    private long admitted(SendRequest request) {
        long took = 0;
        var begin = System.nanoTime();
        for (int tries = 0; ; tries++) {
            try {
                var micros = transaction.execute(_ -> {
                    var start = System.nanoTime();
                    guard.admit(request, clock.instant());
                    return (System.nanoTime() - start) / 1_000;
                });
                return took + (micros == null ? 0 : micros);
            } catch (ConcurrencyFailureException overtaken) {
                if (tries == 5) throw overtaken;
                took = (System.nanoTime() - begin) / 1_000;
            }
        }
    }
}
