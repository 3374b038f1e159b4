package io.ringcode.delivery.mitto;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MittoContractTest extends CarrierContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String URL = "https://mfa.example.org/receipts/mitto/token";

    @Override
    protected String name() {
        return "mitto";
    }

    @Override
    protected void configure() {
        node.account("mitto", Map.of("api_key", "the-key", "default_from", "Ringcode"));
    }

    @Override
    protected List<Channel> channels() {
        return List.of(Channel.SMS);
    }

    @Override
    protected String said(CarrierRequest request) {
        return JSON.readTree(request.body()).path("text").asString();
    }

    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) {
        return VendorDocument.of("mitto.openapi.json").problems("~1sms/post", request);
    }

    private static CarrierReply code(int http, int code, String id) {
        return CarrierReply.json(
                http, "{\"id\":\"%s\",\"responseCode\":%d,\"responseText\":\"x\"}".formatted(id, code));
    }

    @Override
    protected CarrierReply accepts(String vendorId) {
        return code(200, 0, vendorId);
    }

    @Override
    protected CarrierReply acceptsWithoutId() {
        return CarrierReply.json(200, "{\"responseCode\":0,\"test\":true}");
    }

    @Override
    protected Map<CarrierReply, Refused> refusals() {
        return Map.of(
                code(200, 8, ""), new Refused("8", FailureCause.NUMBER),
                code(200, 6, ""), new Refused("6", FailureCause.VENDOR),
                code(200, 4, ""), new Refused("4", FailureCause.REQUEST),
                code(200, 77, ""), new Refused("77", FailureCause.VENDOR),
                CarrierReply.json(401, "{}"), new Refused("http_401", FailureCause.ACCOUNT),
                CarrierReply.json(403, "<html>"), new Refused("http_403", FailureCause.VENDOR));
    }

    @Test
    void their_own_trouble_passes() {
        carrier.next(code(200, 1, ""));
        assertThat(ask(Channel.SMS)).isEqualTo(new Unavailable("1", null));
        assertThat(carrier.requests().getLast().headers()).containsEntry("x-mitto-api-key", "the-key");
    }

    @ParameterizedTest
    @CsvSource({"Delivered, DELIVERED", "DELIVRD, DELIVERED", "expired, UNDELIVERED", "rejected, FAILED", "sent, SENT"})
    void what_became_of_a_message_in_each_form_it_may_come(String status, State state) throws IOException {
        var expected = Genuine.unsigned(List.of(Receipt.of("m1", state)));
        assertThat(read(call(URL + "?id=m1&status=" + status, Map.of(), ""))).isEqualTo(expected);
        assertThat(read(call(URL, Map.of(), "messageId=m1&status=" + status))).isEqualTo(expected);
        assertThat(read(call(URL, Map.of(), "{\"id\":\"m1\",\"messageStatus\":\"" + status + "\"}")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?id=m1", "?status=delivered", "?id=m1&status=somewhere"})
    void what_is_not_understood_says_so(String query) throws IOException {
        assertThat(read(call(URL + query, Map.of(), ""))).isInstanceOf(Unreadable.class);
    }
}
