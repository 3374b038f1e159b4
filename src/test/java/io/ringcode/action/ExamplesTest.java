package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierReply.Answer;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.FakeCarrier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each hook in examples/hooks sends what its vendor describes, and understands a refusal and a busy vendor. */
class ExamplesTest {
    private static final String TEXT = "Ihr Code für Käse & Co: 123456";
    private static final String SPOKEN = "Hello, <you>: 1.2.3.4.5.6";

    private final Ringcode server = Ringcode.shared();
    private final FakeCarrier vendor = server.carrier();
    private final TestTenant tenant = server.tenant();
    private final Scripts scripts = Scripts.of(tenant);

    /** Runs an example once. */
    private Execution run(
            String example, Map<String, String> secrets, String type, String language, @Nullable CarrierReply reply)
            throws Exception {
        var code = Files.readString(Path.of("examples/hooks", example, "hook.js"));
        var all = new HashMap<>(secrets);
        all.replaceAll((_, value) -> value.replace("VENDOR", vendor.baseUrl().toString()));
        var hook = scripts.hook(code, all);
        var context = tools.jackson.databind.json.JsonMapper.shared().createObjectNode();
        context.put("message_type", type).put("language", language).put("code", "123456");
        if (reply != null) vendor.next(reply);
        return server.bean(Executions.class)
                .tryHook(tenant.id(), hook.script().id(), "+14155550123", type.equals("sms") ? TEXT : SPOKEN, context)
                .orElseThrow();
    }

    private CarrierRequest sent(
            String example, Map<String, String> secrets, String type, String language, CarrierReply reply)
            throws Exception {
        var ran = run(example, secrets, type, language, reply);
        assertThat(ran.result() + ": " + ran.error()).isEqualTo("SENT: null");
        return vendor.requests().getLast();
    }

    private String refused(String example, Map<String, String> secrets, CarrierReply reply) throws Exception {
        var ran = run(example, secrets, "sms", "en", reply);
        assertThat(ran.result()).isEqualTo(Execution.Result.FAILED);
        return String.valueOf(ran.error());
    }

