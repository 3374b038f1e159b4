package io.ringcode.log.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.ServerProcess;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.delivery.TestClock;
import io.ringcode.management.Admin;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.server.Eventually;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.MasterKeys;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever changes a line of the log where the database lies is found out, and told where. */
class LogChainTest {
    private final Ringcode server = Ringcode.shared();
    private final TestTenant tenant = server.tenant();
    private final String id = tenant.id().value();
    private final JdbcClient db = server.bean(JdbcClient.class);
    private final List<String> told = new ArrayList<>();

    @TempDir
    Path folder;

    /** Lines of their own transactions. @return their ids, in the order of the chain */
    private List<String> lines(int count) throws Exception {
        for (int i = 0; i < count; i++) write("line " + i);
        placed();
        return ids();
    }

    private void write(String what) {
        db.sql("""
                INSERT INTO log (tenant_id, id, at, type, data)
                SELECT :tenant, '900' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS') || lpad((count(*))::text, 12, '0'),
                       :now, 'test', jsonb_build_object('description', :what::text)
                  FROM log WHERE tenant_id = :tenant
                """)
                .param("tenant", id)
                .param("now", server.clock().instant().atOffset(java.time.ZoneOffset.UTC))
                .param("what", what)
                .update();
    }

    private List<String> ids() {
        return db.sql("SELECT id FROM log WHERE tenant_id = ? ORDER BY written, id COLLATE \"C\"")
                .param(id)
                .query((row, _) -> row.getString("id"))
                .list();
    }

    private void placed() throws Exception {
        Eventually.holds("every line has a place", () -> {
            server.bean(LogChaining.class).run();
            return number("SELECT coalesce(sum(lines), 0) FROM log_chain WHERE tenant_id = ?")
                    == number("SELECT count(*) FROM log WHERE tenant_id = ?");
        });
    }

    private long number(String sql) {
        return db.sql(sql).param(id).query(Long.class).single();
    }

    private void sql(String sql, Object... values) {
        assertThat(db.sql(sql).params(values).update()).as(sql).isPositive();
    }

    private boolean isWhole(String... heads) throws Exception {
        told.clear();
        var file = Files.write(folder.resolve("heads"), List.of(heads));
        var pool = server.bean(DataSource.class);
        return new VerifyLog()
                .verify(pool::getConnection, keys(), id, heads.length == 0 ? null : file, _ -> {}, told::add);
    }

    private void isWrong(String... words) throws Exception {
        assertThat(isWhole()).isFalse();
        assertThat(told)
                .anySatisfy(line -> assertThat(line).startsWith(id + ": WRONG").contains(words));
    }

    private String head() {
        server.bean(LogHeads.class).run();
        return server.bean(LogHeads.class)
                .list(tenant.id(), Long.MAX_VALUE, 1)
                .getFirst()
                .jws();
    }

    @Test
    void each_line_gets_a_place_and_a_head_that_any_tool_checks() throws Exception {
        var person = tenant.enrolled(TestTenant.newNumber());
        tenant.signIn(person);
        placed();
        server.bean(LogHeads.class).run();
        assertThat(isWhole()).isTrue();
        var lines = number("SELECT count(*) FROM log WHERE tenant_id = ?");
        assertThat(lines).isPositive();
        assertThat(told)
                .first()
                .asString()
                .startsWith(id + ": whole, ")
                .contains(lines + " lines, places 1 to " + lines, "1 signed heads");

        var admin = Admin.of(tenant);
        placed();
        var heads = admin.get("/logs/heads?take=1").body().path("heads");
        assertThat(heads).hasSize(1);
        assertThat(heads.get(0).path("place").asLong()).isEqualTo(lines);
        var key = admin.get("/logs/heads/keys").body().path("keys").get(0);
        var jws = heads.get(0).path("jws").asString().split("\\.", -1);
        var base64 = Base64.getUrlDecoder();
        assertThat(new String(base64.decode(jws[0]), UTF_8))
                .contains("EdDSA", key.path("kid").asString());
        assertThat(new String(base64.decode(jws[1]), UTF_8))
                .contains("\"place\":" + lines, heads.get(0).path("hash").asString(), id);
        // RFC 8410: what stands before the key of an Ed25519 public key.
        var encoded = HexFormat.of()
                .parseHex("302a300506032b6570032100"
                        + HexFormat.of().formatHex(base64.decode(key.path("x").asString())));
        var check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        check.update((jws[0] + "." + jws[1]).getBytes(UTF_8));
        assertThat(check.verify(base64.decode(jws[2]))).isTrue();
    }

