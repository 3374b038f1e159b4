package io.ringcode.delivery.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.Price;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InfobipContractTest extends CarrierContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String URL = "https://mfa.example.org/receipts/infobip/token";

    @Override
    protected String name() {
        return "infobip";
    }

    @Override
    protected void configure() {
        node.account(
                "infobip",
                Map.of(
                        "host", "ab12cd.api.infobip.com",
                        "api_key", "the-key",
                        "default_from", "Ringcode",
                        "voice_from", "441134960000"));
    }

    private static JsonNode message(CarrierRequest request) {
        return JSON.readTree(request.body()).path("messages").path(0);
    }

    @Override
    protected String said(CarrierRequest request) {
        var message = message(request);
        return message.path("text")
                .asString(message.path("content").path("text").asString(""));
    }

    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) {
        return channel == Channel.SMS
                ? VendorDocument.of("infobip-sms.openapi.json").problems("~1sms~13~1messages/post", request)
                : VendorDocument.of("infobip-voice.openapi.json").problems("~1tts~13~1advanced/post", request);
    }

    private static CarrierReply answer(int group, int status, String id) {
        return CarrierReply.json(200, """
                {"messages":[{"messageId":"%s","to":"14155550123","status":{"groupId":%d,"id":%d,"name":"X"}}]}""".formatted(id, group, status));
    }

    @Override
    protected CarrierReply accepts(String vendorId) {
        return answer(1, 26, vendorId);
    }

    @Override
    protected CarrierReply acceptsWithoutId() {
        return CarrierReply.json(200, "{\"messages\":[{\"status\":{\"groupId\":1,\"id\":26}}]}");
    }

    @Override
    protected Map<CarrierReply, Refused> refusals() {
        return Map.of(
                answer(5, 51, "x"), new Refused("51", FailureCause.NUMBER),
                answer(5, 10, "x"), new Refused("10", FailureCause.OPT_OUT),
                answer(5, 6, "x"), new Refused("6", FailureCause.VENDOR),
                answer(5, 12, "x"), new Refused("12", FailureCause.ACCOUNT),
                answer(2, 9999, "x"), new Refused("9999", FailureCause.VENDOR),
                CarrierReply.json(401, "{\"errorCode\":\"E401\"}"), new Refused("E401", FailureCause.ACCOUNT),
                CarrierReply.json(400, "{\"requestError\":{\"serviceException\":{\"messageId\":\"BAD_REQUEST\"}}}"),
                        new Refused("BAD_REQUEST", FailureCause.REQUEST));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 100})
    void some_rejections_pass(int status) {
        carrier.next(answer(5, status, "x"));
        assertThat(ask(Channel.SMS)).isEqualTo(new Unavailable(Integer.toString(status), null));
    }

    @Test
    void our_own_id_makes_a_repetition_harmless() {
        carrier.next(answer(5, 23, ""));
        var result = ask(Channel.SMS);
        var request = carrier.requests().getLast();
        var id = message(request).path("destinations").path(0).path("messageId").asString();
        assertThat(result).isEqualTo(new Accepted(id));
        assertThat(request.headers()).containsEntry("authorization", "App the-key");
    }

    @Test
    void a_call_listens_for_a_key_and_hangs_up_on_machines() {
        carrier.next(accepts("id-1"));
        ask(Channel.VOICE);
        var call = message(carrier.requests().getLast());
        assertThat(call.path("repeatDtmf").asString()).isEqualTo("1");
        assertThat(call.path("machineDetection").asString()).isEqualTo("hangup");
        assertThat(call.path("notifyUrl").asString()).startsWith("https://mfa.example.org/receipts/infobip/");
        assertThat(call.path("text").asString()).endsWith("press 1.");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, DELIVERED, ,",
        "1, 0, SENT, ,",
        "2, 1, UNDELIVERED, 1, NUMBER",
        "2, 27, UNDELIVERED, 27,",
        "4, 27, UNDELIVERED, 27,",
        "5, 2052, FAILED, 2052, OPT_OUT",
        "2, 10201, UNDELIVERED, 10201,",
    })
    void what_became_of_a_message(int group, int error, State state, String code, FailureCause fault)
            throws IOException {
        var report = """
                {"results":[{"messageId":"m1","to":"14155550123","status":{"groupId":%d,"id":5},
                  "error":{"id":%d},"messageCount":2,"price":{"pricePerMessage":0.01,"currency":"EUR"}}]}""".formatted(group, error);
        var price = new Price(new BigDecimal("0.02"), "EUR");
        assertThat(read(call(URL, Map.of(), report)))
                .isEqualTo(Genuine.unsigned(
                        List.of(Receipt.of("m1", state, code, fault).costing(price))));
    }

    @Test
    void a_machine_that_heard_it_does_not_count() throws IOException {
        var report = """
                {"results":[{"messageId":"m1","status":{"groupId":3},"voiceCall":{"answeredBy":"MACHINE"}}]}""";
        assertThat(read(call(URL, Map.of(), report)))
                .isEqualTo(Genuine.unsigned(List.of(Receipt.of("m1", State.UNDELIVERED, "machine", null))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"results\":7}", "{\"results\":[{}]}", "{\"results\":[{\"messageId\":\"m\"}]}"})
    void what_is_no_report_is_unreadable(String body) throws IOException {
        assertThat(read(call(URL, Map.of(), body))).isInstanceOf(Unreadable.class);
    }
}
