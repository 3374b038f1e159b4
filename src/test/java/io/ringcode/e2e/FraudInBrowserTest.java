package io.ringcode.e2e;

import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.SendRequest;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of the fraud guard in a real Chromium, after an attack; pictures are in {@code target/screenshots}. */
class FraudInBrowserTest {
    private static final Path PICTURES = Path.of("target/screenshots").toAbsolutePath();

    private static Path chromium;
    private static HttpsServer server;
    private static Node node;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.installed();
        node = Node.installed();
        server = HttpsServer.startWithLocalPhone();
        for (int i = 0; i < 40; i++) ask("+2289012%04d".formatted(1_000 + i), "203.0.113.7", i);
        for (int i = 0; i < 25; i++) ask("+49151230%05d".formatted(i * 7), "203.0.113.9", 100 + i);
        server.bean(JdbcClient.class).sql("""
                INSERT INTO fraud_sum (tenant_id, minutes, from_at, rule, answer, mode, done, decided, currency, count, price, expires_at)
                SELECT 'default', 60, now() - ago * interval '5 hours', 'country', 'CHALLENGE', 'SHADOW', 'ALLOW', false, 'USD', 3, 0.3,
                       now() + interval '30 days'
                  FROM generate_series(1, 20) AS ago
                """).update();
    }

    private static void ask(String number, String address, int person) {
        var origin = new Origin(address, true, null, "localhost");
        var request = new SendRequest(
                TenantId.DEFAULT,
                null,
                new UserId("auth0|stranger" + person),
                null,
                new PhoneNumber(number),
                Channel.SMS,
                origin,
                Cause.ENROLLMENT,
                Ownership.CLAIMED,
                UUID.randomUUID(),
                Proof.IMPOSSIBLE);
        server.bean(FraudGuard.class).admitAlone(request, Instant.now());
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    @TestFactory
    Stream<DynamicTest> guard() throws Exception {
        var run = node.script(
                server,
                "fraud.mjs",
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
                        "https://app.example/callback",
                        "RINGCODE_PICTURES",
                        PICTURES.toString(),
                        "RINGCODE_TOKEN",
                        server.administratorLink()));
        return run.tests();
    }
}
