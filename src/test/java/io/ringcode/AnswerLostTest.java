package io.ringcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.FakeCarrier;
import io.ringcode.server.Eventually;
import io.ringcode.user.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed when its database has committed and nobody has been told. PostgreSQL is held there: it waits for a standby
 * that does not exist, after the transaction is in its own log on disk.
 */
class AnswerLostTest {
    private static final UserId SOMEBODY = new UserId("auth0|1");

    private final FakeCarrier carrier = new FakeCarrier();

    @TempDir
    Path temp;

    @Test
    @Timeout(420)
    void what_was_committed_holds_though_its_answer_was_lost() throws Exception {
        var folder = ServerProcess.folder(temp);
        var load = new CrashLoad(carrier, CrashLoad.People.in(folder, carrier));
        var number = TestTenant.newNumber();
        var server = ServerProcess.start(folder, carrier, CrashLoad.QUICK);
        try {
            var running = server;
            var first = load.mfaToken(SOMEBODY);
            var enrolled = load.associate(running, first, number);
            var oobCode = enrolled.text("oob_code");
            var code = carrier.lastCode(number);

            killedAfterCommit(running, folder, "challenge", () -> load.verify(running, first, oobCode, code));
            server = ServerProcess.start(folder, carrier, CrashLoad.QUICK);
            assertThat(load.verify(server, first, oobCode, code).error())
                    .as("the same code once more")
                    .isEqualTo("401 expired_token: oob_code is expired");

            var again = server;
            var second = load.mfaToken(SOMEBODY);
            var before = carrier.count();
            killedAfterCommit(again, folder, "message", () -> load.challenge(again, second));
            assertThat(carrier.count())
                    .as("sent before the promise was answered")
                    .isEqualTo(before);
            server = ServerProcess.start(folder, carrier, CrashLoad.QUICK);
            Eventually.holds("the promised message", () -> carrier.count() == before + 1);
            var started = load.challenge(server, second);
            assertThat(load.verify(server, second, started.text("oob_code"), carrier.lastCode(number))
                            .status())
                    .isEqualTo(200);
        } finally {
            server.stop();
            carrier.close();
        }
    }

    /** @param table that the request's transaction writes */
    private static void killedAfterCommit(ServerProcess server, Path folder, String table, Callable<Answer> request)
            throws Exception {
        try (var database = database(folder);
                var thread = Executors.newSingleThreadExecutor()) {
            execute(database, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
            execute(database, "SELECT pg_reload_conf()");
            awaitCommitsThatWait(database, folder);
            // For the next start alone.
            execute(database, "ALTER SYSTEM RESET synchronous_standby_names");
            // Commits that wait may be taken for a database that is away.
            var answer = thread.submit(() -> {
                while (true) {
                    var told = request.call();
                    if (told.status() != 503) return told;
                }
            });
            Eventually.holds("the commit", () -> is(database, """
                    SELECT EXISTS (SELECT FROM pg_stat_activity JOIN pg_locks USING (pid)
                                    WHERE wait_event = 'SyncRep' AND relation = '%s'::regclass AND mode = 'RowExclusiveLock')
                    """.formatted(table)));
            assertThat(answer.isDone()).isFalse();
            server.kill();
            assertThat(answer)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(IOException.class);
        }
    }

    /** The setting takes effect when PostgreSQL's checkpointer reads it, which it does when it is not busy. */
    private static void awaitCommitsThatWait(Connection database, Path folder) throws Exception {
        try (var other = database(folder);
                var thread = Executors.newSingleThreadExecutor()) {
            var trying = new AtomicBoolean(true);
            var tries = thread.submit(() -> {
                while (trying.get())
                    execute(other, "SELECT pg_logical_emit_message(true, 'a commit that may wait', '')");
                return null;
            });
            var waiting =
                    "FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE '%a commit that may wait%'";
            Eventually.holds("commits that wait", () -> is(database, "SELECT EXISTS (SELECT " + waiting + ")"));
            trying.set(false);
            execute(database, "SELECT pg_cancel_backend(pid) " + waiting);
            tries.get();
        }
    }

    private static Connection database(Path folder) throws IOException, SQLException {
        var cluster = folder.resolve("postgres/cluster");
        var port = Files.readAllLines(cluster.resolve("data/postmaster.pid")).get(3);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/ringcode",
                "ringcode",
                Files.readString(cluster.resolve("password")).strip());
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean is(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
