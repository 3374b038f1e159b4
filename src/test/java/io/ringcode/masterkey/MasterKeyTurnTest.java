package io.ringcode.masterkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestDatabase.Database;
import io.ringcode.TestLimits;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.SealedColumn;
import io.ringcode.server.Eventually;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.MasterKey;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A new master key takes over while servers serve; nobody who signs in notices. */
class MasterKeyTurnTest {
    private static final MasterKey OLD = new MasterKey(Base64.getDecoder().decode(Ringcode.MASTER_KEY));

    @TempDir
    Path temp;

    private final MasterKey fresh = MasterKey.random();
    private final Database database = TestDatabase.freshDatabase();
    private final FakeCarrier carrier = new FakeCarrier();
    private final TestClock clock = new TestClock();

    @AfterEach
    void close() {
        carrier.close();
    }

    @Test
    void nobody_who_signs_in_notices_and_no_value_is_left_under_the_old_key() throws Exception {
        var file = keys("one", OLD);
        try (var server = node(file)) {
            var tenant = TestTenant.prepare(server, TenantId.DEFAULT, "localhost");
            var wide = new Bucket(1_000_000, 0.001);
            server.bean(Tenants.class).set(tenant.id(), SendLimits.NAME, TestLimits.all(wide), clock.instant());
            var number = TestTenant.newNumber();
            var person = tenant.enrolled(number);
            var before = tenant.mfaToken(person);
            var oob = tenant.challenge(before).text("oob_code");
            var client = tenant.token("password", "username", person.email(), "password", person.password());
            assertThat(client.error()).contains("mfa_required");
            try (var load = new SignIns(tenant)) {
                load.requireSome();
                keys("one", fresh, OLD);
                run(server, "master-key");
                assertThat(active()).isEqualTo(fresh.id());
                assertThat(older(server)).isPositive();
                load.requireSome();
                for (int i = 0; i < 3; i++) run(server, "reseal");
                assertThat(ended())
                        .as("before what was sealed meanwhile can have been committed")
                        .isFalse();
                clock.advance(Duration.ofSeconds(61));
                for (int i = 0; i < 3; i++) run(server, "reseal");
                load.requireSome();
                assertThat(load.stop()).isEmpty();
            }
            assertThat(ended()).isTrue();
            assertThat(older(server)).isZero();
            assertThat(tenant.verify(before, oob, tenant.code(number)).status())
                    .as("a code that was sent before")
                    .isEqualTo(200);
        }
        try (var alone = node(keys("alone", fresh))) {
            var tenant = new TestTenant(alone, TenantId.DEFAULT, "localhost", "app", "the-secret-of-the-application");
            tenant.enrolled(TestTenant.newNumber());
            for (var column : alone.beans(SealedColumn.class))
                assertThat(alone.bean(ResealedRows.class).count(column)).isZero();
        }
        assertThatThrownBy(() -> node(keys("too old", OLD)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(fresh.id())
                .hasMessageContaining(OLD.id());
    }

    @Test
    void a_new_key_waits_until_every_server_knows_it() throws Exception {
        try (var first = node(keys("first", OLD));
                var second = node(keys("second", OLD))) {
            keys("first", fresh, OLD);
            run(first, "master-key");
            run(second, "master-key");
            assertThat(active()).isEqualTo(OLD.id());
            assertThat(ready(second)).isEqualTo(200);
            keys("second", OLD, fresh);
            run(second, "master-key");
            run(first, "master-key");
            assertThat(active()).isEqualTo(fresh.id());
            var tenant = TestTenant.prepare(first, TenantId.DEFAULT, "localhost");
            var number = TestTenant.newNumber();
            var person = tenant.enrolled(number);
            var elsewhere = tenant.at(second);
            var login = elsewhere.mfaToken(person);
            var oob = elsewhere.challenge(login).text("oob_code");
            assertThat(tenant.verify(login, oob, tenant.code(number)).status()).isEqualTo(200);
            run(second, "master-key");
            assertThat(active())
                    .as("the older one is first in the second server's file")
                    .isEqualTo(fresh.id());
        }
    }

    @Test
    void a_server_that_missed_the_turn_is_not_ready_until_it_is_given_the_key() throws Exception {
        try (var first = node(keys("first", OLD));
                var second = node(keys("second", OLD))) {
            keys("first", OLD, fresh);
            run(first, "master-key");
            // As if the second one had not been heard of for long.
            first.bean(MasterKeyTable.class)
                    .add(fresh.id(), false, first.bean(Keyring.class).sealRoot(fresh), clock.instant());
            run(first, "master-key");
            assertThat(active()).isEqualTo(fresh.id());
            run(second, "master-key");
            assertThat(ready(second)).isEqualTo(503);
            assertThat(ready(first)).isEqualTo(200);
            keys("second", fresh, OLD);
            run(second, "master-key");
            assertThat(ready(second)).isEqualTo(200);
        }
    }

    @Test
    void what_a_server_that_died_has_left_another_goes_on_with() throws Exception {
        try (var server = node(keys("one", OLD))) {
            var tenant = TestTenant.prepare(server, TenantId.DEFAULT, "localhost");
            for (int i = 0; i < 5; i++) tenant.enrolled(TestTenant.newNumber());
            keys("one", fresh, OLD);
            run(server, "master-key");
            var phones = server.bean("sealedEnrollmentPhones", SealedColumn.class);
            assertThat(server.bean(ResealedRows.class).walk(phones).step()).isEqualTo(5);
            assertThat(older(server)).isPositive();
        }
        assertThatThrownBy(() -> node(keys("new alone", fresh)))
                .as("before the end the old key is needed")
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(OLD.id());
        try (var next = node(keys("one", fresh, OLD))) {
            clock.advance(Duration.ofSeconds(61));
            for (int i = 0; i < 3; i++) run(next, "reseal");
            assertThat(ended()).isTrue();
            assertThat(older(next)).isZero();
        }
    }

    /** It would be out of sight, and what it seals, nobody would find any more. */
    @Test
    void the_end_waits_for_a_server_that_missed_the_turn_and_seals_with_the_old_key() throws Exception {
        try (var first = node(keys("first", OLD));
                var second = node(keys("second", OLD))) {
            keys("first", fresh, OLD);
            missTheTurn();
            run(first, "master-key");
            assertThat(active()).isEqualTo(fresh.id());
            run(second, "master-key");
            assertThat(ready(second)).isEqualTo(503);
            clock.advance(Duration.ofSeconds(61));
            for (int i = 0; i < 3; i++) run(first, "reseal");
            assertThat(ended()).isFalse();
            keys("second", fresh, OLD);
            run(second, "master-key");
            for (int i = 0; i < 3; i++) run(first, "reseal");
            assertThat(ended()).isTrue();
        }
    }

    /** As if servers without the new key had been out of reach for long. */
    private void missTheTurn() {
        TestDatabase.execute(
                database,
                "UPDATE master_key_server SET seen_at = seen_at - interval '1 minute' WHERE NOT '" + fresh.id()
                        + "' = ANY (known)");
    }

    @Test
    void a_value_that_comes_late_under_the_old_key_is_sealed_anew_while_that_key_must_be_kept() throws Exception {
        try (var server = node(keys("one", OLD))) {
            var tenant = TestTenant.prepare(server, TenantId.DEFAULT, "localhost");
            var number = TestTenant.newNumber();
            tenant.enrolled(number);
            keys("one", fresh, OLD);
            run(server, "master-key");
            clock.advance(Duration.ofSeconds(61));
            for (int i = 0; i < 3; i++) run(server, "reseal");
            assertThat(ended()).isTrue();

            // As by a server that was paused from before the turn until now.
            var db = server.bean(JdbcClient.class);
            var id = db.sql("SELECT id FROM enrollment WHERE phone_sealed IS NOT NULL")
                    .query(String.class)
                    .single();
            db.sql("UPDATE enrollment SET phone_sealed = ? WHERE id = ?")
                    .params(
                            Keyring.of(OLD)
                                    .sealer("enrollment-phone")
                                    .seal(number, tenant.id().value(), id),
                            id)
                    .update();
            assertThat(older(server)).isEqualTo(1);
            clock.advance(Duration.ofHours(1));
            run(server, "reseal");
            assertThat(ended()).as("as long as there was one").isFalse();
            for (int i = 0; i < 3; i++) run(server, "reseal");
            assertThat(older(server)).isZero();
            assertThat(ended()).isTrue();
        }
    }

    /** It knows one key, and no mark: it would open nothing that is new, and seal under a key that is about to be taken away. */
    @Test
    void after_a_turn_no_older_program_starts() throws Exception {
        try (var server = node(keys("one", OLD))) {
            var floor = "SELECT max(version) FROM schema_floor";
            assertThat(TestDatabase.count(database, floor)).isLessThan(92);
            keys("one", fresh, OLD);
            run(server, "master-key");
            assertThat(active()).isEqualTo(fresh.id());
            assertThat(TestDatabase.count(database, floor)).isEqualTo(92);
        }
    }

    /** A column that is forgotten would keep its values under the old key. */
    @Test
    void every_sealed_column_is_known() {
        var known = Ringcode.shared().beans(SealedColumn.class).stream()
                .map(column -> column.table() + "." + column.column())
                .toList();
        var sealed = Ringcode.shared()
                .bean(JdbcClient.class)
                .sql("""
                        SELECT table_name || '.' || column_name FROM information_schema.columns
                         WHERE table_schema = 'public' AND data_type = 'bytea'
                           AND column_name NOT LIKE '%hash' AND column_name NOT LIKE '%index'
                        """)
                .query(String.class)
                .list();
        assertThat(known)
                .containsAll(sealed.stream()
                        .filter(name -> !NOT_SEALED.contains(name))
                        .toList());
    }

    /** Hashes and public keys; and the root of hashes, which has a row for each master key. */
    private static final Set<String> NOT_SEALED = Set.of(
            "enrollment.credential_id",
            "enrollment.phone_tail",
            "enrollment.public_key",
            "installation.key_check",
            "log_chain.hashes",
            "log_chain.previous",
            "master_key.hash_root_sealed",
            "rate_limit.subject",
            "receipt_call.call_id",
            "send_delay.subject");

    private Path keys(String name, MasterKey... keys) {
        var text = new StringBuilder();
        for (var key : keys)
            text.append(Base64.getEncoder().encodeToString(key.bytes())).append('\n');
        try {
            return Files.writeString(temp.resolve(name), text);
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }

    private Ringcode node(Path file) {
        return Ringcode.on(
                database,
                carrier,
                clock,
                Map.of("RINGCODE_MASTER_KEY", "", "RINGCODE_MASTER_KEY_FILE", file.toString()));
    }

    private static void run(Ringcode server, String task) {
        server.beans(RecurringTask.class).stream()
                .filter(one -> one.name().equals(task))
                .forEach(RecurringTask::run);
    }

    private static int ready(Ringcode server) {
        return new TestTenant(server, TenantId.DEFAULT, "localhost", "app", "x")
                .text("/health/ready")
                .statusCode();
    }

    private static long older(Ringcode server) {
        return server.beans(SealedColumn.class).stream()
                .mapToLong(server.bean(ResealedRows.class)::count)
                .sum();
    }

    private String active() throws SQLException {
        return TestDatabase.count(
                                database,
                                "SELECT count(*) FROM master_key WHERE id = '" + fresh.id()
                                        + "' AND active_at = (SELECT max(active_at) FROM master_key)")
                        == 1
                ? fresh.id()
                : OLD.id();
    }

    private boolean ended() throws SQLException {
        return TestDatabase.count(
                        database,
                        "SELECT count(*) FROM master_key WHERE id = '" + OLD.id() + "' AND empty_at IS NOT NULL")
                == 1;
    }

    /** People who enrol and sign in, one after the other, on some threads. */
    private static final class SignIns implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger done = new AtomicInteger();
        private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        SignIns(TestTenant tenant) {
            for (int i = 0; i < 3; i++)
                threads.execute(() -> {
                    while (!over.get()) one(tenant);
                });
        }

        private void one(TestTenant tenant) {
            try {
                var number = TestTenant.newNumber();
                var person = tenant.person();
                var login = tenant.mfaToken(person);
                // A message that a jump of the clock meets is sent a moment later, as any that a carrier keeps waiting.
                var started = tenant.associate(login, "sms", number);
                var first = codeOtherThan("", tenant, number);
                require(started, tenant.verify(login, started.text("oob_code"), first));
                login = tenant.mfaToken(person);
                var sent = tenant.challenge(login);
                var second = codeOtherThan(first, tenant, number);
                require(sent, tenant.verify(login, sent.text("oob_code"), second));
                done.incrementAndGet();
            } catch (Exception | Error failure) {
                failures.add(failure.toString());
            }
        }

        private void require(Answer before, Answer answer) {
            if (answer.status() != 200) failures.add(before.body() + " " + answer.body());
        }

        private static String codeOtherThan(String former, TestTenant tenant, String number) throws Exception {
            Eventually.holds("a code", () -> isSent(tenant, number, former));
            return tenant.code(number);
        }

        private static boolean isSent(TestTenant tenant, String number, String former) {
            try {
                return !tenant.code(number).equals(former);
            } catch (IllegalStateException nothingYet) {
                return false;
            }
        }

        void requireSome() throws Exception {
            var from = done.get();
            Eventually.holds("sign-ins", () -> done.get() > from + 3 || !failures.isEmpty());
        }

        List<String> stop() throws InterruptedException {
            over.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            return List.copyOf(failures);
        }

        @Override
        public void close() {
            over.set(true);
            threads.close();
        }
    }
}
