package io.ringcode.delivery.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.DeliveryNode;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.phone.Channel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    protected String said(CarrierRequest request) {
        return request.field("Body") + said(request.field("Url"));
    }

    /** What Twilio would say if it asked us. */
    private String said(String url) {
        if (url.isEmpty()) return "";
        var form = "AccountSid=" + DeliveryNode.SID + "&CallSid=CA1&CallStatus=in-progress&AnsweredBy=human";
        var reading =
                node.bean(TwilioReceipts.class).read(DeliveryNode.TENANT, TwilioReceiptsTest.signed(url, form, clock));
        return ((Genuine) reading).reply().body();
    }

    @Override
    protected List<String> problems(Channel channel, CarrierRequest request) {
        var resource = channel == Channel.SMS ? "Messages" : "Calls";
        assertThat(request.path()).endsWith("/" + resource + ".json");
        return VendorDocument.of("twilio.openapi.json")
                .problems("~12010-04-01~1Accounts~1{AccountSid}~1" + resource + ".json/post", request);
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
                CarrierReply.twilioError(400, 21211), new Refused("21211", FailureCause.NUMBER),
                CarrierReply.twilioError(400, 21610), new Refused("21610", FailureCause.OPT_OUT),
                CarrierReply.twilioError(400, 21408), new Refused("21408", FailureCause.VENDOR),
                CarrierReply.twilioError(400, 21608), new Refused("21608", FailureCause.ACCOUNT),
                CarrierReply.twilioError(401, 20003), new Refused("20003", FailureCause.ACCOUNT),
                CarrierReply.twilioError(400, 21602), new Refused("21602", FailureCause.REQUEST),
                CarrierReply.twilioError(400, 99999), new Refused("99999", FailureCause.VENDOR),
                CarrierReply.json(403, "<html>"), new Refused("http_403", FailureCause.VENDOR));
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
        var request = carrier.requests().getLast();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/2010-04-01/Accounts/" + DeliveryNode.SID + "/" + resource + ".json");
        assertThat(request.headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .containsEntry(
                        "authorization",
                        "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTphLXRva2Vu"); // SID:a-token
    }

    @Test
    void an_sms_from_a_service() {
        node.change("twilio", Change.set(Map.of("mssid", "MG00000000000000000000000000000002")));
        carrier.next(accepts("id-1"));
        ask(Channel.SMS);
        assertThat(problems(Channel.SMS, carrier.requests().getLast())).isEmpty();
        assertThat(carrier.requests().getLast().form())
                .containsKey("MessagingServiceSid")
                .as("a sender would undo the service's choice")
                .doesNotContainKey("From");
        carrier.next(accepts("id-1"));
        ask(Channel.VOICE);
        assertThat(carrier.requests().getLast().form())
                .containsEntry("From", List.of("+12025550123"))
                .doesNotContainKey("MessagingServiceSid");
    }

    @Test
    void the_check_itself_sees_a_misspelt_field_and_a_missing_one() {
        var headers = Map.of("content-type", CarrierHttp.FORM);
        var misspelt = new CarrierRequest("POST", "/Messages.json", headers, "To=%2B14155550123&Boddy=x");
        assertThat(problems(Channel.SMS, misspelt)).isNotEmpty();
        var missing = new CarrierRequest("POST", "/Calls.json", headers, "To=%2B14155550123");
        assertThat(problems(Channel.VOICE, missing)).isNotEmpty();
    }
}
