package io.ringcode.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestDatabase.Database;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.server.postgres.EmbeddedPostgres;
import io.ringcode.tenant.TenantId;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stands before a database, and a password that changes, need no setting that one has to know. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BehindAPoolerTest {
    private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");

    private final Database database = TestDatabase.freshDatabase();

    @TempDir
    Path temp;

    @Test
    void pgbouncer_in_transaction_mode_is_found_out() throws Exception {
        assumeTrue(Files.isExecutable(PGBOUNCER), "PgBouncer (Debian's package pgbouncer) is not installed");
        var port = EmbeddedPostgres.freePort();
        var pooler = pgbouncer(port);
        try (var carrier = new FakeCarrier()) {
            Eventually.holds("PgBouncer", () -> listens(port));
            var behind = new Database(
                    "jdbc:postgresql://127.0.0.1:" + port + "/ringcode", database.user(), database.password());
            try (var node = Ringcode.on(behind, carrier, new TestClock());
                    var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var tenant = TestTenant.prepare(node, TenantId.DEFAULT, "localhost");
                var logins = new ArrayList<String>();
                for (int i = 0; i < 8; i++) logins.add(tenant.mfaToken(tenant.enrolled(TestTenant.newNumber())));
                var answers = new ArrayList<Future<Integer>>();
                for (int i = 0; i < 64; i++) {
                    var login = logins.get(i % logins.size());
                    answers.add(callers.submit(
                            () -> tenant.get("/mfa/authenticators", login).status()));
                    if (i < 8)
                        answers.add(callers.submit(() -> tenant.challenge(login).status()));
                }
                for (var answer : answers)
                    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            }
        } finally {
            pooler.destroy();
            pooler.waitFor();
        }
    }

    @Test
    void of_several_hosts_the_one_that_lives_serves() throws Exception {
        var target = TcpProxy.portOf(database.url());
        try (var carrier = new FakeCarrier();
                var first = new TcpProxy(target);
                var second = new TcpProxy(target)) {
            first.refuse();
            var hosts = "127.0.0.1:" + first.port() + ",127.0.0.1:" + second.port();
            var url = database.url().replaceFirst("127\\.0\\.0\\.1:[0-9]+", hosts) + "?targetServerType=primary";
            try (var node =
                    Ringcode.on(new Database(url, database.user(), database.password()), carrier, new TestClock())) {
                var tenant = TestTenant.prepare(node, TenantId.DEFAULT, "localhost");
                var login = tenant.mfaToken(tenant.enrolled(TestTenant.newNumber()));
                first.heal();
                second.refuse();
                Eventually.holds(
                        "the other host",
                        Duration.ofSeconds(3),
                        () -> tenant.challenge(login).status() == 200);
            }
        }
    }

    @Test
    void a_password_that_changed_is_read_again_from_its_file_or_command() throws Exception {
        for (var way : List.of("FILE", "COMMAND")) {
            var role = "turning_" + way.toLowerCase(Locale.ROOT);
            TestDatabase.executeOutside("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD 'first'");
            var file = temp.resolve("password-" + way);
            Files.writeString(file, "first\n");
            var more = Map.of(
                    "RINGCODE_DATABASE_USERNAME",
                    role,
                    "RINGCODE_DATABASE_PASSWORD",
                    "",
                    "RINGCODE_DATABASE_PASSWORD_" + way,
                    way.equals("FILE") ? file.toString() : "cat '" + file + "'; echo no >&2");
            try (var carrier = new FakeCarrier();
                    var http = HttpClient.newHttpClient();
                    var node = Ringcode.on(database, carrier, new TestClock(), more)) {
                TestDatabase.executeOutside("ALTER ROLE " + role + " PASSWORD 'second'");
                Files.writeString(file, "second\n");
                var then =
                        TestDatabase.count(database, "SELECT (1000 * extract(epoch FROM clock_timestamp()))::bigint");
                TestDatabase.executeOutside(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
                var fresh = "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + role
                        + "' AND backend_start > to_timestamp(" + then + " / 1000.0)";
                var ready = URI.create("http://localhost:" + node.port() + "/health/ready");
                Eventually.holds("fresh connections", Duration.ofSeconds(8), () -> {
                    var answer = http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding());
                    return answer.statusCode() == 200 && TestDatabase.count(database, fresh) > 0;
                });
            }
        }
    }

    private Process pgbouncer(int port) throws Exception {
        var users = temp.resolve("users.txt");
        Files.writeString(users, "\"" + database.user() + "\" \"" + database.password() + "\"\n");
        var name = database.url().replaceFirst(".*/", "");
        var config = temp.resolve("pgbouncer.ini");
        Files.writeString(config, """
                [databases]
                ringcode = host=127.0.0.1 port=%d dbname=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 4
                """.formatted(TcpProxy.portOf(database.url()), name, port, users));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        var words = new ArrayList<String>();
        // It refuses to be root.
        if (System.getProperty("user.name").equals("root"))
            words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        words.addAll(List.of(PGBOUNCER.toString(), config.toString()));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }
}
