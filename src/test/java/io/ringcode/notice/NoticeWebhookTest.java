package io.ringcode.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import io.ringcode.network.StandardWebhook;
import io.ringcode.server.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is done to accounts, told to a system of the tenant's by signed webhooks. */
class NoticeWebhookTest {
    private static final String WEBHOOK = "/guardian/notices/webhook";

    private final TestTenant tenant = Ringcode.shared().tenant().tellingOwners();
    private final Admin admin = Admin.of(tenant);
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private final HttpServer receiver = receiver();

    private record Taken(String id, String timestamp, String signature, String body) {}

    private HttpServer receiver() {
        try {
            var server = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 0);
            server.createContext("/", exchange -> {
                var headers = exchange.getRequestHeaders();
                taken.add(new Taken(
                        headers.getFirst(StandardWebhook.ID),
                        headers.getFirst(StandardWebhook.TIMESTAMP),
                        headers.getFirst(StandardWebhook.SIGNATURE),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private String setUp() {
        var address = "http://127.0.0.2:" + receiver.getAddress().getPort() + "/notices";
        var set = admin.put(WEBHOOK, Map.of("endpoint", address));
        assertThat(set.status()).as(set.body().toString()).isEqualTo(200);
        tenant.server().clock().advance(Duration.ofSeconds(1));
        return set.text("signing_secret");
    }

    @Test
    void it_is_signed_and_tells_what_was_done_with_a_link_and_without_a_code() throws Exception {
        var secret = setUp();
        assertThat(secret).startsWith("whsec_");
        assertThat(admin.get(WEBHOOK).body().has("signing_secret")).isFalse();
        var person = tenant.enrolled(TestTenant.newNumber());
        Eventually.holds("told", () -> !taken.isEmpty());
        var told = taken.getFirst();
        var bytes = told.body().getBytes(StandardCharsets.UTF_8);
        assertThat(StandardWebhook.fits(secret, told.id(), told.timestamp(), bytes, told.signature()))
                .isTrue();
        var body = JsonMapper.shared().readTree(told.body());
        assertThat(body.path("type").asString()).isEqualTo("notice.factor-bound");
        assertThat(body.at("/data/user_id").asString()).isEqualTo(person.id().value());
        assertThat(body.at("/data/text").asString()).isEqualTo("A new sign-in method was added to your account.");
        assertThat(body.at("/data/not_me_url").asString()).contains("/u/not-me?t=");
        assertThat(body.at("/data/authenticator_id").asString()).startsWith("dev_");
    }

    @Test
    void what_is_not_taken_goes_again_under_the_same_id_and_the_log_says_so() throws Exception {
        setUp();
        status = 503;
        tenant.enrolled(TestTenant.newNumber());
        Eventually.holds("refused", () -> !taken.isEmpty());
        Eventually.holds(
                "logged", () -> admin.get("/logs?q=type:fn").body().toString().contains("Answered 503"));
        status = 204;
        tenant.server().clock().advance(Duration.ofSeconds(30));
        Eventually.holds("tried again", () -> taken.size() == 2);
        assertThat(taken.get(1).id()).isEqualTo(taken.get(0).id());
        tenant.server().clock().advance(Duration.ofMinutes(5));
        tenant.server().bean(NoticeSweep.class).run();
        assertThat(taken).as("once it was taken, never again").hasSize(2);
    }

    @Test
    void an_address_of_the_own_network_is_refused_and_a_removed_webhook_is_told_nothing() {
        assertThat(admin.put(WEBHOOK, Map.of("endpoint", "http://10.1.2.3/notices"))
                        .text("message"))
                .contains("Not allowed to connect to it");
        assertThat(admin.put(WEBHOOK, Map.of("endpoint", "ftp://example.com/")).status())
                .isEqualTo(400);
        assertThat(admin.get(WEBHOOK).status()).isEqualTo(404);
        setUp();
        assertThat(admin.delete(WEBHOOK).status()).isEqualTo(204);
        tenant.server().clock().advance(Duration.ofSeconds(1));
        tenant.enrolled(TestTenant.newNumber());
        tenant.server().bean(NoticeSweep.class).run();
        assertThat(taken).isEmpty();
    }
}
