package io.ringcode.management;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.schedule.RecurringTask;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Signing keys in Auth0's shape: current, next, previous, revoked. */
class SigningKeysApiTest {
    private static final String KEYS = "/keys/signing";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    @Test
    void the_next_key_signs_after_a_rotation_and_tokens_of_the_one_before_stay_valid_until_it_is_revoked()
            throws Exception {
        var first = only("current", admin);
        var token = admin.token();
        assertThat(kid(token)).isEqualTo(first.path("kid").asString());

        var rotated = admin.call("POST", KEYS + "/rotate", null);
        assertThat(rotated.status()).isEqualTo(201);
        assertThat(rotated.body().propertyNames()).containsExactlyInAnyOrder("kid", "cert");
        var second = only("current", admin);
        var next = only("next", admin);
        assertThat(next.path("kid")).isEqualTo(rotated.body().path("kid"));
        assertThat(only("previous", admin).path("kid")).isEqualTo(first.path("kid"));
        assertThat(published())
                .containsExactly(
                        second.path("kid").asString(),
                        next.path("kid").asString(),
                        first.path("kid").asString());
        assertThat(admin.get(KEYS).status()).as("a token of the key before").isEqualTo(200);

        admin.call("POST", KEYS + "/rotate", null);
        assertThat(only("current", admin).path("kid"))
                .as("the one that was next")
                .isEqualTo(next.path("kid"));
        var later = again(tenant);
        assertThat(kid(later.token())).isEqualTo(next.path("kid").asString());

        assertThat(later.call("PUT", KEYS + "/" + next.path("kid").asString() + "/revoke", null)
                        .status())
                .isEqualTo(400);
        var revoked = later.call("PUT", KEYS + "/" + first.path("kid").asString() + "/revoke", null);
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.body().propertyNames()).containsExactlyInAnyOrder("kid", "cert");
        assertThat(admin.get(KEYS).status()).as("a token of the revoked key").isEqualTo(401);
        var shown = later.get(KEYS + "/" + first.path("kid").asString());
        assertThat(shown.body().path("revoked").asBoolean()).isTrue();
        assertThat(shown.text("revoked_at")).isNotEmpty();
        assertThat(published()).doesNotContain(first.path("kid").asString()).hasSize(3);
        assertThat(later.get(KEYS + "/nobodys").status()).isEqualTo(404);
        assertThat(later.call("PUT", KEYS + "/nobodys/revoke", null).status()).isEqualTo(404);
    }

    @Test
    void a_key_is_shown_with_its_certificate() throws Exception {
        var key = only("current", admin);
        var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(key.path("cert").asString().getBytes(US_ASCII)));
        var print = HexFormat.of()
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        assertThat(key.path("thumbprint").asString()).isEqualTo(print);
        assertThat(key.path("fingerprint").asString().replace(":", "")).isEqualTo(print);
        var pkcs7 = key.path("pkcs7").asString().replaceAll("-----[A-Z0-9 ]+-----|\\s", "");
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(Base64.getDecoder().decode(pkcs7)))
                        .iterator()
                        .next())
                .isEqualTo(certificate);
    }

    @Test
    void the_number_of_previous_keys_has_a_bound_and_the_last_three_revoked_are_shown() {
        Answer last;
        do last = admin.call("POST", KEYS + "/rotate", null);
        while (last.status() == 201);
        assertThat(last.status()).isEqualTo(409);
        var now = again(tenant);
        var previous = now.get(KEYS)
                .body()
                .valueStream()
                .filter(key -> key.path("previous").asBoolean())
                .map(key -> key.path("kid").asString())
                .toList();
        assertThat(previous).hasSize(10);
        for (var kid : previous.subList(0, 5))
            assertThat(now.call("PUT", KEYS + "/" + kid + "/revoke", null).status())
                    .isEqualTo(200);
        assertThat(now.get(KEYS)
                        .body()
                        .valueStream()
                        .filter(key -> key.path("revoked").asBoolean()))
                .hasSize(3);
        assertThat(now.call("POST", KEYS + "/rotate", null).status()).isEqualTo(201);
    }

    @Test
    void by_schedule_a_next_key_is_there_first_and_what_was_replaced_is_revoked_after_the_longest_token() {
        var clock = new TestClock();
        try (var carrier = new FakeCarrier();
                var server = Ringcode.on(
                        TestDatabase.freshDatabase(), carrier, clock, Map.of("RINGCODE_SIGNING_KEY_DAYS", "90"))) {
            var tenant = server.tenant();
            var first = only("current", Admin.of(tenant)).path("kid").asString();
            clock.advance(Duration.ofDays(91));
            run(server);
            var before = again(tenant);
            assertThat(only("current", before).path("kid").asString()).isEqualTo(first);
            var next = only("next", before).path("kid").asString();
            clock.advance(Duration.ofDays(91));
            run(server);
            var after = again(tenant);
            assertThat(only("current", after).path("kid").asString()).isEqualTo(next);
            assertThat(only("previous", after).path("kid").asString()).isEqualTo(first);
            clock.advance(Duration.ofDays(31));
            run(server);
            assertThat(only("revoked", again(tenant)).path("kid").asString()).isEqualTo(first);
        }
    }

    /** With a token of the key that signs now. */
    private static Admin again(TestTenant tenant) {
        var answer = tenant.token("client_credentials", "audience", tenant.issuer() + "api/v2/");
        return new Admin(tenant, answer.text("access_token"));
    }

    private static void run(Ringcode server) {
        server.beans(RecurringTask.class).stream()
                .filter(task -> task.name().equals("signing-keys"))
                .forEach(RecurringTask::run);
    }

    private static JsonNode only(String place, Admin admin) {
        var found = admin.get(KEYS)
                .body()
                .valueStream()
                .filter(key -> key.path(place).asBoolean())
                .toList();
        assertThat(found).as(place).hasSize(1);
        return found.getFirst();
    }

    private List<String> published() {
        return tenant.get("/.well-known/jwks.json", null)
                .body()
                .path("keys")
                .valueStream()
                .map(key -> key.path("kid").asString())
                .toList();
    }

    private static String kid(String token) throws ParseException {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }
}
