package io.ringcode.delivery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Stale;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AwsSmsVoiceContractTest extends CarrierContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String URL = "https://mfa.example.org/receipts/aws-sms-voice/token";
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:ringcode";
    private static final String HOST = "https://sns.eu-central-1.amazonaws.com";

    private int certificates = 0;

    @Override
    protected String name() {
        return "aws-sms-voice";
    }

    @Override
    protected void configure() {
        var account = new HashMap<>(SnsContractTest.KEYS);
        account.put("default_from", "Ringcode");
        account.put("voice_from", "+14155550100");
        account.put("configuration_set", "ringcode");
        account.put("topic_arn", TOPIC);
        node.account("aws-sms-voice", account);
    }

    @Override
    protected String said(CarrierRequest request) {
        return JSON.readTree(request.body()).path("MessageBody").asString();
    }

    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) {
        assertThat(request.headers()).containsEntry("content-type", "application/x-amz-json-1.0");
        assertThat(request.headers())
                .containsEntry(
                        "x-amz-target",
                        "PinpointSMSVoiceV2." + (channel == Channel.SMS ? "SendTextMessage" : "SendVoiceMessage"));
        assertThat(request.headers().getOrDefault("authorization", ""))
                .contains("/eu-central-1/sms-voice/aws4_request", "x-amz-target");
        return VendorDocument.of("aws-sms-voice-v2-" + (channel == Channel.SMS ? "text" : "voice") + ".openapi.json")
                .problems("~1/post", request);
    }

    @Override
    protected CarrierReply accepts(String vendorId) {
        return CarrierReply.json(200, "{\"MessageId\":\"" + vendorId + "\"}");
    }

    @Override
    protected CarrierReply acceptsWithoutId() {
        return CarrierReply.json(200, "{}");
    }

    private static CarrierReply error(String type, String reason, String field) {
        return CarrierReply.json(
                400,
                "{\"__type\":\"com.amazonaws.x#%s\",\"Message\":\"x\",\"Reason\":\"%s\",\"Fields\":[{\"Name\":\"%s\"}]}"
                        .formatted(type, reason, field));
    }

    @Override
    protected Map<CarrierReply, Refused> refusals() {
        return Map.of(
                error("ValidationException", "INVALID_PARAMETER", "DestinationPhoneNumber"),
                        new Refused("INVALID_PARAMETER", FailureCause.NUMBER),
                error("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT", ""),
                        new Refused("DESTINATION_PHONE_NUMBER_OPTED_OUT", FailureCause.OPT_OUT),
                error("ValidationException", "COUNTRY_NOT_ENABLED", "DestinationPhoneNumber"),
                        new Refused("COUNTRY_NOT_ENABLED", FailureCause.VENDOR),
                error("ServiceQuotaExceededException", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT", ""),
                        new Refused("MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT", FailureCause.ACCOUNT),
                error("AccessDeniedException", "ACCOUNT_DISABLED", ""),
                        new Refused("ACCOUNT_DISABLED", FailureCause.ACCOUNT),
                error("ValidationException", "FIELD_VALIDATION_FAILED", "MessageBody"),
                        new Refused("FIELD_VALIDATION_FAILED", FailureCause.REQUEST),
                error("NewException", "", ""), new Refused("NewException", FailureCause.VENDOR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "InternalServerException"})
    void some_errors_pass(String type) {
        carrier.next(error(type, "", ""));
        assertThat(ask(Channel.SMS)).isEqualTo(new Unavailable(type, null));
    }

    /** A message as SNS would sign it, changed afterwards; the first time its certificate is asked for. */
    private ReceiptCheck sns(String type, String event, Consumer<Map<String, String>> change) throws IOException {
        var authority = new SnsAuthority("sns.amazonaws.com", clock.instant());
        var message = new LinkedHashMap<String, String>();
        message.put("Type", type);
        message.put("MessageId", "n1");
        message.put("TopicArn", TOPIC);
        message.put("Message", event);
        message.put("Timestamp", clock.instant().toString());
        message.put("SignatureVersion", "2");
        message.put("SigningCertURL", HOST + "/cert-" + certificates++ + ".pem");
        if (!type.equals("Notification")) {
            message.put("Token", "t");
            message.put("SubscribeURL", HOST + "/?Action=ConfirmSubscription&Token=t");
        }
        message.put("Signature", authority.sign(SnsSignature.signed(JSON.valueToTree(message))));
        change.accept(message);
        carrier.usually(CarrierReply.json(200, authority.pem()));
        return read(call(URL, Map.of(), JSON.writeValueAsString(message)));
    }

    private static void unchanged(Map<String, String> message) {}

    @ParameterizedTest
    @CsvSource({
        "TEXT_DELIVERED, DELIVERED, ,",
        "TEXT_SUCCESSFUL, SENT_FINAL, ,",
        "VOICE_COMPLETED, DELIVERED, ,",
        "TEXT_INVALID, FAILED, TEXT_INVALID, NUMBER",
        "TEXT_CARRIER_BLOCKED, UNDELIVERED, TEXT_CARRIER_BLOCKED, VENDOR",
        "TEXT_UNREACHABLE, UNDELIVERED, TEXT_UNREACHABLE,",
        "VOICE_NO_ANSWER, UNDELIVERED, VOICE_NO_ANSWER,",
    })
    void what_became_of_a_message(String type, State state, String code, FailureCause fault) throws IOException {
        var event = "{\"eventType\":\"%s\",\"messageId\":\"m1\",\"isFinal\":true}".formatted(type);
        assertThat(sns("Notification", event, AwsSmsVoiceContractTest::unchanged))
                .isEqualTo(Genuine.signed(List.of(Receipt.of("m1", state, code, fault)))
                        .onceOnly("n1"));
    }

    @Test
    void an_event_that_says_nothing_new_changes_nothing() throws IOException {
        for (var event : List.of("{\"eventType\":\"TEXT_QUEUED\",\"messageId\":\"m1\"}", "{}", "no json"))
            assertThat(sns("Notification", event, AwsSmsVoiceContractTest::unchanged))
                    .isEqualTo(Genuine.signed(List.of()).onceOnly("n1"));
    }

    @ParameterizedTest
    @CsvSource({
        "Message, x",
        "Timestamp, 2030-01-01T00:00:01Z",
        "TopicArn, arn:aws:sns:eu-central-1:123456789012:other",
        "Signature, AAAA",
        "Signature, ???",
        "SigningCertURL, https://sns.eu-central-1.amazonaws.com.example.com/cert.pem",
        "SigningCertURL, https://sns.us-east-1.amazonaws.com/cert.pem",
        "SigningCertURL, http://sns.eu-central-1.amazonaws.com/cert.pem",
        "SigningCertURL, https://sns.eu-central-1.amazonaws.com/cert.txt",
        "SigningCertURL, https://x@sns.eu-central-1.amazonaws.com/cert.pem",
        "SigningCertURL, ''",
        "SignatureVersion, 1",
    })
    void whatever_is_changed_is_forged(String field, String value) throws IOException {
        var event = "{\"eventType\":\"TEXT_DELIVERED\",\"messageId\":\"m1\"}";
        assertThat(sns("Notification", event, message -> message.put(field, value)))
                .isInstanceOf(Forged.class);
    }

    @Test
    void a_certificate_of_somebody_else_does_not_count() throws Exception {
        var other = new SnsAuthority("sns.example.com", clock.instant());
        assertThat(sns("Notification", "{}", message -> {
                    message.put("Signature", "");
                    message.put("SigningCertURL", HOST + "/other.pem");
                    message.put("Signature", other.sign(SnsSignature.signed(JSON.valueToTree(message))));
                    carrier.next(CarrierReply.json(200, other.pem()));
                }))
                .isInstanceOf(Forged.class);
    }

    @Test
    void an_old_one_is_stale() throws IOException {
        assertThat(sns("Notification", "{}", message -> clock.advance(Duration.ofMinutes(61))))
                .isInstanceOf(Stale.class);
    }

    @Test
    void the_topics_question_is_answered_at_amazons_address_only() throws IOException {
        assertThat(sns("SubscriptionConfirmation", "x", AwsSmsVoiceContractTest::unchanged))
                .isEqualTo(Genuine.signed(List.of()));
        assertThat(carrier.requests().getLast().target()).isEqualTo("/?Action=ConfirmSubscription&Token=t");
    }
}