    /** What delivery does with it: whether it will be tried again. */
    private boolean isTriedAgain(String example, Map<String, String> secrets, CarrierReply reply) throws Exception {
        run(example, secrets, "sms", "en", new Answer(500, Map.of(), ""));
        vendor.next(reply);
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        return scripts.message().startsWith("queued: ");
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static Answer xml(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "text/xml"), body);
    }

    @Test
    void twilio() throws Exception {
        var document = new VendorDocument("twilio.openapi.json");
        var sid = "AC" + "0".repeat(32);
        var secrets = Map.of(
                "TWILIO_ACCOUNT_SID", sid,
                "TWILIO_AUTH_TOKEN", "the-auth-token",
                "TWILIO_PHONE_NUMBER", "+12025550100",
                "TWILIO_BASE_URL", "VENDOR");
        var sms = sent("twilio", secrets, "sms", "de", CarrierReply.json(201, "{\"sid\":\"SM1\"}"));
        assertThat(sms.path()).isEqualTo("/2010-04-01/Accounts/" + sid + "/Messages.json");
        assertThat(sms.headers().get("authorization")).isEqualTo(basic(sid, "the-auth-token"));
        assertThat(sms.field("Body")).isEqualTo(TEXT);
        var call = sent("twilio", secrets, "voice", "de-DE", CarrierReply.json(201, "{\"sid\":\"CA1\"}"));
        assertThat(call.path()).endsWith("/Calls.json");
        assertThat(call.field("Twiml"))
                .contains("<Say language=\"de-DE\">Hello, &#60;you&#62;: 1, 2, 3, 4, 5, 6</Say>");
        assertThat(refused("twilio", secrets, CarrierReply.twilioError(400, 21211)))
                .startsWith("Twilio 21211: As scripted");
        assertThat(isTriedAgain("twilio", secrets, CarrierReply.tooManyRequests("2")))
                .isTrue();
        document.describesForm("/2010-04-01/Accounts/{AccountSid}/Messages.json", sms);
        document.describesForm("/2010-04-01/Accounts/{AccountSid}/Calls.json", call);
    }

    @Test
    void amazon_sns() throws Exception {
        var secrets = Map.of(
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "the-secret-access-key",
                "AWS_REGION", "eu-central-1",
                "AWS_SNS_BASE_URL", "VENDOR");
        var sms = sent(
                "amazon-sns",
                secrets,
                "sms",
                "de",
                xml(200, "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"));
        assertThat(sms.field("PhoneNumber")).isEqualTo("+14155550123");
        assertThat(sms.field("Message")).isEqualTo(TEXT);
        assertThat(sms.headers().get("authorization")).isEqualTo(signature(sms, "the-secret-access-key"));
        var error = "<ErrorResponse><Error><Code>%s</Code><Message>As scripted</Message></Error></ErrorResponse>";
        assertThat(refused("amazon-sns", secrets, xml(400, error.formatted("InvalidParameter"))))
                .startsWith("Amazon SNS InvalidParameter: As scripted");
        assertThat(run("amazon-sns", secrets, "voice", "en", null).error()).startsWith("Amazon SNS makes no calls");
        assertThat(isTriedAgain("amazon-sns", secrets, xml(400, error.formatted("Throttling"))))
                .isTrue();
        new VendorDocument("aws-sns.openapi.json").describesForm("/", sms);
    }

    /** Signature Version 4, computed once more from what arrived. */
    private static String signature(CarrierRequest request, String secret) throws GeneralSecurityException {
        var time = Objects.requireNonNull(request.headers().get("x-amz-date"));
        var scope = time.substring(0, 8) + "/eu-central-1/sns/aws4_request";
        var canonical = "POST\n/\n\ncontent-type:" + request.headers().get("content-type") + "\nhost:"
                + request.headers().get("host") + "\nx-amz-date:" + time + "\n\ncontent-type;host;x-amz-date\n"
                + hash(request.body());
        var key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/", -1)) key = hmac(key, part);
        var signature = hmac(key, "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hash(canonical));
        return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + scope
                + ", SignedHeaders=content-type;host;x-amz-date, Signature="
                + HexFormat.of().formatHex(signature);
    }

    private static String hash(String text) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void infobip() throws Exception {
        var secrets = Map.of(
                "INFOBIP_BASE_URL", "VENDOR/", "INFOBIP_API_KEY", "the-api-key", "INFOBIP_SENDER", "441134960000");
        var taken = "{\"messages\":[{\"messageId\":\"1\",\"status\":{\"groupId\":1,\"id\":26}}]}";
        var sms = sent("infobip", secrets, "sms", "de", CarrierReply.json(200, taken));
        assertThat(sms.path()).isEqualTo("/sms/3/messages");
        assertThat(sms.headers().get("authorization")).isEqualTo("App the-api-key");
        var call = sent("infobip", secrets, "voice", "de-DE", CarrierReply.json(200, taken));
        assertThat(call.path()).isEqualTo("/tts/3/single");
        assertThat(call.body()).contains("1, 2, 3, 4, 5, 6", "\"language\":\"de\"");
        var rejected = "{\"messages\":[{\"status\":{\"groupId\":5,\"id\":12,\"description\":\"No credit\"}}]}";
        assertThat(refused("infobip", secrets, CarrierReply.json(200, rejected)))
                .startsWith("Infobip 12: No credit");
        assertThat(isTriedAgain("infobip", secrets, CarrierReply.json(503, "{}")))
                .isTrue();
        new VendorDocument("infobip-sms.openapi.json").describesJson("/sms/3/messages", sms);
        new VendorDocument("infobip-voice.openapi.json").describesJson("/tts/3/single", call);
    }

    @Test
    void telesign() throws Exception {
        var document = new VendorDocument("telesign.openapi.json");
        var secrets = Map.of(
                "TELESIGN_CUSTOMER_ID", "customer", "TELESIGN_API_KEY", "the-api-key", "TELESIGN_BASE_URL", "VENDOR");
        var sms = sent("telesign", secrets, "sms", "de", told(201, 290));
        assertThat(sms.path()).isEqualTo("/v1/messaging");
        assertThat(sms.headers().get("authorization")).isEqualTo(basic("customer", "the-api-key"));
        var call = sent("telesign", secrets, "voice", "de", told(200, 103));
        assertThat(call.path()).isEqualTo("/v1/voice");
        assertThat(call.field("voice")).isEqualTo("f-de-DE");
        assertThat(sent("telesign", secrets, "voice", "tr", told(200, 103)).field("voice"))
                .isEqualTo("f-en-US");
        assertThat(refused("telesign", secrets, told(401, 10033))).startsWith("TeleSign 10033: As scripted");
        assertThat(isTriedAgain("telesign", secrets, told(429, 10019))).isTrue();
        document.describesForm("/v1/messaging", sms);
        document.describesForm("/v1/voice", call);
    }

    private static CarrierReply told(int status, int code) {
        return CarrierReply.json(
                status,
                "{\"reference_id\":\"1\",\"status\":{\"code\":%d,\"description\":\"As scripted\"}}".formatted(code));
    }

    @Test
    void vonage() throws Exception {
        var secrets = Map.of(
                "VONAGE_API_KEY", "abcd1234",
                "VONAGE_API_SECRET", "the-api-secret",
                "VONAGE_FROM_NUMBER", "Ringcode",
                "VONAGE_BASE_URL", "VENDOR");
        var taken = "{\"messages\":[{\"status\":\"0\",\"message-id\":\"1\"}]}";
        var sms = sent("vonage", secrets, "sms", "de", CarrierReply.json(200, taken));
        assertThat(sms.path()).isEqualTo("/sms/json");
        assertThat(sms.field("to")).isEqualTo("14155550123");
        assertThat(sms.field("type")).isEqualTo("unicode");
        var refusal = "{\"messages\":[{\"status\":\"%s\",\"error-text\":\"As scripted\"}]}";
        assertThat(refused("vonage", secrets, CarrierReply.json(200, refusal.formatted("9"))))
                .startsWith("Vonage 9: As scripted");
        assertThat(run("vonage", secrets, "voice", "en", null).error())
                .startsWith("The SMS API of Vonage makes no calls");
        assertThat(isTriedAgain("vonage", secrets, CarrierReply.json(200, refusal.formatted("1"))))
                .isTrue();
        new VendorDocument("vonage-sms.openapi.json").describesForm("/{format}", sms);
    }

    @Test
    void esendex() throws Exception {
        var document = new VendorDocument("esendex-messagedispatcher.xsd");
        var secrets = Map.of(
                "ESENDEX_ACCOUNT", "EX0000000",
                "ESENDEX_USERNAME", "user@example.com",
                "ESENDEX_PASSWORD", "the-password",
                "ESENDEX_BASE_URL", "VENDOR");
        var taken = xml(200, "<messageheaders batchid=\"b\"><messageheader uri=\"u\" id=\"1\"/></messageheaders>");
        var sms = sent("esendex", secrets, "sms", "de", taken);
        assertThat(sms.path()).isEqualTo("/v1.0/messagedispatcher");
        assertThat(sms.headers().get("authorization")).isEqualTo(basic("user@example.com", "the-password"));
        assertThat(sms.body()).contains("K\u00e4se &#38; Co").contains("<characterset>Auto</characterset>");
        var call = sent("esendex", secrets, "voice", "de", taken);
        assertThat(call.body()).contains("<lang>de-DE</lang>", "&#60;you&#62;: 1, 2, 3, 4, 5, 6");
        assertThat(refused("esendex", secrets, xml(402, ""))).contains("402");
        assertThat(isTriedAgain("esendex", secrets, xml(503, ""))).isTrue();
        document.describesXml(sms);
        document.describesXml(call);
    }

    @Test
    void mitto() throws Exception {
        var secrets = Map.of("MITTO_API_KEY", "the-api-key", "MITTO_FROM", "Ringcode", "MITTO_BASE_URL", "VENDOR");
        var taken = "{\"responseCode\":0,\"id\":\"1\"}";
        var sms = sent("mitto", secrets, "sms", "de", CarrierReply.json(200, taken));
        assertThat(sms.path()).isEqualTo("/sms");
        assertThat(sms.headers().get("x-mitto-api-key")).isEqualTo("the-api-key");
        assertThat(sms.body()).contains("\"type\":\"Unicode\"");
        var refusal = "{\"responseCode\":%d,\"responseText\":\"As scripted\"}";
        assertThat(refused("mitto", secrets, CarrierReply.json(200, refusal.formatted(8))))
                .startsWith("Mitto 8: As scripted");
        assertThat(run("mitto", secrets, "voice", "en", null).error())
                .startsWith("The SMS API of Mitto makes no calls");
        assertThat(isTriedAgain("mitto", secrets, CarrierReply.json(200, refusal.formatted(1))))
                .isTrue();
        new VendorDocument("mitto.openapi.json").describesJson("/sms", sms);
    }

    @Test
    void every_example_has_a_read_me_that_names_each_secret_it_reads() throws IOException {
        try (var examples = Files.list(Path.of("examples/hooks"))) {
            for (var example : examples.toList()) {
                var readMe = Files.readString(example.resolve("README.md"));
                var read = java.util.regex.Pattern.compile("secrets\\.([A-Z_]+)")
                        .matcher(Files.readString(example.resolve("hook.js")));
                while (read.find())
                    if (!read.group(1).endsWith("_BASE_URL")) assertThat(readMe).contains(read.group(1));
            }
        }
    }
}