    @Test
    void a_changed_a_removed_an_inserted_and_a_swapped_line_are_found() throws Exception {
        var ids = lines(12);
        assertThat(isWhole()).isTrue();

        sql("UPDATE log SET data = data || '{\"ip\": \"192.0.2.1\"}' WHERE tenant_id = ? AND id = ?", id, ids.get(4));
        isWrong("from place 5 on (1 changed)", ids.get(4));
        sql("UPDATE log SET data = data - 'ip' WHERE tenant_id = ? AND id = ?", id, ids.get(4));
        assertThat(isWhole()).isTrue();

        sql("UPDATE log SET user_id = '' WHERE tenant_id = ? AND id = ?", id, ids.get(11));
        isWrong("from place 12 on (1 changed)");
        sql("UPDATE log SET user_id = NULL WHERE tenant_id = ? AND id = ?", id, ids.get(11));

        var swap = "UPDATE log SET data = (SELECT data FROM log AS other WHERE tenant_id = ? AND id ="
                + " CASE log.id WHEN ? THEN ? ELSE ? END) WHERE tenant_id = ? AND id IN (?, ?)";
        sql(swap, id, ids.get(2), ids.get(7), ids.get(2), id, ids.get(2), ids.get(7));
        isWrong("from place 3 on (2 changed)");
        sql(swap, id, ids.get(2), ids.get(7), ids.get(2), id, ids.get(2), ids.get(7));
        assertThat(isWhole()).isTrue();

        sql(
                "INSERT INTO log SELECT tenant_id, id || '9', at, type, user_id, client_id, data, written FROM log"
                        + " WHERE tenant_id = ? AND id = ?",
                id,
                ids.get(8));
        isWrong("from place 10 on (1 inserted)", ids.get(8) + "9");
        sql("DELETE FROM log WHERE tenant_id = ? AND id = ?", id, ids.get(8) + "9");

        sql(
                "INSERT INTO log SELECT tenant_id, id || '9', at, type, user_id, client_id, data, 1000000000 FROM log"
                        + " WHERE tenant_id = ? AND id = ?",
                id,
                ids.get(8));
        isWrong("from place 13 on (1 inserted)", "which has not been");
        sql("DELETE FROM log WHERE tenant_id = ? AND id = ?", id, ids.get(8) + "9");

        sql("DELETE FROM log WHERE tenant_id = ? AND id = ?", id, ids.get(6));
        isWrong("from place 7 on (1 removed)");
    }

