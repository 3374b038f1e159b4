package io.ringcode.delivery.vonage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.DeliveryNode;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.TestClock;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.Price;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Stale;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.phone.Channel;
import io.ringcode.secret.Macs;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VonageReceiptsTest {
    private static final String URL = "https://mfa.example.org/receipts/vonage/token";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final TestClock clock = new TestClock();
    private final FakeCarrier carrier = new FakeCarrier();
    private final DeliveryNode node = new DeliveryNode(TestDatabase.freshDatabase(), carrier.baseUrl(), clock);

    @BeforeEach
    void account() {
        node.account("vonage", VonageKeys.account("sms"));
        node.change("vonage", Change.set(Map.of("signature_secret", SECRET)));
        node.select("vonage");
    }

    @AfterAll
    void close() {
        node.close();
        carrier.close();
    }

    private ReceiptCheck read(VendorCall call) {
        return node.bean(VonageReceipts.class).read(DeliveryNode.TENANT, call);
    }

    private static VendorCall call(String url, Map<String, String> headers, String body, Instant at) {
        return new VendorCall("POST", URI.create(url), headers, body.getBytes(UTF_8), at);
    }

    /** As Vonage would sign it, by the rules that the vector below proves. */
    private VendorCall signed(String url, String body, String header, Instant issued) {
        var hash = Macs.hex(Macs.digest("SHA-256", body.getBytes(UTF_8)));
        var claims = "{\"iat\":%d,\"jti\":\"j1\",\"iss\":\"Vonage\",\"payload_hash\":\"%s\",\"api_key\":\"abcd1234\"}"
                .formatted(issued.getEpochSecond(), hash);
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var text = base64.encodeToString(header.getBytes(UTF_8)) + "." + base64.encodeToString(claims.getBytes(UTF_8));
        var mac = base64.encodeToString(Macs.mac("HmacSHA256", SECRET.getBytes(UTF_8), text.getBytes(UTF_8)));
        return call(url, Map.of("authorization", "Bearer " + text + "." + mac), body, clock.instant());
    }

    private VendorCall signed(String url, String body) {
        return signed(url, body, "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", clock.instant());
    }

    @Test
    void vonages_own_token_fits_for_five_minutes_and_for_this_body_only() {
        var vector = VendorDocument.signature("vonage Messages/Voice signed webhook");
        var header = Map.of("authorization", vector.path("Authorization").asString());
        var body = vector.path("body").asString();
        var at = Instant.ofEpochSecond(vector.at("/claims/iat").asLong());
        var receipt = Receipt.of("aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab", State.DELIVERED);
        assertThat(read(call(URL, header, body, at)))
                .isEqualTo(Genuine.signed(List.of(receipt))
                        .onceOnly(vector.at("/claims/jti").asString()));
        assertThat(read(call(URL, header, body, at.plus(Duration.ofMinutes(5)))))
                .isInstanceOf(Genuine.class);
        assertThat(read(call(URL, header, body, at.plusSeconds(301)))).isInstanceOf(Stale.class);
        assertThat(read(call(URL, header, body, at.minusSeconds(301)))).isInstanceOf(Stale.class);
        assertThat(read(call(URL, header, body + " ", at))).isInstanceOf(Forged.class);
        assertThat(read(call(URL, Map.of("authorization", header.get("authorization") + "x"), body, at)))
                .isInstanceOf(Forged.class);
    }

    @Test
    void other_algorithms_and_unsigned_calls_are_refused() {
        var body = "{\"message_uuid\":\"m1\",\"status\":\"delivered\"}";
        assertThat(read(signed(URL, body, "{\"alg\":\"none\"}", clock.instant())))
                .isInstanceOf(Forged.class);
        assertThat(read(signed(URL, body, "{\"alg\":\"HS512\"}", clock.instant())))
                .isInstanceOf(Forged.class);
        var unsigned = read(call(URL, Map.of(), body, clock.instant()));
        assertThat(unsigned).isInstanceOf(Forged.class);
        assertThat(unsigned.reply().status()).as("Vonage comes again").isEqualTo(503);
        node.change("vonage", Change.of(Map.of("signature_secret", new FieldChange.Remove())));
        assertThat(read(call(URL, Map.of(), body, clock.instant())))
                .isEqualTo(Genuine.unsigned(List.of(Receipt.of("m1", State.DELIVERED))));
    }

    @ParameterizedTest
    @CsvSource({
        "submitted, 0, SENT, ,",
        "delivered, 0, DELIVERED, ,",
        "undeliverable, 1260, UNDELIVERED, 1260, NUMBER",
        "undeliverable, 1330, UNDELIVERED, 1330,",
        "rejected, 1240, FAILED, 1240, OPT_OUT",
    })
    void what_became_of_a_message(String status, int error, State state, String code, FailureCause fault) {
        var more = error == 0 ? "" : ",\"error\":{\"type\":\"https://x/api-errors/messages#" + error + "\"}";
        var body =
                "{\"message_uuid\":\"m1\",\"status\":\"" + status + "\",\"usage\":{\"price\":\"0.0333\"}" + more + "}";
        var receipt = Receipt.of("m1", state, code, fault).costing(new Price(new BigDecimal("0.0333"), "EUR"));
        assertThat(read(signed(URL, body)))
                .isEqualTo(Genuine.signed(List.of(receipt)).onceOnly("j1"));
    }

    @ParameterizedTest
    @CsvSource({
        "answered, , SENT, ,",
        "completed, , DELIVERED, ,",
        "machine, , UNDELIVERED, machine,",
        "busy, , UNDELIVERED, busy,",
        "rejected, invalid_number, UNDELIVERED, invalid_number, NUMBER",
        "rejected, declined, UNDELIVERED, declined, OPT_OUT",
        "failed, cannot_route, UNDELIVERED, cannot_route, VENDOR",
    })
    void what_became_of_a_call(String status, String detail, State state, String code, FailureCause fault) {
        var more = detail == null ? "" : ",\"detail\":\"" + detail + "\"";
        var body = "{\"uuid\":\"c1\",\"status\":\"" + status + "\"" + more + "}";
        assertThat(read(signed(URL, body)))
                .isEqualTo(Genuine.signed(List.of(Receipt.of("c1", state, code, fault)))
                        .onceOnly("j1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{}", "{\"status\":\"delivered\"}"})
    void what_has_no_id_is_unreadable(String body) {
        assertThat(read(signed(URL, body))).isInstanceOf(Unreadable.class);
    }

    @Test
    void the_sms_api_reports_in_each_form_it_can_be_set_to() {
        node.change("vonage", Change.of(Map.of("signature_secret", new FieldChange.Remove())));
        var fields = Map.of("messageId", "s1", "status", "failed", "err-code", "12", "price", "0.05", "to", "x");
        var receipt = Receipt.of("s1", State.UNDELIVERED, "12", FailureCause.NUMBER)
                .costing(new Price(new BigDecimal("0.05"), "EUR"));
        var expected = Genuine.unsigned(List.of(receipt));
        var form = CarrierHttp.form(fields);
        assertThat(read(call(URL + "?" + form, Map.of(), "", clock.instant()))).isEqualTo(expected);
        assertThat(read(call(URL, Map.of(), form, clock.instant()))).isEqualTo(expected);
        var json = new JsonMapper().writeValueAsString(fields);
        assertThat(read(call(URL, Map.of(), json, clock.instant()))).isEqualTo(expected);
    }

    @Test
    void where_a_method_is_set_the_sms_apis_receipts_must_be_signed() {
        node.change("vonage", Change.set(Map.of("signature_method", "sha256")));
        try {
            var fields = new HashMap<>(Map.of("messageId", "s1", "status", "delivered", "nonce", "n1"));
            assertThat(read(call(URL, Map.of(), CarrierHttp.form(fields), clock.instant())))
                    .isInstanceOf(Forged.class);
            fields.put("timestamp", Long.toString(clock.instant().getEpochSecond()));
            fields.put("sig", SignatureMethod.SHA256.sign(fields, SECRET));
            var form = CarrierHttp.form(fields);
            assertThat(read(call(URL, Map.of(), form, clock.instant())))
                    .isEqualTo(Genuine.signed(List.of(Receipt.of("s1", State.DELIVERED)))
                            .onceOnly("n1"));
            assertThat(read(call(URL, Map.of(), form, clock.instant().plusSeconds(301))))
                    .isInstanceOf(Stale.class);
            assertThat(read(call(URL, Map.of(), form.replace("delivered", "failed"), clock.instant())))
                    .isInstanceOf(Forged.class);
        } finally {
            node.change("vonage", Change.of(Map.of("signature_method", new FieldChange.Remove())));
        }
    }

    /** An unsigned report in the SMS API's shape is no second way in beside signed ones. */
    @ParameterizedTest
    @ValueSource(strings = {"sms", "messages"})
    void with_a_signature_secret_nothing_unsigned_is_believed_in_any_shape(String api) {
        node.change("vonage", Change.set(Map.of("sms_api", api)));
        var fields = Map.of("messageId", "s1", "status", "delivered", "sig", "");
        var form = CarrierHttp.form(fields);
        assertThat(read(call(URL + "?" + form, Map.of(), "", clock.instant()))).isInstanceOf(Forged.class);
        assertThat(read(call(URL, Map.of(), form, clock.instant()))).isInstanceOf(Forged.class);
        var json = new JsonMapper().writeValueAsString(fields);
        assertThat(read(call(URL, Map.of(), json, clock.instant()))).isInstanceOf(Forged.class);
        var both = "{\"message_uuid\":\"m1\",\"status\":\"delivered\",\"messageId\":\"m1\"}";
        assertThat(read(call(URL, Map.of(), both, clock.instant()))).isInstanceOf(Forged.class);
        assertThat(read(call(
                        URL + "?messageId=c1",
                        Map.of(),
                        "{\"uuid\":\"c1\",\"status\":\"completed\"}",
                        clock.instant())))
                .isInstanceOf(Forged.class);
    }

    @Test
    void a_key_says_it_again_and_silence_ends_the_call() {
        carrier.next(CarrierReply.json(201, "{\"uuid\":\"c1\"}"));
        node.send(node.promise(Channel.VOICE, "Hello\uE0001.2.3.4.5.6"));
        var again = new JsonMapper()
                .readTree(carrier.requests().getLast().body())
                .at("/ncco/1/eventUrl/0")
                .asString();
        assertThat(answer(again, "{\"uuid\":\"c1\",\"dtmf\":{\"digits\":\"1\",\"timed_out\":false}}"))
                .contains("1, 2, 3, 4, 5, 6")
                .contains(again);
        assertThat(answer(again, "{\"uuid\":\"c1\",\"dtmf\":{\"digits\":\"\",\"timed_out\":true}}"))
                .isEqualTo("[]");
        assertThat(answer(URL + "?say=forged", "{\"dtmf\":{\"digits\":\"1\"}}")).isEqualTo("[]");
    }

    private String answer(String url, String body) {
        return ((Genuine) read(signed(url, body))).reply().body();
    }
}
