package io.ringcode.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import io.ringcode.client.ClientId;
import io.ringcode.factor.Factors;
import io.ringcode.management.Admin;
import io.ringcode.tenant.Tenants;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final String DEAD = "403 invalid_grant: Unknown or invalid refresh token.";
    private static final String READ = "read:guardian_factors";
    private static final String UPDATE = "update:guardian_factors";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final String issuer = tenant.issuer();
    private final String number = TestTenant.newNumber();

    @Test
    void a_refresh_token_is_good_once_and_one_shown_twice_ends_its_family() {
        var first = signedIn("openid", "offline_access");
        var second = refresh(first);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("refresh_token")).isNotEmpty().isNotEqualTo(first.text("refresh_token"));
        assertThat(second.claims("id_token").path("auth_time"))
                .isEqualTo(first.claims("id_token").path("auth_time"));
        assertThat(second.claims("id_token").path("amr").toString()).isEqualTo("[\"pwd\",\"sms\",\"mfa\"]");
        assertThat(refresh(first).error()).isEqualTo(DEAD);
        assertThat(refresh(second).error()).isEqualTo(DEAD);
    }

    private void refreshTokens(String settings) {
        assertThat(Admin.of(tenant)
                        .patch("/clients/" + tenant.clientId(), "{'refresh_token':" + settings + "}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_client_without_rotation_keeps_its_refresh_token_until_it_expires() {
        refreshTokens("{'rotation_type':'non-rotating','expiration_type':'expiring','token_lifetime':3600}");
        var tokens = signedIn("openid", "offline_access");
        for (int use = 0; use < 3; use++) {
            var refreshed = refresh(tokens);
            assertThat(refreshed.status()).isEqualTo(200);
            assertThat(refreshed.text("access_token")).isNotEmpty();
            assertThat(refreshed.body().has("refresh_token")).isFalse();
        }
        tenant.server().clock().advance(Duration.ofMinutes(61));
        assertThat(refresh(tokens).error()).isEqualTo(DEAD);
    }

    @Test
    void within_the_leeway_the_token_just_used_is_good_for_another_and_the_one_before_ends_the_family() {
        refreshTokens("{'rotation_type':'rotating','expiration_type':'expiring','leeway':30}");
        var first = signedIn("openid", "offline_access");
        var second = refresh(first);
        tenant.server().clock().advance(Duration.ofSeconds(29));
        var again = refresh(first);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("refresh_token")).isNotEqualTo(second.text("refresh_token"));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var third = refresh(again);
        assertThat(third.status()).isEqualTo(200);
        assertThat(refresh(first).error()).as("the one before the last").isEqualTo(DEAD);
        assertThat(refresh(third).error()).isEqualTo(DEAD);
    }

    @Test
    void after_the_leeway_a_token_shown_twice_ends_its_family() {
        refreshTokens("{'rotation_type':'rotating','expiration_type':'expiring','leeway':30}");
        var first = signedIn("openid", "offline_access");
        var second = refresh(first);
        tenant.server().clock().advance(Duration.ofSeconds(31));
        assertThat(refresh(first).error()).isEqualTo(DEAD);
        assertThat(refresh(second).error()).isEqualTo(DEAD);
    }

    @Test
    void of_twenty_parallel_uses_of_one_refresh_token_at_most_one_succeeds() throws Exception {
        var tokens = signedIn("openid", "offline_access");
        var start = new CountDownLatch(1);
        Callable<Integer> use = () -> {
            start.await();
            return refresh(tokens).status();
        };
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var uses = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 20; i++) uses.add(threads.submit(use));
            start.countDown();
            for (var each : uses) statuses.add(each.get());
        }
        assertThat(statuses).containsOnly(200, 403).containsOnlyOnce(200);
    }

    @Test
    void scopes_may_be_narrowed_and_never_widened_and_asking_for_more_costs_nothing() {
        var whole = signedIn("openid", "email", "offline_access");
        var narrow = refresh(whole, "scope", "openid");
        assertThat(narrow.text("scope")).isEqualTo("openid");
        assertThat(narrow.claims("id_token").has("email")).isFalse();
        assertThat(refresh(narrow, "scope", "openid profile").error())
                .isEqualTo("400 invalid_scope: A scope was asked for that was not granted before.");
        assertThat(refresh(narrow).text("scope")).isEqualTo("email offline_access openid");
    }

    @Test
    void a_session_of_a_password_alone_is_asked_for_more_once_the_policy_wants_it() {
        policies(List.of());
        var person = tenant.person();
        var tokens = tenant.signIn(person, "scope", "openid offline_access");
        assertThat(tokens.claims("id_token").path("amr").toString()).isEqualTo("[\"pwd\"]");
        policies(List.of("all-applications"));
        var demanded = refresh(tokens);
        assertThat(demanded.error()).isEqualTo("403 mfa_required: Multifactor authentication required");
        assertThat(demanded.text("mfa_token")).isNotEmpty();
        policies(List.of());
        assertThat(refresh(tokens).status()).as("the demand did not use it up").isEqualTo(200);
    }

    @Test
    void a_revoked_token_and_all_that_came_of_it_are_dead() {
        var first = signedIn("openid", "offline_access");
        var second = refresh(first);
        var revoked = tenant.form(
                "/oauth/revoke",
                "client_id",
                tenant.clientId(),
                "client_secret",
                tenant.clientSecret(),
                "token",
                second.text("refresh_token"));
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(refresh(second).error()).isEqualTo(DEAD);
    }

    @Test
    void a_client_speaks_for_itself_as_far_as_it_was_granted() {
        var apis = tenant.server().bean(Apis.class);
        var now = tenant.server().clock().instant();
        var app = new ClientId(tenant.clientId());
        apis.grant(tenant.id(), app, Apis.MANAGEMENT, Set.of(READ, UPDATE), now);
        apis.create(tenant.id(), new Api("https://api.example", Set.of("read:x"), Duration.ofHours(1)), now);

        var token = machine(issuer + "api/v2/");
        assertThat(token.text("scope")).isEqualTo(READ + " " + UPDATE);
        assertThat(token.body().has("id_token")).isFalse();
        var claims = token.claims("access_token");
        assertThat(claims.path("aud").asString()).isEqualTo(issuer + "api/v2/");
        assertThat(claims.path("sub").asString()).isEqualTo("app@clients");
        assertThat(claims.path("gty").asString()).isEqualTo("client-credentials");
        assertThat(machine(issuer + "api/v2/", "scope", READ)
                        .claims("access_token")
                        .path("scope")
                        .asString())
                .isEqualTo(READ);
        assertThat(machine(issuer + "api/v2/", "scope", "read:users").status()).isEqualTo(400);
        assertThat(machine("https://nowhere.example").error())
                .isEqualTo("403 access_denied: There is no API with this audience.");
        assertThat(machine("https://api.example").error())
                .isEqualTo("403 access_denied: The client has no grant for this audience.");
    }

    @Test
    void what_standard_clients_read_leads_them_to_keys_that_fit() throws Exception {
        var discovery = tenant.get("/.well-known/openid-configuration", null);
        assertThat(discovery.text("issuer")).isEqualTo(issuer);
        assertThat(discovery.text("token_endpoint")).isEqualTo(issuer + "oauth/token");
        assertThat(discovery.text("mfa_challenge_endpoint")).isEqualTo(issuer + "mfa/challenge");
        assertThat(discovery.body().path("grant_types_supported").toString())
                .contains("http://auth0.com/oauth/grant-type/mfa-oob", "refresh_token", "client_credentials");

        var published = tenant.get(discovery.text("jwks_uri").substring(issuer.length() - 1), null);
        assertThat(published.body().toString()).doesNotContain("\"d\":", "\"p\":", "\"q\":");
        var keys = JWKSet.parse(published.body().toString());
        var jwt = SignedJWT.parse(signedIn("openid").text("id_token"));
        var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
        assertThat(jwt.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly(tenant.clientId());
        var other = Ringcode.shared().tenant().get("/.well-known/jwks.json", null);
        assertThat(JWKSet.parse(other.body().toString()).getKeyByKeyId(key.getKeyID()))
                .as("another tenant's keys")
                .isNull();
    }

    @Test
    void userinfo_tells_what_the_scopes_allow_to_whoever_has_a_token() {
        var tokens = signedIn("openid", "email");
        var shown = tenant.get("/userinfo", tokens.text("access_token"));
        assertThat(shown.text("sub"))
                .isEqualTo(tokens.claims("id_token").path("sub").asString());
        assertThat(shown.text("email")).contains("@example.com");
        assertThat(shown.body().has("name")).isFalse();
        var nobody = tenant.get("/userinfo", null);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.whole().headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(tenant.get("/userinfo", "forged").status()).isEqualTo(401);
        assertThat(tenant.get("/userinfo", signedIn("email").text("access_token"))
                        .status())
                .as("without openid")
                .isEqualTo(401);
        assertThat(Ringcode.shared()
                        .tenant()
                        .get("/userinfo", tokens.text("access_token"))
                        .status())
                .as("at another tenant")
                .isEqualTo(401);
    }

    @Test
    void a_token_for_the_mfa_api_opens_what_its_scopes_name() {
        var person = tenant.enrolled(number);
        var all = forMfaApi(person);
        assertThat(all.text("scope")).isEqualTo("enroll read:authenticators remove:authenticators");
        assertThat(all.body().path("expires_in").asInt()).isEqualTo(600);
        assertThat(all.claims("access_token").path("aud").toString()).contains(issuer + "mfa/");
        var listed = tenant.get("/mfa/authenticators", all.text("access_token"));
        assertThat(listed.status()).isEqualTo(200);
        var phone = listed.body().get(0).path("id").asString().replace("|", "%7C");

        var reading = forMfaApi(person, "scope", "read:authenticators").text("access_token");
        assertThat(tenant.get("/mfa/authenticators", reading).status()).isEqualTo(200);
        assertThat(tenant.delete("/mfa/authenticators/" + phone, reading).error())
                .isEqualTo("403 insufficient_scope: Insufficient scope, expected: remove:authenticators");
        assertThat(tenant.associate(reading, "sms", TestTenant.newNumber()).error())
                .isEqualTo("403 insufficient_scope: Insufficient scope, expected: enroll");
        assertThat(tenant.get("/mfa/authenticators", signedIn("openid").text("access_token"))
                        .status())
                .as("a token for userinfo")
                .isEqualTo(401);
    }

    @Test
    void pages_of_registered_origins_may_call_and_others_may_not() throws Exception {
        var allowed = preflight("https://app.example");
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("POST");
        var refused = preflight("https://evil.example");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private HttpResponse<String> preflight(String origin) throws Exception {
        var request = tenant.request("/oauth/token", null)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private void policies(List<String> policies) {
        var server = tenant.server();
        server.bean(Tenants.class)
                .set(
                        tenant.id(),
                        Factors.POLICIES,
                        new Factors.Policies(policies),
                        server.clock().instant());
    }

    private Answer signedIn(String... scopes) {
        var phone = TestTenant.newNumber();
        var login = tenant.mfaToken(tenant.enrolled(phone), scopes);
        var started = tenant.challenge(login);
        return tenant.verify(login, started.text("oob_code"), tenant.code(phone));
    }

    private Answer forMfaApi(TestTenant.Person person, String... more) {
        var asked = new ArrayList<>(List.of("audience", issuer + "mfa/"));
        asked.addAll(List.of(more));
        var login = tenant.signIn(person, asked.toArray(String[]::new)).text("mfa_token");
        return tenant.verify(login, tenant.challenge(login).text("oob_code"), tenant.code(number));
    }

    private Answer refresh(Answer tokens, String... more) {
        var asked = new ArrayList<>(List.of("refresh_token", tokens.text("refresh_token")));
        asked.addAll(List.of(more));
        return tenant.token("refresh_token", asked.toArray(String[]::new));
    }

    private Answer machine(String audience, String... more) {
        var asked = new ArrayList<>(List.of("audience", audience));
        asked.addAll(List.of(more));
        return tenant.token("client_credentials", asked.toArray(String[]::new));
    }
}
