package io.ringcode.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.AccountValues;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.Price;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Stale;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.network.StandardWebhook;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** There is no vendor's document: the specification is this project's own, in docs/carriers/webhook.md. */
class WebhookContractTest extends CarrierContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String URL = "https://mfa.example.org/receipts/webhook/token";
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

    @Override
    protected boolean takesAnySender() {
        return true;
    }

    @Override
    protected String name() {
        return "webhook";
    }

    @Override
    protected void configure() {
        node.account("webhook", Map.of("url", "https://hooks.example.com/send?app=1", "secret", SECRET));
    }

    private static JsonNode data(CarrierRequest request) {
        return JSON.readTree(request.body()).path("data");
    }

    @Override
    protected String said(CarrierRequest request) {
        return data(request).path("text").asString();
    }

    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) {
        assertThat(request.target()).isEqualTo("/send?app=1");
        assertThat(JSON.readTree(request.body()).path("type").asString()).isEqualTo("phone.message.send");
        assertThat(data(request).propertyNames())
                .filteredOn(name -> !name.equals("from"))
                .containsExactlyInAnyOrderElementsOf(
                        Set.of("message_id", "to", "channel", "text", "language", "expires_at", "receipt_url"));
        assertThat(data(request).path("channel").asString()).isEqualTo(channel.wire());
        return List.of();
    }

    @Override
    protected CarrierReply accepts(String vendorId) {
        return CarrierReply.json(200, "{\"id\":\"" + vendorId + "\"}");
    }

    @Override
    protected CarrierReply acceptsWithoutId() {
        return CarrierReply.json(204, "");
    }

    /** By the specification any 2xx is a yes. */
    @Override
    protected Class<? extends SendResult> misunderstood() {
        return Accepted.class;
    }

    @Override
    protected Map<CarrierReply, Refused> refusals() {
        return Map.of(
                CarrierReply.json(200, "{\"error\":\"unknown_number\",\"fault\":\"number\"}"),
                        new Refused("unknown_number", FailureCause.NUMBER),
                CarrierReply.json(422, "{\"error\":\"stop\",\"fault\":\"opt_out\"}"),
                        new Refused("stop", FailureCause.OPT_OUT),
                CarrierReply.json(400, "{\"error\":\"no quotes \\\" please\"}"),
                        new Refused("http_400", FailureCause.VENDOR),
                CarrierReply.json(401, ""), new Refused("http_401", FailureCause.ACCOUNT),
                CarrierReply.json(410, ""), new Refused("http_410", FailureCause.ACCOUNT),
                CarrierReply.json(404, "<html>"), new Refused("http_404", FailureCause.VENDOR));
    }

    /** The specification's own example, so that receivers can use any of its libraries. */
    @Test
    void the_signature_is_that_of_the_standard() {
        var headers = StandardWebhook.headers(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}");
        assertThat(headers)
                .isEqualTo(Map.of(
                        "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "webhook-timestamp", "1614265330",
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    void what_is_sent_is_signed_and_its_id_stays_the_same() {
        carrier.next(acceptsWithoutId());
        var accepted = (Accepted) ask(Channel.SMS);
        var request = carrier.requests().getLast();
        var id = data(request).path("message_id").asString();
        assertThat(accepted.vendorId()).isEqualTo(id);
        assertThat(request.headers()).containsEntry("webhook-id", "msg_" + id);
        assertThat(StandardWebhook.fits(
                        SECRET,
                        "msg_" + id,
                        "1893456000",
                        request.body().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        request.headers().getOrDefault("webhook-signature", "")))
                .isTrue();
    }

    private VendorCall report(String data, Instant signedAt) {
        var body = "{\"type\":\"phone.message.status\",\"data\":" + data + "}";
        return call(URL, StandardWebhook.headers(SECRET, "evt_1", signedAt, body), body);
    }

    @ParameterizedTest
    @CsvSource({
        "sent, , SENT, ,",
        "delivered, , DELIVERED, ,",
        "undelivered, number, UNDELIVERED, gone, NUMBER",
        "failed, , FAILED, gone,",
    })
    void what_became_of_a_message(String state, String fault, State expected, String code, FailureCause whose)
            throws IOException {
        var data =
                "{\"message_id\":\"m1\",\"state\":\"%s\",\"code\":\"%s\",\"fault\":\"%s\",\"price\":{\"amount\":0.05,\"currency\":\"EUR\"}}"
                        .formatted(state, code == null ? "" : code, fault == null ? "" : fault);
        assertThat(read(report(data, clock.instant())))
                .isEqualTo(Genuine.signed(List.of(Receipt.of("m1", expected, code, whose)
                                .costing(new Price(new BigDecimal("0.05"), "EUR"))))
                        .onceOnly("evt_1"));
    }

    @Test
    void forged_changed_and_old_reports_are_told_apart() throws IOException {
        var data = "{\"message_id\":\"m1\",\"state\":\"delivered\"}";
        var right = report(data, clock.instant());
        assertThat(read(right)).isInstanceOf(Genuine.class);
        assertThat(read(report(data, clock.instant().minusSeconds(301)))).isInstanceOf(Stale.class);
        assertThat(read(report(data, clock.instant().plusSeconds(301)))).isInstanceOf(Stale.class);
        assertThat(read(call(URL, right.headers(), "{}"))).isInstanceOf(Forged.class);
        assertThat(read(call(URL, Map.of(), right.text()))).isInstanceOf(Forged.class);
        assertThat(read(new VendorCall("POST", URI.create(URL), right.headers(), right.body(), clock.instant())))
                .as("the address is not part of it")
                .isInstanceOf(Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "7", "{\"message_id\":\"m1\"}", "{\"message_id\":\"m1\",\"state\":\"lost\"}"})
    void what_is_no_report_is_unreadable(String data) throws IOException {
        assertThat(read(report(data, clock.instant()))).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://hooks.example.com/", "https://user@hooks.example.com/", "ftp://x/", "https://x/a b", "x"
            })
    void only_https_addresses_are_taken(String url) {
        var form = node.bean(Carriers.class).form("webhook").orElseThrow();
        assertThat(form.problems(new AccountValues(Map.of("url", url, "secret", SECRET))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("url"));
        assertThat(form.problems(
                        new AccountValues(Map.of("url", "https://h.example.com:8443/x?y=1", "secret", "short"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("secret"));
    }
}
