package io.ringcode.localphone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.delivery.builtin.Inbox;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.server.RingcodeServer;
import io.ringcode.server.Settings;
import io.ringcode.tenant.TenantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

@Timeout(60)
class LocalPhoneTest {
    private static final TestDatabase.Database DATABASE = TestDatabase.freshDatabase();
    private static final PhoneNumber ANN = new PhoneNumber("+14155550123");
    private static final PhoneNumber BOB = new PhoneNumber("+4915112345678");
    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    static Path folder;

    private static RingcodeServer server;
    private static HttpClient http;

    @BeforeAll
    static void startServer() {
        server = run("--dev");
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stopServer() {
        http.close();
        server.close();
    }

    @BeforeEach
    void an_empty_inbox() {
        server.context().getBean(JdbcClient.class).sql("DELETE FROM inbox").update();
    }

    @Test
    void without_messages_the_list_is_empty_and_the_page_says_so() throws Exception {
        assertThat(get("/dev/phone/messages").body()).isEqualTo("[]");
        assertThat(get("/dev/phone").body()).contains("No messages yet");
    }

    @Test
    void messages_are_listed_newest_first_with_their_code() throws Exception {
        put(ANN, Channel.SMS, "123456 is your code", TEN);
        put(BOB, Channel.VOICE, "Your code is \uE0009.8.7.6.5.4", TEN.plusMillis(1));
        var answer = get("/dev/phone/messages");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .isEqualTo("[{\"to\":\"+4915112345678\",\"channel\":\"voice\",\"text\":\"Your code is … 9.8.7.6.5.4\","
                        + "\"code\":\"987654\",\"at\":\"2026-11-22T10:00:00.001Z\"},"
                        + "{\"to\":\"+14155550123\",\"channel\":\"sms\",\"text\":\"123456 is your code\","
                        + "\"code\":\"123456\",\"at\":\"2026-11-22T10:00:00.000Z\"}]");
    }

    @Test
    void one_number_can_be_asked_for_and_a_message_may_hold_no_code() throws Exception {
        put(ANN, Channel.SMS, "Hello", TEN);
        put(BOB, Channel.SMS, "123456", TEN);
        assertThat(get("/dev/phone/messages?to=%2B14155550123").body())
                .contains("\"Hello\"", "\"code\":null")
                .doesNotContain("123456");
    }

    @Test
    void a_bad_number_is_refused_without_repeating_it() throws Exception {
        var answer = get("/dev/phone/messages?to=%2B1999");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"to: Not a possible phone number in"
                        + " E.164 form\"}");
    }

