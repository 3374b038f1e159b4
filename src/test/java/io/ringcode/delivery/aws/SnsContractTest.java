package io.ringcode.delivery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.phone.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnsContractTest extends CarrierContract {
    static final Map<String, String> KEYS = Map.of(
            "region", "eu-central-1",
            "access_key_id", "AKIAIOSFODNN7EXAMPLE",
            "secret_access_key", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    @Override
    protected String name() {
        return "sns";
    }

    @Override
    protected void configure() {
        node.account("sns", KEYS);
    }

    @Override
    protected List<Channel> channels() {
        return List.of(Channel.SMS);
    }

    @Override
    protected String said(CarrierRequest request) {
        return request.field("Message");
    }

    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) {
        return VendorDocument.of("aws-sns.openapi.json").problems("~1/post", request);
    }

    @Override
    protected CarrierReply accepts(String vendorId) {
        return CarrierReply.json(200, """
                <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>%s</MessageId>\
                </PublishResult></PublishResponse>""".formatted(vendorId));
    }

    @Override
    protected CarrierReply acceptsWithoutId() {
        return CarrierReply.json(200, "<PublishResponse/>");
    }

    private static CarrierReply error(int status, String code, String message) {
        return CarrierReply.json(status, """
                <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>%s</Code>\
                <Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>""".formatted(code, message));
    }

    @Override
    protected Map<CarrierReply, Refused> refusals() {
        return Map.of(
                error(400, "InvalidParameter", "Invalid parameter: PhoneNumber Reason: x"),
                        new Refused("InvalidParameter", FailureCause.NUMBER),
                error(400, "InvalidParameter", "Invalid parameter: Message too long"),
                        new Refused("InvalidParameter", FailureCause.REQUEST),
                error(403, "AuthorizationError", "x"), new Refused("AuthorizationError", FailureCause.ACCOUNT),
                error(403, "SignatureDoesNotMatch", "x"), new Refused("SignatureDoesNotMatch", FailureCause.ACCOUNT),
                error(400, "SomethingNew", "x"), new Refused("SomethingNew", FailureCause.VENDOR),
                CarrierReply.json(403, "<html>"), new Refused("http_403", FailureCause.VENDOR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Throttling", "Throttled"})
    void some_errors_pass(String code) {
        carrier.next(error(400, code, "x"));
        assertThat(ask(Channel.SMS)).isEqualTo(new Unavailable(code, null));
    }

    @Test
    void a_sender_and_a_number_go_along() {
        node.change("sns", Change.set(Map.of("sender_id", "Ringcode", "origination_number", "+14155550100")));
        carrier.next(accepts("x"));
        ask(Channel.SMS);
        var request = carrier.requests().getLast();
        assertThat(problems(Channel.SMS, request)).isEmpty();
        assertThat(request.form().values().toString())
                .contains("AWS.SNS.SMS.SenderID", "Ringcode", "AWS.MM.SMS.OriginationNumber", "Transactional");
    }

    private static AwsKeys keys(String vector, String region) {
        var values = VendorDocument.signature(vector);
        return new AwsKeys(
                region,
                values.path("accessKey").asString(),
                values.path("secretKey").asString());
    }

    @Test
    void the_second_opinion_agrees_with_amazons_test_suite() {
        var vanilla = "AWS SigV4, get-vanilla";
        var headers = Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z");
        assertThat(SigV4.authorization(keys(vanilla, "us-east-1"), "service", "GET", headers, ""))
                .isEqualTo(
                        VendorDocument.signature(vanilla).path("Authorization").asString());
        var publish = "AWS SigV4, SNS Publish";
        var more = Map.of(
                "content-type", "application/x-www-form-urlencoded; charset=utf-8",
                "host", "sns.eu-central-1.amazonaws.com",
                "x-amz-date", "20260101T000000Z");
        var body = VendorDocument.signature(publish).path("body").asString();
        assertThat(SigV4.authorization(keys(publish, "eu-central-1"), "sns", "POST", more, body))
                .isEqualTo(
                        VendorDocument.signature(publish).path("Authorization").asString());
    }

    @Test
    void what_arrives_is_signed_as_the_second_opinion_has_it() {
        carrier.next(accepts("x"));
        ask(Channel.SMS);
        var request = carrier.requests().getLast();
        var told = request.headers().getOrDefault("authorization", "");
        var signed = new HashMap<>(request.headers());
        signed.keySet().retainAll(SigV4.signedHeaders(told));
        assertThat(signed).containsKeys("host", "content-type", "x-amz-date");
        var keys = new AwsKeys("eu-central-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        assertThat(told).isEqualTo(SigV4.authorization(keys, "sns", "POST", signed, request.body()));
    }
}
