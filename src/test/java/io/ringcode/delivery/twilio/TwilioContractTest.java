package io.ringcode.delivery.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.DeliveryNode;
import io.ringcode.delivery.Fault;
import io.ringcode.delivery.SendResult.Refused;
import io.ringcode.delivery.SendResult.Unavailable;
import io.ringcode.phone.Channel;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioContractTest extends CarrierContract {
    @Override
    protected String name() {
        return "twilio";
    }

    @Override
    protected void configure() {
        node.useTwilio();
    }

    @Override
    protected CarrierReply accepts(String vendorId) {
        return CarrierReply.json(201, "{\"sid\":\"" + vendorId + "\",\"status\":\"queued\"}");
    }

    @Override
    protected CarrierReply acceptsWithoutId() {
        return CarrierReply.json(200, "{\"status\":\"queued\"}");
    }

    @Override
    protected Map<CarrierReply, Refused> refusals() {
        return Map.of(
                CarrierReply.twilioError(400, 21211), new Refused("21211", Fault.NUMBER),
                CarrierReply.twilioError(400, 21610), new Refused("21610", Fault.OPT_OUT),
                CarrierReply.twilioError(400, 21408), new Refused("21408", Fault.VENDOR),
                CarrierReply.twilioError(400, 21608), new Refused("21608", Fault.ACCOUNT),
                CarrierReply.twilioError(401, 20003), new Refused("20003", Fault.ACCOUNT),
                CarrierReply.twilioError(400, 21602), new Refused("21602", Fault.REQUEST),
                CarrierReply.twilioError(400, 99999), new Refused("99999", Fault.VENDOR),
                CarrierReply.json(403, "<html>"), new Refused("http_403", Fault.VENDOR));
    }

    @ParameterizedTest
    @ValueSource(ints = {21611, 14107, 10004, 20429})
    void some_of_their_400s_pass_too(int code) {
        carrier.next(CarrierReply.twilioError(400, code));
        assertThat(ask(Channel.SMS)).isEqualTo(new Unavailable(Integer.toString(code), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Messages", "Calls"})
    void the_account_is_in_path_and_password(String resource) {
        ask(resource.equals("Calls") ? Channel.VOICE : Channel.SMS);
        var request = carrier.requests().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/2010-04-01/Accounts/" + DeliveryNode.SID + "/" + resource + ".json");
        assertThat(request.headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .containsEntry(
                        "authorization",
                        "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTphLXRva2Vu"); // SID:a-token
    }
}
