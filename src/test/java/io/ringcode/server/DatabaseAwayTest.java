package io.ringcode.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A database that is away, moving, silent, or read-only: every door says so, in its own form and soon, and serves again at once. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatabaseAwayTest {
    /** Far more than an answer takes on a machine with other tests on it, and far less than one that waits as long as a pool does. */
    private static final Duration SOON = Duration.ofSeconds(8);
    /** Less than the pause between a pool's attempts has grown to after some seconds; how long it takes is measured by {@code bench/run failover}. */
    private static final Duration BACK = Duration.ofSeconds(4);

    private static final List<String> LANGUAGES =
            List.of("ar", "da", "de", "en", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "sv", "tr", "uk");

    private static final TestDatabase.Database DATABASE = TestDatabase.freshDatabase();
    private static final TcpProxy PROXY = proxy();
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final Ringcode NODE = Ringcode.on(
            new TestDatabase.Database(TcpProxy.through(PROXY, DATABASE.url()), DATABASE.user(), DATABASE.password()),
            CARRIER,
            new TestClock());
    private static final TestTenant TENANT = TestTenant.prepare(NODE, TenantId.DEFAULT, "localhost");
    private static final String NUMBER = TestTenant.newNumber();
    private static final TestTenant.Person PERSON = TENANT.enrolled(NUMBER);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Logger log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private volatile Duration took = Duration.ZERO;
    private String login = "";
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent line) {
            lines.add(line);
        }
    };

    private static TcpProxy proxy() {
        try {
            return new TcpProxy(TcpProxy.portOf(DATABASE.url()));
        } catch (IOException taken) {
            throw new IllegalStateException(taken);
        }
    }

    @BeforeEach
    void listen() throws Exception {
        NODE.clock().advance(Duration.ofHours(2));
        Eventually.holds("service", () -> ready() == 200);
        login = TENANT.mfaToken(PERSON);
        appender.start();
        log.addAppender(appender);
    }

    @AfterEach
    void heal() throws Exception {
        PROXY.heal();
        PROXY.cut();
        // Readiness may be a second old; who meets a connection that was cut has all of them replaced.
        Eventually.holds("service", () -> get("/api/v2/clients", "en").statusCode() != 503);
        Eventually.holds("readiness", () -> ready() == 200);
        log.detachAppender(appender);
    }

    @AfterAll
    static void stop() {
        NODE.close();
        PROXY.close();
        CARRIER.close();
    }

    @Test
    void every_door_says_in_its_own_form_that_it_is_worth_another_try_and_all_are_back_at_once() throws Exception {
        PROXY.refuse();
        var code = challenge();
        assertThat(code.body()).contains("\"error\":\"temporarily_unavailable\"");
        assertUnavailable(code);
        var api = get("/api/v2/clients", "en");
        assertUnavailable(api);
        assertThat(api.body()).contains("\"statusCode\":503", "\"error\":\"Service Unavailable\"");
        var tokens = TENANT.token("client_credentials", "audience", "http://localhost/api/v2/")
                .whole();
        assertUnavailable(tokens);
        assertThat(tokens.body()).contains("\"error\":\"temporarily_unavailable\"");
        var preflighted = TENANT.send(TENANT.request("/userinfo", null)
                        .header("Origin", "https://app.example")
                        .GET())
                .whole();
        assertUnavailable(preflighted);
        for (var language : LANGUAGES) {
            var page = get("/u/login?state=abc", language);
            assertUnavailable(page);
            assertThat(page.body()).contains("<html lang=\"" + language, "<h1>" + title(language) + "</h1>");
            assertThat(page.headers().firstValue("Refresh")).hasValue("2");
        }
        var form = post("/u/login", "state=a+b%26c%22%3C&username=somebody&password=secret");
        assertUnavailable(form);
        assertThat(form.headers().firstValue("Refresh")).hasValue("2;url=/u/login?state=a+b%26c%22%3C");
        var console = get("/console", "en");
        assertUnavailable(console);
        assertThat(console.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(console.headers().firstValue("Refresh")).isPresent();
        PROXY.heal();
        assertBack();
        assertThat(lines).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
        assertThat(lines.stream().map(ILoggingEvent::getFormattedMessage))
                .satisfiesExactly(
                        away -> assertThat(away).startsWith("The database is away (no connection"),
                        back -> assertThat(back).startsWith("The database is back after "));
    }

    @Test
    void a_long_absence_keeps_nobody_waiting_and_no_attempt_waits_for_another() throws Exception {
        PROXY.refuse();
        assertUnavailable(challenge());
        Eventually.holds("answers at once", () -> {
            var start = System.nanoTime();
            challenge();
            return System.nanoTime() - start < Duration.ofSeconds(1).toNanos();
        });
        // As long as the pauses between a pool's attempts grow to several seconds.
        Thread.sleep(Duration.ofSeconds(6));
        PROXY.heal();
        assertBack();
    }

    @Test
    void connections_that_were_cut_cost_a_challenge_nothing() throws Exception {
        for (int i = 0; i < 3; i++) {
            get("/.well-known/jwks.json", "en");
            PROXY.cut();
            NODE.clock().advance(Duration.ofMinutes(1));
            assertThat(challenge().statusCode()).isEqualTo(200);
        }
        var started = TENANT.challenge(login);
        PROXY.cut();
        assertThat(TENANT.verify(login, started.text("oob_code"), TENANT.code(NUMBER))
                        .status())
                .as("a guess")
                .isEqualTo(200);
    }

    @Test
    void a_primary_that_hangs_is_answered_for_and_told_as_not_ready() throws Exception {
        PROXY.silence();
        Eventually.holds("not ready", SOON, () -> {
            var ready = ready();
            assertThat(took).isLessThan(SOON);
            return ready == 503;
        });
        assertUnavailable(challenge());
        assertThat(get("/health/live", "en").statusCode()).isEqualTo(200);
        assertThat(get("/health/live", "en").body()).startsWith("{\"status\":\"UP\",\"cannot_serve_since\":\"");
        assertThat(get("/metrics", "en").body()).contains("\nringcode_database_up 0.0");
        PROXY.heal();
        assertBack();
        assertThat(get("/health/live", "en").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get("/metrics", "en").body()).contains("\nringcode_database_up 1.0");
    }

    @Test
    void connections_that_a_firewall_forgot_are_replaced() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            PROXY.forget();
            for (int i = 0; i < 32; i++) callers.execute(() -> get("/.well-known/jwks.json", "en"));
            Eventually.holds(
                    "service", Duration.ofSeconds(12), () -> challenge().statusCode() == 200);
        }
        Eventually.holds("readiness", SOON, () -> ready() == 200);
    }

    @Test
    void a_table_that_is_locked_for_long_makes_nobody_wait_so_long() throws Exception {
        try (var other = DriverManager.getConnection(DATABASE.url(), DATABASE.user(), DATABASE.password());
                var statement = other.createStatement();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE challenge IN ACCESS EXCLUSIVE MODE");
            var answers = new ArrayList<Future<HttpResponse<String>>>();
            // More than there are connections. One person's go one by one to the batch, which gives each a tenth of a
            // second: two
            // seconds in all, then two for a place beside the batch, and two for the lock.
            for (int i = 0; i < 20; i++) answers.add(callers.submit(this::challenge));
            Eventually.holds(
                    "waiting callers",
                    () -> TestDatabase.count(
                                    DATABASE,
                                    "SELECT count(*) FROM pg_locks"
                                            + " WHERE NOT granted AND relation = 'challenge'::regclass")
                            > 3);
            for (int i = 0; i < 10; i++)
                assertThat(TENANT.get("/mfa/authenticators", login).status()).isEqualTo(200);
            for (var answer : answers)
                assertThat(answer.get(10, TimeUnit.SECONDS))
                        .satisfies(busy ->
                                assertThat(busy.statusCode()).as(busy.body()).isIn(429, 503));
            other.rollback();
        }
        assertBack();
    }

    @Test
    void a_primary_that_became_read_only_is_not_ready_and_its_connections_go() throws Exception {
        TestDatabase.executeOutside("ALTER DATABASE " + name() + " SET default_transaction_read_only = on");
        PROXY.cut();
        Eventually.holds("not ready", SOON, () -> ready() == 503);
        assertUnavailable(challenge());
        TestDatabase.executeOutside("ALTER DATABASE " + name() + " RESET default_transaction_read_only");
        assertBack();
        assertThat(lines.stream().map(ILoggingEvent::getFormattedMessage))
                .anySatisfy(away -> assertThat(away).startsWith("The database is away (read-only"));
    }

    @Test
    void a_full_disk_is_not_ready() throws Exception {
        TestDatabase.execute(DATABASE, """
                CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
                CREATE TRIGGER full_disk BEFORE INSERT ON challenge EXECUTE FUNCTION full_disk()
                """);
        try {
            assertUnavailable(challenge());
            assertThat(ready()).isEqualTo(503);
        } finally {
            TestDatabase.execute(DATABASE, "DROP FUNCTION full_disk CASCADE");
        }
        Eventually.holds("service", Duration.ofSeconds(8), () -> ready() == 200);
        assertThat(challenge().statusCode()).isEqualTo(200);
    }

    private static String title(String language) throws IOException {
        var texts = new Properties();
        var file = "/io/ringcode/login/texts_" + language + ".properties";
        try (var in = DatabaseAwayTest.class.getResourceAsStream(file)) {
            texts.load(new InputStreamReader(Objects.requireNonNull(in, file), UTF_8));
        }
        return texts.getProperty("error.unavailableTitle");
    }

    private void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(took).as("time until the answer").isLessThan(SOON);
    }

    private void assertBack() throws Exception {
        var start = System.nanoTime();
        Eventually.holds(
                "a challenge", Duration.ofSeconds(20), () -> challenge().statusCode() == 200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BACK);
        Eventually.holds("ready", SOON, () -> ready() == 200);
    }

    private static String name() {
        return DATABASE.url().replaceFirst(".*/", "");
    }

    private HttpResponse<String> challenge() {
        var start = System.nanoTime();
        var answer = TENANT.challenge(login).whole();
        took = Duration.ofNanos(System.nanoTime() - start);
        return answer;
    }

    private int ready() {
        return get("/health/ready", "en").statusCode();
    }

    private HttpResponse<String> get(String path, String languages) {
        var start = System.nanoTime();
        try {
            var request = TENANT.request(path, null).header("Accept-Language", languages);
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new IllegalStateException(path, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            took = Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        var request = TENANT.request(path, null)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://localhost")
                .POST(BodyPublishers.ofString(form));
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
