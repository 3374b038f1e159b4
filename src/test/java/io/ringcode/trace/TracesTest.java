package io.ringcode.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestDatabase.Database;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.delivery.outbox.Sweeper;
import io.ringcode.server.Eventually;
import io.ringcode.trace.Collector.Recorded;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What a collector is sent of a challenge's way, and what goes out with requests. */
class TracesTest {
    private static final Collector COLLECTOR = new Collector();
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final TestClock CLOCK = new TestClock();
    private static final Database DATABASE = TestDatabase.freshDatabase();
    private static final Ringcode SERVER = node();
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String ACCOUNT = "AC00000000000000000000000000000000";

    private final TestTenant tenant = SERVER.tenant();

    private static Ringcode node() {
        return Ringcode.on(
                DATABASE,
                CARRIER,
                CLOCK,
                Map.of(
                        "RINGCODE_PUBLIC_URL",
                        "https://mfa.example.org",
                        "RINGCODE_TRACES_URL",
                        COLLECTOR.url().toString()));
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        CARRIER.close();
        COLLECTOR.close();
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static Answer challenge(TestTenant tenant, TestTenant.Person person, String traceparent) {
        var body = Map.of(
                "mfa_token",
                tenant.mfaToken(person),
                "client_id",
                tenant.clientId(),
                "client_secret",
                tenant.clientSecret(),
                "challenge_type",
                "oob",
                "oob_channel",
                "sms");
        return tenant.send(tenant.request("/mfa/challenge", null)
                .header("Content-Type", "application/json")
                .header("traceparent", traceparent)
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
    }

    private static CarrierRequest asked() {
        return CARRIER.requests().getLast();
    }

    /** Twilio's callback about the message of a trace, to the address that it was given with it. */
    private int deliver(String trace) throws Exception {
        var url = asked().field("StatusCallback");
        var sid = SERVER.bean(JdbcClient.class)
                .sql("""
                        SELECT vendor_id FROM attempt JOIN message ON message.tenant_id = attempt.tenant_id AND id = message_id
                         WHERE message.tenant_id = :t AND trace LIKE '00-' || :trace || '-%' AND vendor_id IS NOT NULL
                        """)
                .param("t", tenant.id().value())
                .param("trace", trace)
                .query(String.class)
                .single();
        var fields = new TreeMap<>(Map.of("MessageSid", sid, "MessageStatus", "delivered", "AccountSid", ACCOUNT));
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("the-token-of-twilio".getBytes(UTF_8), "HmacSHA1"));
        mac.update(url.getBytes(UTF_8));
        fields.forEach((name, value) -> mac.update((name + value).getBytes(UTF_8)));
        var form = fields.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("&"));
        return tenant.send(tenant.request(URI.create(url).getRawPath(), null)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Twilio-Signature", Base64.getEncoder().encodeToString(mac.doFinal()))
                        .POST(BodyPublishers.ofString(form)))
                .status();
    }

    private static String settled(String trace) {
        return SERVER.bean(JdbcClient.class)
                .sql("SELECT state FROM message WHERE trace LIKE '00-' || :trace || '-%'")
                .param("trace", trace)
                .query(String.class)
                .single();
    }

    @Test
    void a_challenge_is_one_trace_from_its_caller_through_the_carrier_to_the_receipt() throws Exception {
        var number = "+14155550123";
        var person = tenant.enrolled(number);
        var trace = newTrace();
        var answer = challenge(tenant, person, "00-" + trace + "-" + CALLER + "-01");
        assertThat(answer.status()).isEqualTo(200);
        var sent = asked();
        CLOCK.advance(Duration.ofSeconds(40));
        assertThat(deliver(trace)).isEqualTo(200);

        var door = COLLECTOR.span(trace, "POST /mfa/challenge");
        assertThat(door.parent()).isEqualTo(CALLER);
        assertThat(door.attributes()).containsEntry("http.response.status_code", "200");
        var commit = COLLECTOR.span(trace, "commit");
        assertThat(commit.parent()).isEqualTo(door.id());
        assertThat(commit.attributes()).containsEntry("ringcode.lane", "start");
        var attempt = COLLECTOR.span(trace, "send");
        assertThat(attempt.parent()).isEqualTo(door.id());
        assertThat(attempt.attributes())
                .containsEntry("ringcode.carrier", "twilio")
                .containsEntry("ringcode.channel", "sms")
                .containsEntry("ringcode.country", "US")
                .containsEntry("ringcode.attempt", "1")
                .containsEntry("ringcode.outcome", "accepted");
        assertThat(sent.headers()).containsEntry("traceparent", attempt.traceparent());
        var receipt = COLLECTOR.span(trace, "receipt");
        assertThat(receipt.parent()).isEqualTo(door.id());
        assertThat(receipt.attributes())
                .containsEntry("ringcode.outcome", "delivered")
                .containsEntry("ringcode.message", attempt.attributes().get("ringcode.message"));
        assertThat(receipt.links()).hasSize(1).doesNotContain(trace);
        var report = COLLECTOR.span(receipt.links().getFirst(), "POST /receipts/{carrier}/{token}");
        assertThat(report.parent()).isEmpty();

        var secrets = List.of(
                number.substring(1),
                tenant.code(number),
                person.email(),
                answer.text("oob_code"),
                tenant.clientSecret(),
                "the-token-of-twilio",
                sent.field("StatusCallback")
                        .substring(sent.field("StatusCallback").lastIndexOf('/') + 1));
        assertThat(COLLECTOR.spans())
                .map(Recorded::toString)
                .allSatisfy(told -> assertThat(told).doesNotContain(secrets));

        for (var metric : List.of("http_server_requests", "ringcode_send", "ringcode_arrival"))
            assertThat(metrics().lines().filter(line -> line.startsWith(metric + "_seconds_bucket")))
                    .as("a latency leads to a trace")
                    .anyMatch(line -> line.contains("trace_id=\""));
        assertThat(metrics()).contains("trace_id=\"" + trace);
    }

