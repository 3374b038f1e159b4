package io.ringcode.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.CarrierRequest;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.EveryAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.ObjectMapper;

/**
 * In a real Chromium, an administrator sets up each delivery method by its form, and a person signs up and in through it. All
 * carriers are one fake, which answers as each of them would.
 */
class EveryDeliveryTest {
    private static final List<String> CARRIERS = List.copyOf(EveryAccount.names());
    private static final Pattern CODE = Pattern.compile("([0-9]{6}) is ");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static HttpsServer server;
    private static HttpServer application;
    private static Path chromium;
    private static Node node;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.installed();
        node = Node.installed();
        CARRIER.usually(EveryDeliveryTest::answer);
        server = HttpsServer.startWith(CARRIER);
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext(
                "/callback", exchange -> write(exchange, "text/html", "<title>App</title><link rel=icon href=data:,>"));
        application.createContext("/newest", exchange -> write(exchange, "application/json", newest()));
        application.start();
        server.callback(address() + "/callback");
    }

    @AfterAll
    static void stop() {
        if (application != null) application.stop(0);
        if (server != null) server.close();
        CARRIER.close();
    }

    private static String address() {
        return "http://localhost:" + application.getAddress().getPort();
    }

    private static void write(HttpExchange exchange, String type, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }

    /** How many requests there were, and the code in the newest. */
    private static String newest() {
        var requests = CARRIER.requests();
        var body = requests.isEmpty() ? "" : requests.getLast().body();
        var code = CODE.matcher(body.startsWith("{") || body.startsWith("<") ? body : URLDecoder.decode(body, UTF_8));
        return JSON.writeValueAsString(
                Map.of("count", CARRIER.count(), "code", code.find() ? code.group(1) : "", "body", body));
    }

    /** Takes everything, in the words of whoever was meant; questions about credentials find them good. */
    private static CarrierReply answer(CarrierRequest request) {
        var id = "id-" + CARRIER.count();
        if (request.headers().containsKey("x-amz-target"))
            return CarrierReply.json(200, "{\"MessageId\":\"%s\"}".formatted(id));
        if (request.field("Action").equals("Publish")) return CarrierReply.json(200, """
                    <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>\
                    <MessageId>%s</MessageId></PublishResult></PublishResponse>""".formatted(id));
        if (request.path().endsWith("essages.json")) return CARRIER.twilioAccepts(request);
        if (request.path().contains("messagedispatcher")) return CarrierReply.json(200, """
                    <?xml version="1.0" encoding="utf-8"?><messageheaders batchid="b" xmlns="http://api.esendex.com/ns/">\
                    <messageheader uri="x" id="%s" /></messageheaders>""".formatted(id));
        return CarrierReply.json(200, """
                {"id":"%1$s","reference_id":"%1$s","status":{"code":290,"groupId":1,"id":26},"responseCode":0,"message-count":"1",\
                "messages":[{"status":"0","message-id":"%1$s","messageId":"%1$s"}],"message_uuid":"%1$s"}""".formatted(id).replace(
                "\"status\":\"0\"",
                request.path().contains("/sms/3/") ? "\"status\":{\"groupId\":1,\"id\":26}" : "\"status\":\"0\""));
    }

    @TestFactory
    Stream<DynamicTest> deliveries() throws Exception {
        var accounts = new TreeMap<String, Map<String, String>>();
        for (var carrier : CARRIERS) accounts.put(carrier, EveryAccount.with(carrier));
        var run = node.script(
                server,
                "deliveries.mjs",
                Map.of(
                        "RINGCODE_CLIENT_ID",
                        HttpsServer.APP_ID,
                        "RINGCODE_CHROMIUM",
                        chromium.toString(),
                        "RINGCODE_ADMIN_ID",
                        HttpsServer.CLIENT_ID,
                        "RINGCODE_ADMIN_SECRET",
                        HttpsServer.CLIENT_SECRET,
                        "RINGCODE_CALLBACK",
                        address() + "/callback",
                        "RINGCODE_NEWEST",
                        address() + "/newest",
                        "RINGCODE_ACCOUNTS",
                        JSON.writeValueAsString(accounts),
                        "RINGCODE_TOKEN",
                        server.administratorLink()));
        return run.tests();
    }
}
