package io.ringcode.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestDatabase.Database;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.management.Admin;
import io.ringcode.network.StandardWebhook;
import io.ringcode.server.Eventually;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What a tenant's log holds arrives elsewhere: all of it, in order, whatever fails meanwhile. */
class LogStreamsTest {
    private static final Database DATABASE = TestDatabase.freshDatabase();
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final TestClock CLOCK = new TestClock();
    private static final Ringcode SERVER = Ringcode.on(DATABASE, CARRIER, CLOCK);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private final TestTenant tenant = SERVER.tenant();
    private final Admin admin = Admin.of(tenant);
    private final LogReceiver receiver = new LogReceiver();

    private String create(String type, Map<String, Object> sink, Map<String, Object> more) {
        var body = new java.util.HashMap<String, Object>(more);
        body.put("type", type);
        body.put("sink", sink);
        var answer = admin.post("/log-streams", body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.text("id");
    }

    private Map<String, Object> webhook() {
        return Map.of("httpEndpoint", receiver.address("/log"));
    }

    /** Writes lines of a type that nothing else writes. */
    private void write(String... descriptions) {
        for (var description : descriptions) insert(description);
    }

    private static int lines;

    private void insert(String description) {
        SERVER.bean(JdbcClient.class)
                .sql(
                        "INSERT INTO log (tenant_id, id, at, type, data) VALUES (?, ?, ?, 'test', jsonb_build_object('description', ?))")
                .params(
                        tenant.id().value(),
                        "90020300101000000000" + "%012d".formatted(lines++),
                        CLOCK.instant().atOffset(java.time.ZoneOffset.UTC),
                        description)
                .update();
    }

    private List<String> told() {
        return receiver.records().stream()
                .filter(record -> record.path("data").path("type").asString().equals("test"))
                .map(record -> record.path("data").path("description").asString())
                .toList();
    }

    private void arrives(String... descriptions) throws Exception {
        Eventually.holds(String.join(", ", descriptions), () -> told().size() >= descriptions.length);
        assertThat(told()).containsExactly(descriptions);
    }

    @Test
    void a_sign_in_is_told_to_a_webhook_signed() throws Exception {
        var id = create(
                "http",
                Map.of(
                        "httpEndpoint", receiver.address("/log?token=x"),
                        "httpAuthorization", "Bearer the-token",
                        "httpCustomHeaders", List.of(Map.of("header", "X-Source", "value", "here"))),
                Map.of("name", "Ours"));
        tenant.signIn(tenant.enrolled(TestTenant.newNumber()));
        Eventually.holds("the sign-in", () -> types(receiver.records()).contains("mfar"));
        var first = receiver.taken.getFirst();
        assertThat(first.path()).isEqualTo("/log?token=x");
        assertThat(first.headers())
                .containsEntry("Authorization", "Bearer the-token")
                .containsEntry("X-Source", "here")
                .containsEntry("Content-Type", "application/json");
        var secret = admin.get("/log-streams/" + id)
                .body()
                .path("sink")
                .path("httpSigningSecret")
                .asString();
        assertThat(StandardWebhook.fits(
                        secret,
                        first.header("webhook-id"),
                        first.header("webhook-timestamp"),
                        first.body().getBytes(UTF_8),
                        first.header("webhook-signature")))
                .isTrue();
        var record = receiver.records().getFirst();
        var shown = admin.get("/logs/" + record.path("log_id").asString()).body();
        assertThat(record.path("data")).isEqualTo(shown);
    }

    private static List<String> types(List<JsonNode> records) {
        return records.stream()
                .map(record -> record.path("data").path("type").asString())
                .toList();
    }

    @Test
    void only_what_is_wanted_is_sent() throws Exception {
        create(
                "http",
                webhook(),
                Map.of("filters", List.of(Map.of("type", "category", "name", "auth.token_exchange.fail"))));
        write("not this");
        tenant.signIn(tenant.person());
        var person = tenant.person();
        tenant.signIn(new TestTenant.Person(person.email(), "wrong", person.id()));
        Eventually.holds("the failure", () -> !receiver.taken.isEmpty());
        assertThat(types(receiver.records())).containsOnly("fepft");
    }

    @Test
    void each_share_of_a_budget_that_is_spent_is_told_once() throws Exception {
        create(
                "http",
                webhook(),
                Map.of("filters", List.of(Map.of("type", "category", "name", "system.notification"))));
        var budgets =
                "{'currency':'EUR','assumed_price':0.1,'budgets':[{'scope':'tenant','period':'month','limit':1}]}";
        assertThat(admin.put("/guardian/factors/phone/fraud/budgets", budgets).status())
                .isEqualTo(200);
        var person = tenant.enrolled(TestTenant.newNumber());
        for (int sent = 1; sent < 14; sent++) {
            CLOCK.advance(Duration.ofHours(2));
            tenant.challenge(tenant.mfaToken(person));
        }
        Eventually.holds("the budget is used up", () -> receiver.records().size() >= 3);
        write("and what comes later");
        var told = receiver.records();
        assertThat(types(told)).containsOnly("limit_budget");
        assertThat(told.stream()
                        .map(record -> record.path("data").path("details"))
                        .map(details -> details.path("percent").asInt() + " % of "
                                + details.path("limit").asString() + " "
                                + details.path("currency").asString()))
                .containsExactly("50 % of 1 EUR", "80 % of 1 EUR", "100 % of 1 EUR");
    }

    @Test
    void lists_and_single_records_are_sent_too() throws Exception {
        create("http", Map.of("httpEndpoint", receiver.address("/one"), "httpContentFormat", "JSONOBJECT"), Map.of());
        create("http", Map.of("httpEndpoint", receiver.address("/all"), "httpContentFormat", "JSONARRAY"), Map.of());
        write("first", "second");
        Eventually.holds(
                "three requests and more",
                () -> receiver.taken.stream()
                                        .filter(one -> one.path().equals("/one"))
                                        .count()
                                >= 2
                        && receiver.taken.stream().anyMatch(one -> one.path().equals("/all")));
        for (var one : receiver.taken)
            assertThat(one.json().isArray()).isEqualTo(one.path().equals("/all"));
    }

    @Test
    void what_is_not_taken_is_sent_again_and_nothing_is_lost() throws Exception {
        var id = create("http", webhook(), Map.of());
        receiver.status = 503;
        write("first", "second");
        Eventually.holds("three tries", () -> receiver.refused.get() >= 3);
        Eventually.holds("the failure is told", () -> health(id).path("errors").size() == 1);
        assertThat(health(id).path("errors").path(0).path("message").asString()).isEqualTo("Answered 503");
        assertThat(health(id).hasNonNull("failing_since")).isTrue();
        write("third");
        receiver.status = 204;
        CLOCK.advance(Duration.ofSeconds(3));
        arrives("first", "second", "third");
        Eventually.holds("it works", () -> !health(id).hasNonNull("failing_since"));
    }

    private JsonNode health(String id) {
        return admin.get("/log-streams/" + id + "/health").body();
    }

    @Test
    void a_paused_stream_goes_on_where_it_was() throws Exception {
        var id = create("http", webhook(), Map.of());
        write("first");
        arrives("first");
        assertThat(admin.patch("/log-streams/" + id, Map.of("status", "paused")).status())
                .isEqualTo(200);
        write("second");
        receiver.status = 500;
        assertThat(admin.patch("/log-streams/" + id, Map.of("status", "active")).status())
                .isEqualTo(200);
        receiver.status = 200;
        CLOCK.advance(Duration.ofSeconds(3));
        arrives("first", "second");
    }

    /** No time passes for it: what it waited for are other settings. */
    @Test
    void a_stream_that_is_put_right_waits_for_nothing() throws Exception {
        var id = create("http", webhook(), Map.of());
        receiver.status = 500;
        write("first");
        Eventually.holds("a failure", () -> health(id).path("errors").size() == 1);
        receiver.status = 200;
        var sink = Map.of("httpEndpoint", receiver.address("/elsewhere"));
        assertThat(admin.patch("/log-streams/" + id, Map.of("sink", sink)).status())
                .isEqualTo(200);
        Eventually.holds("sent", Duration.ofSeconds(1), () -> !told().isEmpty());
        assertThat(receiver.taken.getFirst().path()).isEqualTo("/elsewhere");
    }

    @Test
    void after_a_day_it_is_told_and_after_a_week_suspended() throws Exception {
        var id = create("http", webhook(), Map.of());
        receiver.status = 500;
        write("first");
        Eventually.holds("a failure", () -> health(id).path("errors").size() == 1);
        for (int day = 1; day <= 8; day++) {
            CLOCK.advance(Duration.ofDays(1).plusMinutes(1));
            var count = receiver.refused.get();
            // A run in hand may have seen the new day already, and then waits for a while.
            Eventually.holds("it is tried on day " + day, () -> {
                CLOCK.advance(Duration.ofSeconds(10));
                return receiver.refused.get() >= count + 3 || status(id).equals("suspended");
            });
        }
        Eventually.holds("suspended", () -> status(id).equals("suspended"));
        assertThat(SERVER.bean(JdbcClient.class)
                        .sql("SELECT type FROM log WHERE tenant_id = ? AND type LIKE 'log_stream%' ORDER BY id")
                        .param(tenant.id().value())
                        .query(String.class)
                        .list())
                .containsExactly("log_stream_failing", "log_stream_suspended");
    }

    private String status(String id) {
        return SERVER.bean(JdbcClient.class)
                .sql("SELECT status FROM log_stream WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    @Test
    void another_server_carries_it_on() throws Exception {
        write("before");
        var id = create("http", webhook(), Map.of());
        write("first");
        arrives("first");
        try (var other = Ringcode.on(DATABASE, CARRIER, CLOCK)) {
            SERVER.bean(JdbcClient.class)
                    .sql("UPDATE log_stream SET holder = NULL, held_until = now() + '100 years' WHERE id = ?")
                    .param(id)
                    .update();
            write("second", "third");
            CLOCK.advance(Duration.ofSeconds(1));
            SERVER.bean(JdbcClient.class)
                    .sql("UPDATE log_stream SET held_until = NULL WHERE id = ?")
                    .param(id)
                    .update();
            Eventually.holds("all of them", () -> told().containsAll(List.of("first", "second", "third")));
            assertThat(other.clock()).isSameAs(CLOCK);
        }
        write("fourth");
        Eventually.holds("and what comes later", () -> told().contains("fourth"));
        var all = new ArrayList<>(told());
        assertThat(all.stream().distinct()).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void what_was_written_before_is_sent_where_it_is_asked_for() throws Exception {
        write("before");
        create(
                "http",
                webhook(),
                Map.of("startFrom", CLOCK.instant().minusSeconds(60).toString()));
        write("after");
        arrives("before", "after");
    }

    @Test
    void people_are_hidden() throws Exception {
        create(
                "http",
                webhook(),
                Map.of("pii_config", Map.of("log_fields", List.of("email", "phone"), "method", "mask")));
        var person = tenant.enrolled(TestTenant.newNumber());
        Eventually.holds("the enrollment", () -> types(receiver.records()).contains("gd_enrollment_complete"));
        var all = receiver.records().toString();
        assertThat(all)
                .contains("\"user_name\":\"********\"", "\"phone_number\":\"********\"")
                .doesNotContain(person.email());
    }

    @Test
    void other_systems_get_what_they_read() throws Exception {
        create(
                "splunk",
                Map.of(
                        "splunkDomain",
                        "127.0.0.2",
                        "splunkPort",
                        "" + receiver.port(),
                        "splunkToken",
                        "tok",
                        "splunkSecure",
                        false),
                Map.of());
        create("sumo", Map.of("sumoSourceAddress", receiver.address("/sumo")), Map.of());
        create("otlp", Map.of("otlpEndpoint", receiver.address("/v1/logs")), Map.of());
        write("first");
        Eventually.holds(
                "all three",
                () -> receiver.taken.stream()
                                .map(LogReceiver.Taken::path)
                                .distinct()
                                .count()
                        == 3);
        for (var one : receiver.taken)
            switch (one.path()) {
                case "/services/collector/event" -> {
                    assertThat(one.headers()).containsEntry("Authorization", "Splunk tok");
                    assertThat(one.lines()
                                    .getLast()
                                    .path("event")
                                    .path("log_id")
                                    .asString())
                            .startsWith("900");
                }
                case "/v1/logs" -> {
                    var logs = one.json()
                            .path("resourceLogs")
                            .path(0)
                            .path("scopeLogs")
                            .path(0)
                            .path("logRecords");
                    var last = logs.path(logs.size() - 1);
                    assertThat(last.path("timeUnixNano").asString()).matches("\\d{19}");
                    assertThat(last.path("severityNumber").asInt()).isEqualTo(9);
                }
                default ->
                    assertThat(one.lines().getLast().path("log_id").asString()).startsWith("900");
            }
    }

    @Test
    void syslog_gets_frames_and_the_end_of_the_connection_says_that_they_were_taken() throws Exception {
        try (var listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"))) {
            create(
                    "syslog",
                    Map.of(
                            "syslogHost",
                            "127.0.0.2",
                            "syslogPort",
                            "" + listener.getLocalPort(),
                            "syslogSecure",
                            false),
                    Map.of("filters", List.of(Map.of("type", "category", "name", "other"))));
            write("first");
            var read = CompletableFuture.supplyAsync(() -> {
                try (var socket = listener.accept()) {
                    return new String(socket.getInputStream().readAllBytes(), UTF_8);
                } catch (java.io.IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
            var frame = read.get(20, java.util.concurrent.TimeUnit.SECONDS);
            var length = Integer.parseInt(frame.substring(0, frame.indexOf(' ')));
            var message = frame.substring(frame.indexOf(' ') + 1);
            assertThat(message.getBytes(UTF_8)).hasSize(length);
            assertThat(message).matches("(?s)<86>1 2030-[0-9T:.Z-]+ ringcode ringcode - test - \\{.*\"first\".*");
        }
    }

    @Test
    void an_address_within_is_not_called() throws Exception {
        var id = create("http", Map.of("httpEndpoint", "http://127.0.0.3:9/"), Map.of());
        write("first");
        Eventually.holds("the refusal", () -> health(id).path("errors").size() == 1);
        assertThat(health(id).path("errors").path(0).path("message").asString())
                .contains("Not allowed", "RINGCODE_REACHABLE");
    }
}
