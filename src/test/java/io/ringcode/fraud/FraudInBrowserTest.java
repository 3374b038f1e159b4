package io.ringcode.fraud;

import io.ringcode.e2e.BrowserRun;
import io.ringcode.e2e.HttpsServer;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of the fraud guard in a real Chromium, after an attack. */
class FraudInBrowserTest {
    @TestFactory
    Stream<DynamicTest> guard() throws Exception {
        try (var run = BrowserRun.start()) {
            var server = run.server();
            attack(server);
            var more = Map.of(
                    "RINGCODE_CALLBACK", "https://app.example/callback", "RINGCODE_TOKEN", server.administratorLink());
            return run.script("fraud.mjs", more);
        }
    }

    private static void attack(HttpsServer server) {
        var guard = server.bean(FraudGuard.class);
        for (int i = 0; i < 40; i++) ask(guard, "+2289012%04d".formatted(1_000 + i), "203.0.113.7", i);
        for (int i = 0; i < 25; i++) ask(guard, "+49151230%05d".formatted(i * 7), "203.0.113.9", 100 + i);
        server.bean(JdbcClient.class).sql("""
                INSERT INTO fraud_sum (tenant_id, minutes, from_at, rule, answer, mode, done, decided, currency, count, price, expires_at)
                SELECT 'default', 60, now() - ago * interval '5 hours', 'country', 'CHALLENGE', 'SHADOW', 'ALLOW', false, 'USD', 3, 0.3,
                       now() + interval '30 days'
                  FROM generate_series(1, 20) AS ago
                """).update();
    }

    private static void ask(FraudGuard guard, String number, String address, int person) {
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
        guard.admitAlone(request, Instant.now());
    }
}
