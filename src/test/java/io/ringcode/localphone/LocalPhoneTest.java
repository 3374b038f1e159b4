package io.ringcode.localphone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalPhoneTest {
    private static final PhoneNumber ANN = new PhoneNumber("+14155550123");
    private static final PhoneNumber BOB = new PhoneNumber("+4915112345678");
    /** A recent full second: what is older than a day is swept, and what is not due is not shown. */
    private final Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(10);

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
    void an_empty_inbox() {
        phone.emptyTheInbox();
    }

    @Test
    void without_messages_the_list_is_empty_and_the_page_says_so() throws Exception {
        assertThat(phone.get("/dev/phone/messages").body()).isEqualTo("[]");
        assertThat(phone.get("/dev/phone").body()).contains("No messages yet");
    }

    @Test
    void messages_are_listed_newest_first_with_their_code() throws Exception {
        phone.put(ANN, Channel.SMS, "123456 is your code", first);
        phone.put(BOB, Channel.VOICE, "Your code is \uE0009.8.7.6.5.4", first.plusMillis(1));
        var answer = phone.get("/dev/phone/messages");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .isEqualTo("[{\"to\":\"+4915112345678\",\"channel\":\"voice\",\"text\":\"Your code is … 9.8.7.6.5.4\","
                        + "\"code\":\"987654\",\"at\":\"" + first.plusMillis(1) + "\"},"
                        + "{\"to\":\"+14155550123\",\"channel\":\"sms\",\"text\":\"123456 is your code\","
                        + "\"code\":\"123456\",\"at\":\"" + first.toString().replace("Z", ".000Z") + "\"}]");
    }

    @Test
    void one_number_can_be_asked_for_and_a_message_may_hold_no_code() throws Exception {
        phone.put(ANN, Channel.SMS, "Hello", first);
        phone.put(BOB, Channel.SMS, "123456", first);
        assertThat(phone.get("/dev/phone/messages?to=%2B14155550123").body())
                .contains("\"Hello\"", "\"code\":null")
                .doesNotContain("123456");
    }

    @Test
    void a_bad_number_is_refused_without_repeating_it() throws Exception {
        var answer = phone.get("/dev/phone/messages?to=%2B1999");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"to: Not a possible phone number in"
                        + " E.164 form\"}");
    }

    @Test
    void the_page_shows_a_message_as_text_whatever_it_holds() throws Exception {
        phone.put(ANN, Channel.SMS, "<script>alert(1)</script> & \"123456\"", first);
        var page = phone.get("/dev/phone?to=%2B14155550123").body();
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"123456\"", "data-code=\"123456\"")
                .contains("+1 415-555-0123")
                .doesNotContain("<script>");
    }

    @Test
    void the_page_lets_nothing_run_but_its_own_script_and_fetches_nothing_from_elsewhere() throws Exception {
        var answer = phone.get("/dev/phone");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body()).doesNotContain("http://", "https://", " style=", " onclick=");
        assertThat(phone.get("/dev/phone/phone.js")
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("text/javascript");
        assertThat(phone.get("/dev/phone/phone.css")
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("text/css");
        assertThat(phone.get("/dev/phone/phone.svg").statusCode()).isEqualTo(200);
    }

    @Test
    void several_phones_stand_side_by_side_each_with_its_behavior() throws Exception {
        phone.put(ANN, Channel.SMS, "111111 for Ann", first);
        phone.put(BOB, Channel.SMS, "222222 for Bob", first);
        var both = "to=%2B14155550123&to=%2B4915112345678";
        var answer = phone.post("/dev/phone/behavior", "phone=%2B4915112345678&behavior=loses&" + both);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/dev/phone?" + both);
        var page = phone.get("/dev/phone?" + both).body();
        assertThat(page)
                .contains("111111 for Ann", "222222 for Bob")
                .containsOnlyOnce("value=\"loses\" selected")
                .containsOnlyOnce("value=\"receives\" selected");
    }

    @Test
    void the_clock_is_moved_ahead_and_back_and_other_pages_cannot_move_it() throws Exception {
        var clock = phone.server().context().getBean(Clock.class);
        var there = "http://localhost:" + phone.server().port();
        assertThat(phone.get("/dev/phone").body()).doesNotContain("Real time");
        assertThat(phone.post("/dev/phone/clock", "by=PT10M", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(phone.post("/dev/phone/clock", "by=PT10M", "Origin", there).statusCode())
                .isEqualTo(303);
        assertThat(phone.post("/dev/phone/clock", "by=PT10M").statusCode()).isEqualTo(303);
        assertThat(clock.instant())
                .isBetween(Instant.now().plusSeconds(1190), Instant.now().plusSeconds(1210));
        assertThat(phone.get("/dev/phone").body()).contains("Real time");
        for (var wrong : List.of("", "-PT1M", "P32D", "PT999999999999H", "ten"))
            assertThat(phone.post("/dev/phone/clock", "by=" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        assertThat(phone.post("/dev/phone/clock", "by=PT0S").statusCode()).isEqualTo(303);
        assertThat(clock.instant()).isBefore(Instant.now().plusSeconds(60));
    }

    @Test
    void an_open_page_hears_of_a_new_message_once_and_not_of_those_it_has() throws Exception {
        phone.put(ANN, Channel.SMS, "111111 is old", first);
        var stream = phone.http()
                .send(phone.request("/dev/phone/events?after=" + first).build(), BodyHandlers.ofInputStream());
        try (var lines = lines(stream)) {
            assertThat(lines.readLine()).startsWith(":"); // connected
            phone.put(BOB, Channel.SMS, "222222 is new", first.plusSeconds(1));
            phone.put(BOB, Channel.SMS, "333333 is newer", first.plusSeconds(2));
            assertThat(nextEvent(lines)).contains("222222").contains("\"to\":\"+4915112345678\"");
            assertThat(nextEvent(lines)).contains("333333").doesNotContain("222222");
        }
    }

    @Test
    void a_page_that_reconnects_hears_what_it_missed() throws Exception {
        phone.put(ANN, Channel.SMS, "111111 was seen", first);
        phone.put(ANN, Channel.SMS, "222222 was missed", first.plusSeconds(1));
        var request = phone.request("/dev/phone/events?after=1970-01-01T00:00:00Z")
                .header("Last-Event-ID", first.toString())
                .build();
        try (var lines = lines(phone.http().send(request, BodyHandlers.ofInputStream()))) {
            assertThat(nextEvent(lines)).contains("222222");
        }
    }

    @Test
    void a_stop_does_not_wait_for_open_pages(@TempDir Path own) throws Exception {
        var other = RunningServer.start(own, "--dev");
        var open = other.http().send(other.request("/dev/phone/events").build(), BodyHandlers.ofInputStream());
        try (var lines = lines(open)) {
            assertThat(lines.readLine()).startsWith(":");
            var start = Instant.now();
            other.server().close();
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        } finally {
            other.close();
        }
    }

    @Test
    void in_production_nothing_of_it_exists(@TempDir Path own) throws Exception {
        try (var production = RunningServer.start(own)) {
            for (var path : new String[] {
                "/dev/phone", "/dev/phone/messages", "/dev/phone/events", "/dev/phone/phone.js", "/dev/phone/phone.css"
            }) assertThat(production.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(production.get("/docs/oauth").body())
                    .as("operations are tried in development alone")
                    .contains("id=\"getWellKnownJwksJson\"")
                    .doesNotContain("data-method");
            assertThat(phone.get("/docs/oauth").body()).contains("data-method");
            var message = production
                    .request("/dev/carriers/twilio/2010-04-01/Accounts/AC1/Messages.json")
                    .POST(HttpRequest.BodyPublishers.ofString("To=x"))
                    .build();
            assertThat(production.http().send(message, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
            for (var path : List.of("/dev/phone/clock", "/dev/phone/behavior"))
                assertThat(production.post(path, "by=PT10M").statusCode())
                        .as(path)
                        .isEqualTo(404);
        }
    }

    private static BufferedReader lines(HttpResponse<InputStream> stream) {
        return new BufferedReader(new InputStreamReader(stream.body(), UTF_8));
    }

    private static String nextEvent(BufferedReader lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine())
            if (line.startsWith("data:")) return line;
        return "the stream ended";
    }
}
