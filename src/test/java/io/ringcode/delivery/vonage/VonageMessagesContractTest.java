package io.ringcode.delivery.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.phone.Channel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VonageMessagesContractTest extends VonageContractTest {
    @Override
    protected void configure() {
        node.account("vonage", VonageKeys.account("messages"));
    }

    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) {
        return channel == Channel.SMS
                ? VendorDocument.of("vonage-messages.openapi.json").problems("~1v1~1messages/post", request)
                : super.problems(channel, request);
    }

    private static CarrierReply error(int status, int code) {
        return CarrierReply.json(status, """
                {"type":"https://developer.vonage.com/api-errors/messages#%d","title":"x","detail":"x","instance":"x"}""".formatted(code));
    }

    @Override
    protected Map<CarrierReply, Refused> refusals(Channel channel) {
        if (channel == Channel.VOICE) return refusals();
        return Map.of(
                error(422, 1170), new Refused("1170", FailureCause.NUMBER),
                error(422, 1240), new Refused("1240", FailureCause.OPT_OUT),
                error(422, 1120), new Refused("1120", FailureCause.VENDOR),
                error(402, 1070), new Refused("1070", FailureCause.ACCOUNT),
                error(401, 0), new Refused("http_401", FailureCause.ACCOUNT),
                error(422, 1150), new Refused("1150", FailureCause.REQUEST),
                error(422, 9999), new Refused("9999", FailureCause.VENDOR));
    }

    @ParameterizedTest
    @Override
    @ValueSource(strings = {"1330", "1241"})
    void some_statuses_pass(String code) {
        carrier.next(error(422, Integer.parseInt(code)));
        assertThat(ask(Channel.SMS)).isEqualTo(new Unavailable(code, null));
    }

    @Test
    void without_an_application_key_and_secret_do() {
        node.change(
                "vonage",
                Change.of(Map.of("application_id", new FieldChange.Remove(), "private_key", new FieldChange.Remove())));
        try {
            carrier.next(accepts("x"));
            ask(Channel.SMS);
            assertThat(carrier.requests().getLast().headers())
                    .containsEntry("authorization", "Basic YWJjZDEyMzQ6dGhlLXNlY3JldA==");
        } finally {
            configure();
        }
    }

    @Test
    void the_check_itself_sees_a_misspelt_field() {
        var headers = Map.of("content-type", "application/json");
        var body = """
                {"message_type":"text","channel":"sms","to":"14155550123","from":"x","text":"x","clientref":"x"}""";
        var misspelt = new CarrierRequest("POST", "/v1/messages", headers, body);
        assertThat(problems(Channel.SMS, misspelt)).isNotEmpty();
        var right = new CarrierRequest("POST", "/v1/messages", headers, body.replace("clientref", "client_ref"));
        assertThat(problems(Channel.SMS, right)).isEmpty();
    }
}