    @Test
    void the_page_shows_a_message_as_text_whatever_it_holds() throws Exception {
        put(ANN, Channel.SMS, "<script>alert(1)</script> & \"123456\"", TEN);
        var page = get("/dev/phone?to=%2B14155550123").body();
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;123456&quot;", "data-code=\"123456\"")
                .contains("+1 415-555-0123")
                .doesNotContain("<script>");
    }

    @Test
    void the_page_lets_nothing_run_but_its_own_script_and_fetches_nothing_from_elsewhere() throws Exception {
        var answer = get("/dev/phone");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body()).doesNotContain("http://", "https://", " style=", " onclick=");
        assertThat(get("/dev/phone/phone.js")
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("text/javascript");
        assertThat(get("/dev/phone/phone.css")
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("text/css");
        assertThat(get("/dev/phone/phone.svg").statusCode()).isEqualTo(200);
    }

    @Test
    void an_open_page_hears_of_a_new_message_once_and_not_of_those_it_has() throws Exception {
        put(ANN, Channel.SMS, "111111 is old", TEN);
        var stream = http.send(request("/dev/phone/events?after=" + TEN).build(), BodyHandlers.ofInputStream());
        try (var lines = lines(stream)) {
            assertThat(lines.readLine()).startsWith(":"); // connected
            put(BOB, Channel.SMS, "222222 is new", TEN.plusSeconds(1));
            put(BOB, Channel.SMS, "333333 is newer", TEN.plusSeconds(2));
            assertThat(nextEvent(lines)).contains("222222").contains("\"to\":\"+4915112345678\"");
            assertThat(nextEvent(lines)).contains("333333").doesNotContain("222222");
        }
    }

    @Test
    void a_page_that_reconnects_hears_what_it_missed() throws Exception {
        put(ANN, Channel.SMS, "111111 was seen", TEN);
        put(ANN, Channel.SMS, "222222 was missed", TEN.plusSeconds(1));
        var request = request("/dev/phone/events?after=1970-01-01T00:00:00Z")
                .header("Last-Event-ID", TEN.toString())
                .build();
        try (var lines = lines(http.send(request, BodyHandlers.ofInputStream()))) {
            assertThat(nextEvent(lines)).contains("222222");
        }
    }

    @Test
    void twilio_takes_an_sms_and_the_phone_shows_it() throws Exception {
        var answer = twilio("Messages", Map.of("To", ANN.e164(), "From", "+15005550006", "Body", "123456 & more"));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).containsPattern("\"sid\":\"SM[0-9a-f]{32}\"").contains("\"status\":\"queued\"");
        assertThat(get("/dev/phone/messages").body())
                .contains("\"to\":\"+14155550123\"", "\"channel\":\"sms\"", "\"123456 & more\"");
    }

    @Test
    void twilio_takes_a_call_and_the_phone_shows_what_was_said() throws Exception {
        var twiml = "<Response><Say>Your code</Say><Pause/><Say>1, 2, 3, 4, 5, 6</Say></Response>";
        var answer = twilio("Calls", Map.of("To", ANN.e164(), "From", "+15005550006", "Twiml", twiml));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).containsPattern("\"sid\":\"CA[0-9a-f]{32}\"").contains("\"status\":\"queued\"");
        assertThat(get("/dev/phone/messages").body())
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
        assertThat(get("/dev/phone/messages").body()).isEqualTo("[]");
    }

    @Test
    void twilio_wants_the_accounts_own_credentials() throws Exception {
        var form = Map.of("To", ANN.e164(), "From", "+15005550006", "Body", "x");
        assertThat(send("Messages", form, "Basic bm9ib2R5OnRva2Vu").statusCode())
                .isEqualTo(401);
        assertThat(send("Messages", form, "Bearer x").body()).contains("\"code\":20003");
    }

    @Test
    void a_stop_does_not_wait_for_open_pages() throws Exception {
        var other = run("--dev");
        var open = http.send(request(other, "/dev/phone/events").build(), BodyHandlers.ofInputStream());
        try (var lines = lines(open)) {
            assertThat(lines.readLine()).startsWith(":");
            var start = Instant.now();
            other.close();
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        } finally {
            other.close();
        }
    }

    @Test
    void in_production_nothing_of_it_exists() throws Exception {
        try (var production = run()) {
            for (var path : new String[] {
                "/dev/phone", "/dev/phone/messages", "/dev/phone/events", "/dev/phone/phone.js", "/dev/phone/phone.css"
            })
                assertThat(http.send(request(production, path).build(), BodyHandlers.ofString())
                                .statusCode())
                        .as(path)
                        .isEqualTo(404);
            var message = request(production, "/dev/carriers/twilio/2010-04-01/Accounts/AC1/Messages.json")
                    .POST(HttpRequest.BodyPublishers.ofString("To=x"))
                    .build();
            assertThat(http.send(message, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
        }
    }

    private static RingcodeServer run(String... flags) {
        return RingcodeServer.start(Settings.read(
                flags,
                Map.of(
                        "RINGCODE_PORT", "0",
                        "RINGCODE_DATA_DIR",
                                folder.resolve("data-" + System.nanoTime()).toString(),
                        "RINGCODE_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]),
                        "RINGCODE_DATABASE_URL", DATABASE.url(),
                        "RINGCODE_DATABASE_USERNAME", DATABASE.user(),
                        "RINGCODE_DATABASE_PASSWORD", DATABASE.password())));
    }

    private static void put(PhoneNumber to, Channel channel, String text, Instant at) {
        server.context().getBean(Inbox.class).put(TenantId.DEFAULT, to, channel, text, at);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return request(server, path);
    }

    private static HttpRequest.Builder request(RingcodeServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
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
        return http.send(
                request("/dev/carriers/twilio/2010-04-01/Accounts/AC1/" + resource + ".json")
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
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
