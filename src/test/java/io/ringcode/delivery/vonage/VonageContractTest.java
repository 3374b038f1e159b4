package io.ringcode.delivery.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.phone.Channel;
import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SMS by the SMS API; {@link VonageMessagesContractTest} is the same with Messages. */
class VonageContractTest extends CarrierContract {
    protected static final JsonMapper JSON = new JsonMapper();

    @Override
    protected String name() {
        return "vonage";
    }

    @Override
    protected void configure() {
        node.account("vonage", VonageKeys.account("sms"));
    }

    private static JsonNode ncco(CarrierRequest request) {
        return JSON.readTree(request.body()).path("ncco");
    }

    @Override
    protected String said(CarrierRequest request) {
        if (request.path().equals("/sms/json")) return request.field("text");
        var body = JSON.readTree(request.body());
        return body.path("text").asString(body.path("ncco").path(0).path("text").asString(""));
    }

    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) {
        if (channel == Channel.SMS)
            return VendorDocument.of("vonage-sms.openapi.json").problems("~1{format}/post", request);
        var whole = new HashMap<String, String>();
        whole.put(
                "call",
                VendorDocument.of("vonage-voice.openapi.json")
                        .problems("~1/post", request)
                        .toString());
        // The schema is of 2021; Vonage's reference has these two since.
        var ncco = VendorDocument.of("vonage-ncco.schema.json")
                .alsoKnows("/definitions/ncco-input/properties", "type")
                .alsoKnows("/definitions/ncco-input/properties", "dtmf");
        whole.put("ncco", ncco.problemsAt("", ncco(request)).toString());
        whole.values().removeIf("[]"::equals);
        return List.copyOf(whole.values());
    }

    @Override
    protected CarrierReply accepts(String vendorId) {
        return CarrierReply.json(200, """
                {"message-count":"1","messages":[{"status":"0","message-id":"%1$s"}],"message_uuid":"%1$s","uuid":"%1$s"}""".formatted(vendorId));
    }

    @Override
    protected CarrierReply acceptsWithoutId() {
        return CarrierReply.json(200, "{\"messages\":[{\"status\":\"0\"}]}");
    }

    protected static CarrierReply status(String status) {
        return CarrierReply.json(
                200, "{\"messages\":[{\"status\":\"" + status + "\",\"error-text\":\"x\"}],\"message-count\":\"1\"}");
    }

    @Override
    protected Map<CarrierReply, Refused> refusals() {
        return Map.of(
                CarrierReply.json(401, "{\"title\":\"Unauthorized\"}"), new Refused("http_401", FailureCause.ACCOUNT),
                CarrierReply.json(403, "<html>"), new Refused("http_403", FailureCause.VENDOR),
                CarrierReply.json(400, "{}"), new Refused("http_400", FailureCause.REQUEST));
    }

    @Override
    protected Map<CarrierReply, Refused> refusals(Channel channel) {
        if (channel == Channel.VOICE) return refusals();
        return Map.of(
                status("6"), new Refused("6", FailureCause.NUMBER),
                status("7"), new Refused("7", FailureCause.OPT_OUT),
                status("15"), new Refused("15", FailureCause.VENDOR),
                status("9"), new Refused("9", FailureCause.ACCOUNT),
                status("2"), new Refused("2", FailureCause.REQUEST),
                status("999"), new Refused("999", FailureCause.VENDOR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "10"})
    void some_statuses_pass(String status) {
        carrier.next(status(status));
        assertThat(ask(Channel.SMS).getClass()).isEqualTo(Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource({"Your code is 123456 [now] €, text", "Ваш код 123456, unicode", "你的 123456, unicode"})
    void the_alphabet_is_told(String text, String type) {
        carrier.next(accepts("x"));
        ask(Channel.SMS, text, Locale.US);
        if (carrier.requests().getLast().path().equals("/sms/json"))
            assertThat(carrier.requests().getLast().field("type")).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "MD5HASH, 'vonage SMS API sig, MD5 hash'",
        "MD5, 'vonage SMS API sig, HMAC-MD5'",
        "SHA1, 'vonage SMS API sig, HMAC-SHA1'",
        "SHA256, 'vonage SMS API sig, HMAC-SHA256'",
    })
    void requests_are_signed_as_vonages_own_libraries_do(SignatureMethod method, String name) {
        var vector = VendorDocument.signature(name);
        var parameters = new HashMap<String, String>();
        vector.path("params")
                .properties()
                .forEach(
                        field -> parameters.put(field.getKey(), field.getValue().asString()));
        assertThat(method.sign(parameters, vector.path("signatureSecret").asString()))
                .isEqualTo(vector.path("sig").asString());
        parameters.put("a", "x&y=z");
        assertThat(method.sign(parameters, "s")).isEqualTo(method.sign(replaced(parameters), "s"));
    }

    private static Map<String, String> replaced(Map<String, String> parameters) {
        var replaced = new HashMap<>(parameters);
        replaced.put("a", "x_y_z");
        return replaced;
    }

    @Test
    void where_a_method_is_set_the_request_is_signed_and_the_secret_stays_here() {
        node.change("vonage", Change.set(Map.of("signature_secret", "0123456789abcdef", "signature_method", "sha256")));
        try {
            carrier.next(accepts("x"));
            ask(Channel.SMS);
            var request = carrier.requests().getLast();
            if (!request.path().equals("/sms/json")) return;
            var form = new HashMap<String, String>();
            request.form().forEach((name, values) -> form.put(name, values.getFirst()));
            assertThat(form).doesNotContainKey("api_secret").containsEntry("timestamp", "1893456000");
            assertThat(form.get("sig")).isEqualTo(SignatureMethod.SHA256.sign(form, "0123456789abcdef"));
            assertThat(VendorDocument.of("vonage-sms.openapi.json")
                            .alsoKnows("/components/schemas/NewMessage/properties", "timestamp")
                            .problems("~1{format}/post", request))
                    .filteredOn(problem -> !problem.contains("sig:")) // the document ends at 60, SHA-256 has 64
                    .isEmpty();
        } finally {
            node.change(
                    "vonage",
                    Change.of(Map.of(
                            "signature_secret",
                            new FieldChange.Remove(),
                            "signature_method",
                            new FieldChange.Remove())));
        }
    }

    @Test
    void calls_carry_the_applications_token() throws Exception {
        carrier.next(accepts("x"));
        ask(Channel.VOICE);
        var header = carrier.requests().getLast().headers().getOrDefault("authorization", "");
        var token = SignedJWT.parse(header.substring("Bearer ".length()));
        assertThat(token.verify(new RSASSAVerifier((RSAPublicKey) VonageKeys.PAIR.getPublic())))
                .isTrue();
        assertThat(token.getHeader().toString()).contains("\"typ\":\"JWT\"", "\"alg\":\"RS256\"");
        assertThat(token.getJWTClaimsSet().getStringClaim("application_id")).isEqualTo(VonageKeys.APPLICATION);
        assertThat(token.getJWTClaimsSet().getIssueTime().toInstant()).isEqualTo(clock.instant());
        assertThat(token.getJWTClaimsSet().getJWTID()).isNotEmpty();
    }

    @Test
    void a_key_that_is_none_is_told() {
        var broken = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
        node.change("vonage", Change.set(Map.of("private_key", broken)));
        try {
            assertThat(ask(Channel.VOICE)).isEqualTo(new Refused("bad_private_key", FailureCause.ACCOUNT));
        } finally {
            configure();
        }
    }

    @Test
    void a_call_listens_for_a_key_and_hangs_up_on_machines() {
        carrier.next(accepts("x"));
        ask(Channel.VOICE);
        var call = JSON.readTree(carrier.requests().getLast().body());
        assertThat(call.path("machine_detection").asString()).isEqualTo("hangup");
        assertThat(call.at("/event_url/0").asString()).startsWith("https://mfa.example.org/receipts/vonage/");
        assertThat(call.at("/ncco/0/text").asString()).startsWith("<speak>").contains("press 1");
        assertThat(call.at("/ncco/1/eventUrl/0").asString()).contains("?say=").doesNotContain("1.2.3");
    }
}
