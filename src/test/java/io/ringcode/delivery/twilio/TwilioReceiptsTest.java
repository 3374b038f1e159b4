package io.ringcode.delivery.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.carrier.VendorDocument;
import io.ringcode.delivery.DeliveryNode;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.TestClock;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.phone.Channel;
import io.ringcode.secret.Macs;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwilioReceiptsTest {
    private static final String URL = "https://mfa.example.org/receipts/twilio/token";
    private static final String OURS = "AccountSid=" + DeliveryNode.SID;

    private final TestClock clock = new TestClock();
    private final FakeCarrier carrier = new FakeCarrier();
    private final DeliveryNode node = new DeliveryNode(TestDatabase.freshDatabase(), carrier.baseUrl(), clock);

    @BeforeAll
    void account() {
        node.useTwilio();
    }

    @AfterAll
    void close() {
        node.close();
        carrier.close();
    }

    private ReceiptCheck read(VendorCall call) {
        return node.bean(TwilioReceipts.class).read(DeliveryNode.TENANT, call);
    }

    /** As Twilio would call, by the rules that the vectors below prove. */
    static VendorCall signed(String url, String form, TestClock clock) {
        var plain = new VendorCall("POST", URI.create(url), Map.of(), form.getBytes(UTF_8), clock.instant());
        var data = new StringBuilder(url);
        new TreeMap<>(plain.form()).forEach((name, value) -> data.append(name).append(value));
        var mac = Macs.mac(
                "HmacSHA1", DeliveryNode.TOKEN.getBytes(UTF_8), data.toString().getBytes(UTF_8));
        var header = Map.of("x-twilio-signature", Base64.getEncoder().encodeToString(mac));
        return new VendorCall("POST", plain.url(), header, plain.body(), clock.instant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio webhook, form body", "twilio webhook, JSON body", "twilio webhook, message status"})
    void twilios_own_signatures_fit(String name) {
        var vector = VendorDocument.signature(name);
        var body = vector.path("body").asString("");
        if (body.isEmpty()) {
            var fields = new LinkedHashMap<String, String>();
            vector.path("params")
                    .properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asString()));
            body = CarrierHttp.form(fields);
        }
        var token = vector.path("authToken").asString();
        var url = vector.path("url").asString();
        var header =
                Map.of("x-twilio-signature", vector.path("X-Twilio-Signature").asString());
        assertThat(TwilioSignature.isOf(at(url, header, body), token)).isTrue();
        assertThat(TwilioSignature.isOf(at(url.replace(".com/", ".com:443/"), header, body), token))
                .as("with the port")
                .isTrue();
        assertThat(TwilioSignature.isOf(at(url, header, body + "1"), token)).isFalse();
        assertThat(TwilioSignature.isOf(at(url + "1", header, body), token)).isFalse();
        assertThat(TwilioSignature.isOf(at(url, header, body), token + "1")).isFalse();
        assertThat(TwilioSignature.isOf(at(url, Map.of(), body), token)).isFalse();
    }

    private VendorCall at(String url, Map<String, String> headers, String body) {
        return new VendorCall("POST", URI.create(url), headers, body.getBytes(UTF_8), clock.instant());
    }

    @ParameterizedTest
    @CsvSource({
        "sent, , SENT,",
        "delivered, , DELIVERED,",
        "read, , DELIVERED,",
        "undelivered, 30003, UNDELIVERED,",
        "undelivered, 30005, UNDELIVERED, NUMBER",
        "undelivered, 30004, UNDELIVERED, OPT_OUT",
        "undelivered, 30007, UNDELIVERED, VENDOR",
        "failed, 30002, FAILED, ACCOUNT",
        "failed, , FAILED,",
    })
    void what_became_of_an_sms(String status, String code, State state, FailureCause fault) {
        var error = code == null ? "" : "&ErrorCode=" + code;
        var call = signed(URL, OURS + "&MessageSid=SM1&MessageStatus=" + status + error, clock);
        assertThat(read(call)).isEqualTo(Genuine.signed(List.of(Receipt.of("SM1", state, code, fault))));
    }

    @ParameterizedTest
    @CsvSource({
        "in-progress, , SENT, ,",
        "completed, human, DELIVERED, ,",
        "completed, , DELIVERED, ,",
        "completed, machine_start, UNDELIVERED, machine_start,",
        "busy, , UNDELIVERED, busy,",
        "no-answer, , UNDELIVERED, no-answer,",
        "failed, , FAILED, failed, NUMBER",
    })
    void what_became_of_a_call(String status, String answeredBy, State state, String code, FailureCause fault) {
        var who = answeredBy == null ? "" : "&AnsweredBy=" + answeredBy;
        var call = signed(URL, OURS + "&CallSid=CA1&CallStatus=" + status + who, clock);
        assertThat(read(call)).isEqualTo(Genuine.signed(List.of(Receipt.of("CA1", state, code, fault))));
    }

    @Test
    void what_says_nothing_new_changes_nothing() {
        var call = signed(URL, OURS + "&MessageSid=SM1&MessageStatus=queued", clock);
        assertThat(read(call)).isEqualTo(Genuine.signed(List.of()));
    }

    @Test
    void what_is_not_twilios_or_not_ours_is_forged() {
        assertThat(read(at(URL, Map.of(), OURS + "&MessageSid=SM1&MessageStatus=delivered")))
                .isInstanceOf(Forged.class);
        assertThat(read(signed(URL, "AccountSid=ACelse&MessageSid=SM1&MessageStatus=delivered", clock)))
                .isInstanceOf(Forged.class);
        assertThat(read(signed(URL, OURS, clock))).isInstanceOf(Unreadable.class);
        assertThat(read(signed(URL, OURS + "&MessageStatus=delivered", clock))).isInstanceOf(Unreadable.class);
    }

    private String callAddress() {
        node.send(node.promise(Channel.VOICE, "Hello\uE0001.2.3.4.5.6"));
        var form = carrier.requests().getLast();
        assertThat(form.field("MachineDetection")).isEqualTo("Enable");
        assertThat(form.field("Twiml")).isEmpty();
        return form.field("Url");
    }

    private String answer(String url, String more) {
        return ((Genuine) read(signed(url, OURS + "&CallSid=CA1&CallStatus=in-progress" + more, clock)))
                .reply()
                .body();
    }

    @Test
    void a_person_hears_the_code_and_hears_it_again_at_a_key() {
        var url = callAddress();
        assertThat(url).startsWith("https://mfa.example.org/receipts/twilio/").doesNotContain("1.2.3");
        assertThat(answer(url, "&AnsweredBy=human")).contains("1, 2, 3, 4, 5, 6", "<Gather", url.replace("&", "&amp;"));
        assertThat(answer(url, "&AnsweredBy=human&Digits=1")).contains("1, 2, 3, 4, 5, 6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"machine_start", "machine_end_beep", "fax"})
    void a_machine_is_told_nothing(String answeredBy) {
        assertThat(answer(callAddress(), "&AnsweredBy=" + answeredBy)).isEqualTo("<Response><Hangup/></Response>");
    }

    @Test
    void a_dead_code_is_not_spoken_and_no_other_address_speaks() {
        var url = callAddress();
        assertThat(answer(url.substring(0, url.length() - 3) + "AAA", "")).isEqualTo("<Response><Hangup/></Response>");
        clock.advance(Duration.ofMinutes(5));
        assertThat(answer(url, "&AnsweredBy=human")).isEqualTo("<Response><Hangup/></Response>");
    }
}