    @Test
    void places_that_are_taken_away_with_their_lines_are_missed() throws Exception {
        lines(3);
        lines(3);
        lines(3);
        assertThat(number("SELECT count(*) FROM log_chain WHERE tenant_id = ?")).isGreaterThan(1);
        var all = ids();
        var last = number("SELECT max(place) FROM log_chain WHERE tenant_id = ?");
        var head = head();
        sql("DELETE FROM log_chain WHERE tenant_id = ? AND place = 1", id);
        isWrong("inserted");
        var left = db.sql("SELECT min(place) FROM log_chain WHERE tenant_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
        for (var gone : all.subList(0, left - 1)) sql("DELETE FROM log WHERE tenant_id = ? AND id = ?", id, gone);
        isWrong("from place " + left + " on (1 removed)", "no signed head says that they were there");

        var other = server.tenant();
        assertThat(other.id()).isNotEqualTo(tenant.id());
        sql("DELETE FROM log_chain WHERE tenant_id = ? AND place = ?", id, last);
        for (var gone : all.subList((int) last - 1, all.size()))
            sql("DELETE FROM log WHERE tenant_id = ? AND id = ?", id, gone);
        isWrong("1 head");
        sql("DELETE FROM log_head WHERE tenant_id = ?", id);
        assertThat(isWhole(head)).isFalse();
        assertThat(told.getFirst()).contains("2 removed");
    }

    /** Who can write to every table makes a chain that fits itself; a head that lies elsewhere does not fit it. */
    @Test
    void a_chain_that_was_made_anew_does_not_fit_a_head_from_elsewhere() throws Exception {
        var ids = lines(6);
        var head = head();
        assertThat(isWhole(head)).isTrue();
        sql("UPDATE log SET type = 'other' WHERE tenant_id = ? AND id = ?", id, ids.get(3));
        chainAnew();
        assertThat(isWhole()).isFalse();
        assertThat(told.getFirst()).contains("1 head", "its hash is not the one of its signed head");
        sql("DELETE FROM log_head WHERE tenant_id = ?", id);
        assertThat(isWhole()).isTrue();
        assertThat(isWhole(head)).isFalse();
        assertThat(told.getFirst()).contains("from place 6 on (1 head)", "from elsewhere", "has another hash");

        server.bean(LogHeads.class).run();
        sql("UPDATE log_head SET jws = ? WHERE tenant_id = ?", head, id);
        isWrong("1 head", "did not sign the head there");
        sql("DELETE FROM log_head WHERE tenant_id = ?", id);
        var forged = head.substring(0, head.lastIndexOf('.') + 1) + "A".repeat(86);
        assertThat(isWhole(forged)).isFalse();
        assertThat(told.getFirst()).contains("was not signed by this installation");
    }

    private void chainAnew() throws Exception {
        var ranges = db.sql("SELECT min(written) FROM log WHERE tenant_id = ?")
                .param(id)
                .query(Long.class)
                .single();
        var lines = new ArrayList<StoredLine>();
        try (Connection connection = server.bean(DataSource.class).getConnection()) {
            connection.setAutoCommit(false);
            var copy = LineReader.of(connection, new LineReader.Range("", null, ranges, Long.MAX_VALUE, tenant.id()));
            for (var line = copy.next(); line != null; line = copy.next()) lines.add(line);
        }
        var made = Segment.of(tenant.id(), ChainEnd.NONE, lines);
        var from = number("SELECT min(written_from) FROM log_chain WHERE tenant_id = ?");
        var until = number("SELECT max(written_until) FROM log_chain WHERE tenant_id = ?");
        sql("DELETE FROM log_chain WHERE tenant_id = ?", id);
        server.bean(ChainTable.class)
                .insert(List.of(made), 1, from, until, server.clock().instant());
    }

    @Test
    void retention_removes_what_is_older_and_leaves_an_anchor() throws Exception {
        var admin = Admin.of(tenant);
        assertThat(admin.get("/retention").body().toString()).isEqualTo("{\"message_days\":30,\"log_days\":90}");
        assertThat(admin.put("/retention", "{'log_days':7}").status()).isEqualTo(200);
        assertThat(admin.put("/retention", "{'log_days':6}").status()).isEqualTo(400);
        var before = lines(4);
        var elsewhere = head();
        server.clock().advance(Duration.ofDays(8));
        lines(3);
        var retention = task("old-log-lines");
        retention.run();
        assertThat(ids()).hasSize(3).doesNotContainAnyElementsOf(before);
        assertThat(isWhole()).isTrue();
        assertThat(told.getFirst()).contains("3 lines, places " + (before.size() + 1) + " to " + (before.size() + 3));
        assertThat(isWhole(elsewhere)).isTrue();
        retention.run();
        task("log-index").run();
        task("log-partitions").run();
        assertThat(ids()).hasSize(3);
        assertThat(isWhole()).isTrue();

        sql("DELETE FROM log_head WHERE tenant_id = ? AND place = ?", id, before.size());
        isWrong("from place " + (before.size() + 1) + " on", "no signed head says that they were there");
    }

    /** As after a restore: the rows' numbers of transactions are higher than those that this database has reached. */
    @Test
    void lines_of_another_database_stay_in_the_chain_and_new_ones_follow_them() throws Exception {
        var database = TestDatabase.freshDatabase();
        try (var other = Ringcode.on(database, server.carrier(), new TestClock())) {
            Eventually.holds(
                    "the chain has begun",
                    () -> TestDatabase.count(database, "SELECT count(*) FROM log_chain_era") == 1);
            // Not between the two halves of a run, which writes how far it came.
            TestDatabase.execute(
                    database,
                    "SELECT pg_advisory_xact_lock(7464263302); UPDATE log_chain_era SET reached = reached + 1000000000; INSERT INTO log (tenant_id, id, at, type, data, written) SELECT 'default', '90020200101000000000'"
                            + " || lpad(i::text, 12, '0'), now(), 'old', '{}', 3000000000 FROM generate_series(1, 5) AS i");
            var fresh = other.tenant();
            fresh.signIn(fresh.person());
            Eventually.holds(
                    "every line has a place",
                    () -> TestDatabase.count(
                                    database,
                                    "SELECT (SELECT count(*) FROM log) - (SELECT coalesce(sum(lines), 0) FROM log_chain)")
                            == 0);
            assertThat(TestDatabase.count(database, "SELECT count(*) FROM log_chain_era"))
                    .isEqualTo(2);
            assertThat(TestDatabase.count(database, "SELECT count(DISTINCT era) FROM log_chain"))
                    .isEqualTo(2);
            var whole = new VerifyLog()
                    .verify(other.bean(DataSource.class)::getConnection, keys(), null, null, _ -> {}, told::add);
            assertThat(told).allSatisfy(line -> assertThat(line).doesNotContain("WRONG"));
            assertThat(whole).isTrue();
        }
    }

    private RecurringTask task(String name) {
        return server.beans(RecurringTask.class).stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private MasterKeys keys() {
        var env = Map.of("RINGCODE_MASTER_KEY", Ringcode.MASTER_KEY);
        return MasterKeys.existing(Settings.read(new String[0], env), folder);
    }

    @Test
    @Timeout(60)
    void transactions_without_lines_before_one_of_very_many_hold_nothing_up() throws Exception {
        lines(1);
        for (int i = 0; i < 30; i++)
            db.sql("SELECT pg_current_xact_id()").query().singleValue();
        sql(
                "INSERT INTO log (tenant_id, id, at, type, data) SELECT ?, '900' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS')"
                        + " || lpad(i::text, 12, '0'), now(), 'test', '{}' FROM generate_series(1000, 6500) AS i",
                id);
        placed();
        assertThat(isWhole()).isTrue();
        assertThat(told.getFirst()).contains("5,502 lines, places 1 to 5502");
    }

    /** The state is in the database alone, so what runs at the same time here does what servers do. */
    @Test
    void who_gives_places_at_the_same_time_makes_one_chain() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var chaining = server.bean(LogChaining.class);
            for (int round = 0; round < 20; round++) {
                write("round " + round);
                IntStream.range(0, 4).forEach(_ -> threads.execute(chaining::run));
            }
        }
        placed();
        assertThat(isWhole()).isTrue();
        assertThat(told.getFirst()).contains("20 lines, places 1 to 20");
    }

