package io.ringcode.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.SigningClient;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAssertionsTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);
    private SigningClient signing = SigningClient.of(tenant);
    private String client = "";
    private String credential = "";

    @BeforeEach
    void register() {
        var made = admin.post(
                "/clients",
                Map.of(
                        "name",
                        "Signs",
                        "app_type",
                        "non_interactive",
                        "client_authentication_methods",
                        Map.of("private_key_jwt", Map.of("credentials", List.of(signing.credential())))));
        assertThat(made.status()).isEqualTo(201);
        client = made.text("client_id");
        credential = made.body()
                .path("client_authentication_methods")
                .path("private_key_jwt")
                .path("credentials")
                .get(0)
                .path("id")
                .asString();
        admin.post(
                "/client-grants",
                Map.of("client_id", client, "audience", tenant.issuer() + "api/v2/", "scope", List.of("read:users")));
    }

    @Test
    void a_signed_assertion_proves_the_client_once() {
        var assertion = sign(claims().build());
        var issued = token(assertion);
        assertThat(issued.text("scope")).isEqualTo("read:users");
        assertThat(token(assertion).error()).as("again").startsWith("401 invalid_client");
        assertThat(token(sign(claims().audience(tenant.issuer() + "oauth/token").build()))
                        .status())
                .isEqualTo(200);
        assertThat(credential).startsWith("cred_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expired",
                "far future",
                "too early",
                "other audience",
                "other issuer",
                "other subject",
                "no expiry",
                "other key",
                "no token at all"
            })
    void what_is_wrong_with_an_assertion_refuses_it(String wrong) {
        var now = tenant.server().clock().instant();
        var claims = claims();
        switch (wrong) {
            case "expired" -> claims.expirationTime(Date.from(now.minusSeconds(61)));
            case "far future" -> claims.expirationTime(Date.from(now.plus(Duration.ofHours(1))));
            case "too early" -> claims.notBeforeTime(Date.from(now.plusSeconds(90)));
            case "other audience" -> claims.audience("https://elsewhere.example/");
            case "other issuer" -> claims.issuer("somebody");
            case "other subject" -> claims.subject(tenant.clientId()).issuer(tenant.clientId());
            case "no expiry" -> claims.expirationTime(null);
            case "other key" -> signing = SigningClient.of(tenant);
            default -> {}
        }
        var assertion = wrong.equals("no token at all") ? "a.b.c" : sign(claims.build());
        assertThat(token(assertion).error()).isEqualTo("401 invalid_client: Unknown client or wrong credentials.");
    }

    @Test
    void a_key_counts_from_its_activation_until_it_is_taken_away() {
        var old = signing;
        signing = SigningClient.of(tenant);
        var added = admin.post("/clients/" + client + "/credentials", signing.credential());
        assertThat(added.status()).isEqualTo(201);
        assertThat(token(sign(claims().build())).status()).isEqualTo(401);
        activate(credential, added.text("id"));
        assertThat(token(sign(claims().build())).status()).isEqualTo(200);
        activate(added.text("id"));
        assertThat(admin.delete("/clients/" + client + "/credentials/" + credential)
                        .status())
                .isEqualTo(204);
        signing = old;
        assertThat(token(sign(claims().build())).status()).isEqualTo(401);
        assertThat(admin.get("/clients/" + client + "/credentials").body().size())
                .isEqualTo(1);
    }

    @Test
    void such_a_client_has_no_other_way_in() {
        var rotated = admin.post("/clients/" + client + "/rotate-secret", "{}").text("client_secret");
        for (var secret : List.of("", rotated))
            assertThat(tenant.form(
                                    "/oauth/token",
                                    "grant_type",
                                    "client_credentials",
                                    "client_id",
                                    client,
                                    "client_secret",
                                    secret,
                                    "audience",
                                    tenant.issuer() + "api/v2/")
                            .status())
                    .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a key", "-----BEGIN PUBLIC KEY-----\nMFkwEwYH\n-----END PUBLIC KEY-----", ""})
    void keys_that_are_none_are_refused(String pem) {
        var refused =
                admin.post("/clients/" + client + "/credentials", Map.of("credential_type", "public_key", "pem", pem));
        assertThat(refused.text("errorCode")).isEqualTo("invalid_body");
    }

    private void activate(String... ids) {
        var credentials =
                java.util.Arrays.stream(ids).map(id -> Map.of("id", id)).toList();
        var changed = admin.patch(
                "/clients/" + client,
                Map.of("client_authentication_methods", Map.of("private_key_jwt", Map.of("credentials", credentials))));
        assertThat(changed.status()).isEqualTo(200);
    }

    private JWTClaimsSet.Builder claims() {
        return signing.claims(client);
    }

    private Answer token(String assertion) {
        return signing.token(assertion);
    }

    private String sign(JWTClaimsSet claims) {
        return signing.sign(claims);
    }
}
