package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.account.AccountValues;
import io.ringcode.delivery.carrier.CredentialCheckResult;
import io.ringcode.delivery.carrier.CredentialCheckResult.Bad;
import io.ringcode.delivery.carrier.CredentialCheckResult.Good;
import io.ringcode.delivery.carrier.CredentialCheckResult.Unclear;
import io.ringcode.delivery.carrier.SetupCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What each carrier is asked about credentials before they are saved, and what is made of its answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ACCOUNTS = "<accounts xmlns=\"http://api.esendex.com/ns/\"><account><reference>EX1"
            + "</reference></account><account><reference>%s</reference></account></accounts>";

    private final FakeCarrier vendor = new FakeCarrier();
    private final DeliveryNode node = new DeliveryNode(
            TestDatabase.freshDatabase(),
            vendor.baseUrl(),
            new TestClock(),
            Map.of("ringcode.delivery.carrier-timeout", "500ms", "ringcode.delivery.connect-timeout", "500ms"));

    @AfterAll
    void close() {
        node.close();
        vendor.close();
    }

    /**
     * @param asked the one request, as {@code METHOD path}
     * @param knows how it answers whom it knows
     * @param stranger how it answers whom it does not
     */
    record Vendor(String name, Map<String, String> account, String asked, CarrierReply knows, CarrierReply stranger) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static CarrierReply status(int status, String body) {
        return CarrierReply.json(status, body);
    }

    private static CarrierReply sns(String code) {
        return status(403, "<ErrorResponse><Error><Code>" + code + "</Code></Error></ErrorResponse>");
    }

    private static CarrierReply sms(String type) {
        return status(400, "{\"__type\":\"com.amazonaws.x#" + type + "\"}");
    }

    private static final Map<String, String> KEYS = EveryAccount.with("sns");
    private static final Map<String, String> INFOBIP = EveryAccount.with("infobip");
    private static final Map<String, String> TELESIGN = EveryAccount.with("telesign");
    private static final Map<String, String> VONAGE =
            Map.of("api_key", "abcd1234", "api_secret", "the-secret", "default_from", "Ringcode");
    private static final Map<String, String> ESENDEX = EveryAccount.with("esendex");
    private static final Map<String, String> MITTO = EveryAccount.with("mitto");

    static Stream<Vendor> vendors() {
        var refused = status(401, "{}");
        return Stream.of(
                new Vendor(
                        "twilio",
                        EveryAccount.with("twilio"),
                        "GET /2010-04-01/Accounts/AC1.json",
                        status(200, "{}"),
                        CarrierReply.twilioError(401, 20003)),
                new Vendor(
                        "sns", KEYS, "POST /", status(200, "<GetSMSAttributesResponse/>"), sns("InvalidClientTokenId")),
                new Vendor("aws-sms-voice", KEYS, "POST /", status(200, "{}"), sms("UnrecognizedClientException")),
                new Vendor("infobip", INFOBIP, "POST /sms/1/preview", status(200, "{}"), refused),
                new Vendor(
                        "telesign",
                        TELESIGN,
                        "GET /v1/messaging/[0-9A-F]{32}",
                        status(404, "{\"status\":{\"code\":10017}}"),
                        status(401, "{\"status\":{\"code\":10012}}")),
                new Vendor("vonage", VONAGE, "GET /account/get-balance", status(200, "{\"value\":1}"), refused),
                new Vendor(
                        "esendex",
                        ESENDEX,
                        "GET /v1.0/accounts",
                        status(200, ACCOUNTS.formatted("EX0000002")),
                        refused),
                new Vendor("mitto", MITTO, "POST /sms", status(200, "{\"responseCode\":8}"), refused));
    }

    private CredentialCheckResult ask(String carrier, Map<String, String> account, CarrierReply... answers) {
        vendor.next(answers);
        return node.bean(SetupCheck.class).check(carrier, new AccountValues(account));
    }

    private CarrierRequest asked() {
        return vendor.requests().getLast();
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void whoever_is_known_is_asked_about_once(Vendor carrier) {
        var before = vendor.count();
        assertThat(ask(carrier.name(), carrier.account(), carrier.knows())).isEqualTo(new Good());
        assertThat(vendor.count()).isEqualTo(before + 1);
        assertThat(asked().method() + " " + asked().path()).matches(carrier.asked());
        if (!carrier.name().equals("infobip"))
            assertThat(asked().headers().keySet()).containsAnyOf("authorization", "x-mitto-api-key");
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void a_stranger_is_told_what_to_do_and_no_secret(Vendor carrier) {
        assertThat(ask(carrier.name(), carrier.account(), carrier.stranger()))
                .isInstanceOfSatisfying(
                        Bad.class,
                        bad -> assertThat(bad.reason()).contains(": ").doesNotContain("the-", "wJalr", "dGhl"));
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void a_carrier_in_trouble_says_nothing_of_credentials(Vendor carrier) {
        for (var trouble : List.of(
                status(500, "{}"),
                status(503, "<html>"),
                status(429, "{}"),
                new CarrierReply.Reset(),
                new CarrierReply.Hang(),
                new CarrierReply.Flood())) {
            vendor.usually(trouble);
            assertThat(ask(carrier.name(), carrier.account()))
                    .as(trouble.toString())
                    .isInstanceOf(Unclear.class);
        }
    }

    @Test
    void twilios_test_credentials_send_nothing() {
        assertThat(ask("twilio", EveryAccount.with("twilio"), CarrierReply.twilioError(403, 20008)))
                .isInstanceOf(Bad.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SignatureDoesNotMatch, Bad",
        "ExpiredToken, Bad",
        "OptInRequired, Bad",
        "AuthorizationError, Unclear",
        "AccessDenied, Unclear",
        "Throttling, Unclear",
    })
    void amazons_keys_need_not_be_able_to_read(String code, String verdict) {
        assertThat(ask("sns", KEYS, sns(code)).getClass().getSimpleName()).isEqualTo(verdict);
        assertThat(ask("aws-sms-voice", KEYS, sms(code)).getClass().getSimpleName())
                .isEqualTo(verdict);
    }

    @Test
    void amazon_tells_a_key_that_may_not_from_one_that_is_none() {
        for (var verdict :
                List.of(ask("sns", KEYS, sns("AccessDenied")), ask("aws-sms-voice", KEYS, sms("AccessDenied"))))
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Unclear.class,
                            unclear -> assertThat(unclear.reason()).startsWith("the access key is genuine"));
    }

    @Test
    void amazon_is_asked_in_its_own_words() {
        ask("aws-sms-voice", KEYS, status(200, "{}"));
        assertThat(asked().headers())
                .containsEntry("x-amz-target", "PinpointSMSVoiceV2.DescribeAccountAttributes")
                .containsEntry("content-type", "application/x-amz-json-1.0");
        assertThat(asked().headers().get("authorization")).contains("/eu-central-1/sms-voice/aws4_request");
        ask("sns", KEYS, status(200, ""));
        assertThat(asked().headers().get("authorization")).contains("/eu-central-1/sns/aws4_request");
        assertThat(asked().field("Action")).isEqualTo("GetSMSAttributes");
        assertThat(VendorDocument.of("aws-sns.openapi.json").problems("~1/post", asked()))
                .isEmpty();
    }

    @Test
    void an_infobip_key_needs_the_scope_of_what_it_is_for() {
        var calls =
                Map.of("host", "ab12cd.api.infobip.com", "api_key", "the-key-of-infobip", "voice_from", "442071234567");
        assertThat(ask("infobip", INFOBIP, status(403, "{}"))).isInstanceOf(Bad.class);
        assertThat(asked().headers()).containsEntry("authorization", "App the-key-of-infobip");
        assertThat(JSON.readTree(asked().body()).propertyNames()).containsExactly("text");
        assertThat(ask("infobip", calls, status(403, "{}"))).isInstanceOf(Unclear.class);
    }

    @Test
    void a_wrong_clock_is_no_wrong_key() {
        assertThat(ask("telesign", TELESIGN, status(401, "{\"status\":{\"code\":10004}}")))
                .isInstanceOfSatisfying(
                        Unclear.class, unclear -> assertThat(unclear.reason()).contains("clock"));
    }

    @Test
    void vonages_application_is_asked_about_beside_the_secret() {
        var account = new HashMap<>(EveryAccount.with("vonage"));
        assertThat(ask("vonage", account, status(200, "{}"), status(404, "{}"))).isEqualTo(new Good());
        assertThat(asked().method() + " " + asked().path()).matches("GET /v1/calls/[0-9a-f-]{36}");
        assertThat(asked().headers().getOrDefault("authorization", "")).startsWith("Bearer ");
        assertThat(ask("vonage", account, status(200, "{}"), status(401, "{}"))).isInstanceOf(Bad.class);
        assertThat(ask("vonage", account, status(200, "{}"), status(500, "{}"))).isInstanceOf(Unclear.class);
        account.remove("voice_from");
        assertThat(ask("vonage", account, status(200, "{}"), status(401, "{}")))
                .as("an application that only writes")
                .isInstanceOf(Unclear.class);
        account.put("private_key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
        assertThat(ask("vonage", account, status(200, "{}"))).isInstanceOf(Bad.class);
        var signing = Map.of("api_key", "abcd1234", "signature_secret", "the-signature-secret");
        assertThat(ask("vonage", signing)).isInstanceOf(Unclear.class);
    }

    @Test
    void an_esendex_user_must_have_the_account() {
        assertThat(ask("esendex", ESENDEX, status(200, ACCOUNTS.formatted("EX3"))))
                .isInstanceOfSatisfying(
                        Bad.class, bad -> assertThat(bad.reason()).contains("EX0000002"));
        assertThat(ask("esendex", ESENDEX, status(403, ""))).isInstanceOf(Bad.class);
        assertThat(ask("esendex", ESENDEX, status(200, "<html/>"))).isInstanceOf(Unclear.class);
    }

    @Test
    void mitto_tests_a_message_that_nobody_gets() {
        assertThat(ask("mitto", MITTO, status(200, "{\"responseCode\":6}"))).isInstanceOf(Bad.class);
        var sent = JSON.readTree(asked().body());
        assertThat(sent.path("test").asBoolean()).isTrue();
        assertThat(sent.path("to").asString()).isEqualTo("+447700900000");
        assertThat(VendorDocument.of("mitto.openapi.json").problems("~1sms/post", asked()))
                .isEmpty();
    }

    @Test
    void an_endpoint_of_ones_own_is_not_asked() {
        var before = vendor.count();
        assertThat(ask("webhook", EveryAccount.with("webhook"))).isEqualTo(new Good());
        assertThat(vendor.count()).isEqualTo(before);
    }
}