    /** Both write lines of one tenant, and give places to what either wrote, until one of them is no more. */
    @Test
    @Timeout(180)
    void two_servers_make_one_chain_and_go_on_with_it_when_one_is_killed() throws Exception {
        var database = TestDatabase.freshDatabase();
        try (var here = Ringcode.on(database, server.carrier(), new TestClock())) {
            var app = TestTenant.prepare(here, TenantId.DEFAULT, "localhost");
            var there = ServerProcess.on(database, ServerProcess.folder(folder), server.carrier());
            var person = app.person();
            Map<String, Object> asks = Map.of(
                    "grant_type", "password",
                    "client_id", app.clientId(),
                    "client_secret", app.clientSecret(),
                    "username", person.email(),
                    "password", person.password());
            var written = new AtomicInteger();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var stop = new AtomicBoolean();
                threads.execute(() -> {
                    while (!stop.get()) {
                        app.signIn(person);
                        written.incrementAndGet();
                    }
                });
                threads.execute(() -> {
                    try {
                        while (!stop.get()) {
                            there.post("/oauth/token", null, asks);
                            written.incrementAndGet();
                        }
                    } catch (IOException killed) {
                        stop.set(true);
                    }
                });
                Eventually.holds(
                        "places while both write",
                        () -> TestDatabase.count(database, "SELECT count(*) FROM log_chain") > 2);
                there.kill();
            }
            assertThat(written.get()).isGreaterThan(2);
            app.signIn(person);
            Eventually.holds(
                    "every line has a place",
                    () -> TestDatabase.count(
                                    database,
                                    "SELECT (SELECT count(*) FROM log) - (SELECT coalesce(sum(lines), 0) FROM log_chain)")
                            == 0);
            var lines = TestDatabase.count(database, "SELECT count(*) FROM log");
            var whole = new VerifyLog()
                    .verify(here.bean(DataSource.class)::getConnection, keys(), null, null, _ -> {}, told::add);
            assertThat(whole).as(told.toString()).isTrue();
            assertThat(told.getFirst()).contains(String.format(Locale.ROOT, "%1$,d lines, places 1 to %1$d", lines));
            assertThat(TestDatabase.count(database, "SELECT count(*) FROM log_chain_era"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_run_that_is_killed_before_its_end_leaves_nothing_and_the_next_one_does_it() throws Exception {
        lines(3);
        try (Connection connection = server.bean(DataSource.class).getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                // Without a number of its own, which lines would wait for.
                statement.execute("LOCK TABLE log_chain_era IN SHARE MODE");
                write("one more");
                // Its segments are inserted, and it waits to say how far it came.
                Eventually.holds(
                        "a run was killed", () -> db.sql("""
                                SELECT count(*) FROM pg_stat_activity
                                 WHERE pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)
                                   AND query LIKE 'UPDATE log_chain_era%' AND wait_event_type = 'Lock' AND pg_terminate_backend(pid)
                                """).query(Long.class).single() > 0);
            }
            assertThat(number("SELECT sum(lines) FROM log_chain WHERE tenant_id = ?"))
                    .isEqualTo(3);
            connection.rollback();
            connection.setAutoCommit(true);
        }
        placed();
        assertThat(isWhole()).isTrue();
        assertThat(told.getFirst()).contains("4 lines, places 1 to 4");
    }
}
