package io.ringcode.localphone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.phone.PhoneNumber;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TwilioStandInTest {
    private static final PhoneNumber ANN = new PhoneNumber("+14155550123");

    @TempDir
    static Path data;

    private static RunningServer phone;

    @BeforeAll
    static void start() {
        phone = RunningServer.start(data, "--dev");
    }

    @AfterAll
    static void stop() {
        phone.close();
    }

    @BeforeEach
    void an_empty_inbox() throws Exception {
        phone.emptyTheInbox();
        choose("receives");
    }

    @Test
    void twilio_takes_an_sms_and_the_phone_shows_it() throws Exception {
        var answer = twilio("Messages", Map.of("To", ANN.e164(), "From", "+15005550006", "Body", "123456 & more"));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).containsPattern("\"sid\":\"SM[0-9a-f]{32}\"").contains("\"status\":\"queued\"");
        assertThat(phone.get("/dev/phone/messages").body())
                .contains("\"to\":\"+14155550123\"", "\"channel\":\"sms\"", "\"123456 & more\"");
    }

    @Test
    void twilio_takes_a_call_and_the_phone_shows_what_was_said() throws Exception {
        var twiml = "<Response><Say>Your code</Say><Pause/><Say>1, 2, 3, 4, 5, 6</Say></Response>";
        var answer = twilio("Calls", Map.of("To", ANN.e164(), "From", "+15005550006", "Twiml", twiml));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).containsPattern("\"sid\":\"CA[0-9a-f]{32}\"").contains("\"status\":\"queued\"");
        assertThat(phone.get("/dev/phone/messages").body())
                .contains("\"channel\":\"voice\"", "Your code … 1, 2, 3, 4, 5, 6", "\"code\":\"123456\"");
    }

    @Test
    void twilio_refuses_with_its_own_codes_and_no_phone_rings() throws Exception {
        refused(21211, "Messages", Map.of("To", "+1999", "From", "+15005550006", "Body", "x"));
        refused(21604, "Messages", Map.of("From", "+15005550006", "Body", "x"));
        refused(21602, "Messages", Map.of("To", ANN.e164(), "From", "+15005550006"));
        refused(21603, "Messages", Map.of("To", ANN.e164(), "Body", "x"));
        refused(21617, "Messages", Map.of("To", ANN.e164(), "From", "x", "Body", "x".repeat(1601)));
        refused(21211, "Calls", Map.of("To", "+1999", "From", "+15005550006", "Twiml", "<Response/>"));
        refused(21205, "Calls", Map.of("To", ANN.e164(), "From", "+15005550006"));
        refused(12100, "Calls", Map.of("To", ANN.e164(), "From", "+15005550006", "Twiml", "<Response>"));
        assertThat(phone.get("/dev/phone/messages").body()).isEqualTo("[]");
    }

    @Test
    void a_phone_has_the_fault_that_was_chosen_for_it_and_others_have_none() throws Exception {
        choose("refused");
        refused(21211, "Messages", message("1"));
        choose("loses");
        assertThat(twilio("Messages", message("2")).statusCode()).isEqualTo(201);
        choose("machine");
        var twiml = "<Response><Say>3</Say></Response>";
        assertThat(twilio("Calls", Map.of("To", ANN.e164(), "From", "+15005550006", "Twiml", twiml))
                        .statusCode())
                .isEqualTo(201);
        assertThat(phone.get("/dev/phone/messages").body()).isEqualTo("[]");
        assertThat(twilio("Messages", Map.of("To", "+4915112345678", "From", "+15005550006", "Body", "4"))
                        .statusCode())
                .isEqualTo(201);
        choose("receives");
        twilio("Messages", message("5"));
        assertThat(phone.get("/dev/phone/messages").body()).contains("\"4\"", "\"5\"");
    }

    @Test
    void a_late_message_comes_when_its_time_has_come_which_the_clock_can_be_moved_to() throws Exception {
        choose("late");
        twilio("Messages", message("123456"));
        assertThat(phone.get("/dev/phone/messages").body()).isEqualTo("[]");
        assertThat(phone.post("/dev/phone/clock", "by=PT1M").statusCode()).isEqualTo(303);
        assertThat(phone.get("/dev/phone/messages").body()).contains("123456");
        assertThat(phone.post("/dev/phone/clock", "by=PT0S").statusCode()).isEqualTo(303);
    }

    private static Map<String, String> message(String text) {
        return Map.of("To", ANN.e164(), "From", "+15005550006", "Body", text);
    }

    private static void choose(String behavior) throws Exception {
        var form = "phone=" + URLEncoder.encode(ANN.e164(), UTF_8) + "&behavior=" + behavior;
        assertThat(phone.post("/dev/phone/behavior", form).statusCode()).isEqualTo(303);
    }

    @Test
    void twilio_wants_the_accounts_own_credentials() throws Exception {
        var form = Map.of("To", ANN.e164(), "From", "+15005550006", "Body", "x");
        assertThat(send("Messages", form, "Basic bm9ib2R5OnRva2Vu").statusCode())
                .isEqualTo(401);
        assertThat(send("Messages", form, "Bearer x").body()).contains("\"code\":20003");
    }

    private static void refused(int code, String resource, Map<String, String> form) throws Exception {
        var answer = twilio(resource, form);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":" + code, "\"status\":400", "\"more_info\":");
    }

    private static HttpResponse<String> twilio(String resource, Map<String, String> form) throws Exception {
        return send(resource, form, "Basic " + Base64.getEncoder().encodeToString("AC1:token".getBytes(UTF_8)));
    }

    private static HttpResponse<String> send(String resource, Map<String, String> form, String authorization)
            throws Exception {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return phone.http()
                .send(
                        phone.request("/dev/carriers/twilio/2010-04-01/Accounts/AC1/" + resource + ".json")
                                .header("Authorization", authorization)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