    private String metrics() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = tenant.request("/metrics", null)
                    .header("Accept", "application/openmetrics-text;version=1.0.0")
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void an_attempt_that_another_server_makes_later_is_in_the_trace_too() throws Exception {
        var person = tenant.enrolled(TestTenant.newNumber());
        var trace = newTrace();
        CARRIER.next(CarrierReply.json(503, "{}"));
        try (var dying = node()) {
            assertThat(challenge(tenant.at(dying), person, "00-" + trace + "-" + CALLER + "-01")
                            .status())
                    .isEqualTo(200);
        }
        CLOCK.advance(Duration.ofSeconds(30));
        SERVER.bean(Sweeper.class).sweep();

        Eventually.holds("two attempts", () -> COLLECTOR.named(trace, "send").size() == 2);
        var door = COLLECTOR.span(trace, "POST /mfa/challenge");
        assertThat(COLLECTOR.named(trace, "send"))
                .allMatch(attempt -> attempt.parent().equals(door.id()));
        assertThat(COLLECTOR.named(trace, "send"))
                .map(attempt -> attempt.attributes().get("ringcode.attempt") + " "
                        + attempt.attributes().get("ringcode.outcome"))
                .containsExactlyInAnyOrder("1 unavailable", "2 accepted");
        Eventually.holds("the second is settled", () -> settled(trace).equals("accepted"));
        assertThat(deliver(trace)).isEqualTo(200);
        assertThat(COLLECTOR.span(trace, "receipt").parent()).isEqualTo(door.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "x"
            })
    void what_is_no_trace_context_begins_a_trace_of_its_own(String traceparent) throws Exception {
        var person = tenant.enrolled(TestTenant.newNumber());
        assertThat(challenge(tenant, person, traceparent).status()).isEqualTo(200);
        var sent = asked().headers().get("traceparent");
        assertThat(sent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-03");
        assertThat(COLLECTOR
                        .span(String.valueOf(sent).substring(3, 35), "POST /mfa/challenge")
                        .parent())
                .isEmpty();
    }

    @Test
    void who_does_not_want_its_trace_kept_has_the_context_passed_on_and_no_span_sent() throws Exception {
        var person = tenant.enrolled(TestTenant.newNumber());
        var trace = newTrace();
        assertThat(challenge(tenant, person, "00-" + trace + "-" + CALLER + "-00")
                        .status())
                .isEqualTo(200);
        assertThat(asked().headers().get("traceparent"))
                .startsWith("00-" + trace)
                .endsWith("-00");
        var next = newTrace();
        challenge(tenant, person, "00-" + next + "-" + CALLER + "-01");
        COLLECTOR.span(next, "POST /mfa/challenge");
        assertThat(COLLECTOR.spans()).noneMatch(span -> span.trace().equals(trace));
    }

    @Test
    void without_a_collector_nothing_goes_out_and_nothing_is_stored() {
        var shared = Ringcode.shared().tenant();
        var person = shared.enrolled(TestTenant.newNumber());
        assertThat(challenge(shared, person, "00-" + newTrace() + "-" + CALLER + "-01")
                        .status())
                .isEqualTo(200);
        assertThat(shared.server().carrier().requests())
                .noneMatch(request -> request.headers().containsKey("traceparent"));
        assertThat(shared.server()
                        .bean(JdbcClient.class)
                        .sql("SELECT count(*) FROM message WHERE tenant_id = :t AND trace IS NOT NULL")
                        .param("t", shared.id().value())
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(shared.server().bean(Tracing.class)).isSameAs(Tracing.OFF);
        assertThat(shared.text("/metrics").body()).doesNotContain("http_server_requests_seconds_bucket");
    }
}
