package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.ringcode.Ringcode;
import io.ringcode.RsaKeys;
import io.ringcode.SigningClient;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The first factor is somebody else's affair: the application's, or that of an issuer such as Microsoft Entra. */
class SecondFactorOnlyTest {
    private static final String ENTRA = "https://login.microsoftonline.example/9122040d/v2.0";
    private static final String CLAIMS = """
            {"id_token":{"acr":{"essential":true,"values":["possessionorinherence"]},
             "amr":{"essential":true,"values":["face","fido","otp","sms","tel"]}}}""";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);
    private final Admin admin = Admin.of(tenant);

    @Test
    void an_application_vouches_for_its_user_in_a_signed_request() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var signing = signingClient();
        var request = signing.sign(signing.claims(tenant.clientId())
                .subject(person.id().value())
                .claim("nonce", "signed nonce")
                .build());
        var page = browser.open(app.authorize("request", request, "response_type", "id_token", "nonce", "other"));
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        page = browser.send(page, "type", "sms");
        page = browser.send(page, "code", tenant.code(number));
        var claims = claims(page.parameter("id_token"));
        assertThat(claims.path("sub").asString()).isEqualTo(person.id().value());
        assertThat(claims.path("nonce").asString()).isEqualTo("signed nonce");
        assertThat(claims.path("amr").valueStream().map(value -> value.asString()))
                .containsExactly("sms");
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("error"))
                .as("the browser is not signed in by half a sign-in")
                .isEqualTo("login_required");
    }

    @Test
    void whom_an_application_vouches_for_nobody_becomes_by_another_password() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var other = tenant.enrolled(TestTenant.newNumber());
        var signing = signingClient();
        var request = signing.sign(
                signing.claims(tenant.clientId()).subject(person.id().value()).build());
        var untouched = browser.ask(app.authorize("request", request, "response_type", "id_token"));
        assertThat(untouched.screen()).isEqualTo("login");
        var page = browser.send(untouched, "username", other.email(), "password", other.password());
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(page.html()).as("the phone of the one vouched for").contains(number.substring(number.length() - 4));
        page = browser.send(browser.send(page, "type", "sms"), "code", tenant.code(number));
        assertThat(claims(page.parameter("id_token")).path("sub").asString())
                .isEqualTo(person.id().value());
    }

    @Test
    void a_request_is_good_once_for_its_client_and_for_now() {
        var signing = signingClient();
        var person = tenant.person();
        var good = signing.claims(tenant.clientId()).subject(person.id().value());
        var once = signing.sign(good.build());
        assertThat(browser.open(app.authorize("request", once)).screen()).isEqualTo("mfa-begin-enroll-options");
        assertRefused(once);
        assertRefused(signing.sign(
                good.jwtID("2").audience("https://elsewhere.example/").build()));
        assertRefused(signing.sign(
                good.jwtID("3").audience(tenant.issuer()).issuer("other").build()));
        var old = Date.from(tenant.server().clock().instant().minusSeconds(600));
        assertRefused(signing.sign(
                good.jwtID("4").issuer(tenant.clientId()).expirationTime(old).build()));
        assertRefused(
                SigningClient.of(tenant).sign(signing.claims(tenant.clientId()).build()));
        assertRefused(once.substring(0, once.lastIndexOf('.') + 1));
        assertRefused("no token");
    }

    private void assertRefused(String request) {
        assertThat(browser.open(app.authorize("request", request)).parameter("error"))
                .isEqualTo("invalid_request_object");
    }

    @Test
    void entra_asks_for_the_second_factor_of_its_user() throws Exception {
        var key = RsaKeys.jwk("entra-1");
        trust(Map.of("jwks", new JWKSet(key).toPublicJWKSet().toJSONObject()));
        var number = TestTenant.newNumber();

        var page = browser.open(entra(hint("the-subject").build(key)));
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        page = browser.send(page, "action", "phone");
        page = browser.send(page, "phone", number, "type", "sms");
        page = browser.send(page, "code", tenant.code(number));
        page = browser.send(page, "saved", "on");
        var claims = claims(page.parameter("id_token"));
        assertThat(claims.path("sub").asString()).isEqualTo("the-subject");
        assertThat(claims.path("acr").asString()).isEqualTo("possessionorinherence");
        assertThat(claims.path("amr").valueStream().map(value -> value.asString()))
                .containsExactly("sms");
        assertThat(claims.path("nonce").asString()).isEqualTo("n-0S6_WzA2Mj");

        page = browser.open(entra(hint("another-subject").build(key)));
        assertThat(page.screen()).as("the same person by oid").isEqualTo("mfa-phone-challenge");
        page = browser.send(page, "type", "voice");
        page = browser.send(page, "code", tenant.code(number));
        assertThat(claims(page.parameter("id_token")).path("amr").path(0).asString())
                .isEqualTo("tel");
        assertThat(claims(page.parameter("id_token")).path("sub").asString()).isEqualTo("another-subject");
    }

    @Test
    void entra_sends_a_form_and_gets_a_form_back() throws Exception {
        var key = RsaKeys.jwk("entra-1");
        trust(Map.of("jwks", new JWKSet(key).toPublicJWKSet().toJSONObject()));
        var number = TestTenant.newNumber();
        var form = entra(hint("the-subject").build(key)).substring("/authorize?".length());
        var page = browser.with("Origin", "https://login.microsoftonline.example")
                .with("Sec-Fetch-Site", "cross-site")
                .post("/authorize", form.replace("response_mode=fragment", "response_mode=form_post"));
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        browser.without("Origin").without("Sec-Fetch-Site");
        page = browser.send(page, "action", "phone");
        page = browser.send(page, "phone", number, "type", "sms");
        page = browser.send(page, "code", tenant.code(number));
        page = browser.send(page, "saved", "on");
        assertThat(page.html()).contains("<form method=\"post\" action=\"" + WebApp.CALLBACK + "\"");
        assertThat(page.whole().headers().firstValue("Content-Security-Policy").orElse(""))
                .as("the application may lead wherever it wants")
                .doesNotContain("form-action");
        assertThat(claims(page.field("id_token")).path("sub").asString()).isEqualTo("the-subject");
        assertThat(page.field("state")).isEqualTo("the state &amp; more");
    }

    @Test
    void a_hint_must_be_of_the_trusted_issuer_for_us_and_fresh() throws Exception {
        var key = RsaKeys.jwk("entra-1");
        var forger = RsaKeys.jwk("entra-1");
        trust(Map.of("jwks", new JWKSet(key).toPublicJWKSet().toJSONObject()));
        assertThat(browser.open(entra(hint("s").build(forger))).parameter("error"))
                .isEqualTo("invalid_request");
        assertThat(browser.open(entra(hint("s").audience("other").build(key))).parameter("error"))
                .isEqualTo("invalid_request");
        assertThat(browser.open(entra(hint("s").issuer("https://evil.example/").build(key)))
                        .screen())
                .as("a stranger's word counts for nothing")
                .isEqualTo("login");
        var hint = hint("s").build(key);
        tenant.server().clock().advance(Duration.ofMinutes(11));
        assertThat(browser.open(entra(hint)).parameter("error")).isEqualTo("invalid_request");
    }

    @Test
    void keys_are_fetched_and_fetched_again_when_they_change() throws Exception {
        var first = RsaKeys.jwk("1");
        var second = RsaKeys.jwk("2");
        var published = new AtomicReference<>(first);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0), 0);
        server.createContext("/keys", exchange -> {
            var body = new JWKSet(published.get()).toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            trust(Map.of("jwks_uri", "http://127.0.0.2:" + server.getAddress().getPort() + "/keys"));
            assertThat(browser.open(entra(hint("s").build(first))).screen()).startsWith("mfa-");
            published.set(second);
            assertThat(browser.open(entra(hint("s").build(second))).screen()).startsWith("mfa-");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void trust_is_given_with_care() {
        var good = Map.of("name", "entra", "issuer", ENTRA, "audience", "a", "client_id", "app");
        assertThat(admin.put("/guardian/trusted-issuers", Map.of("issuers", List.of(good)))
                        .status())
                .isEqualTo(400);
        for (var address : List.of("ftp://x.example/", "not an address", "https:///x"))
            assertThat(admin.put(
                                    "/guardian/trusted-issuers",
                                    Map.of("issuers", List.of(with(good, "jwks_uri", address))))
                            .status())
                    .as(address)
                    .isEqualTo(400);
        var secret = SigningClient.of(tenant).key().toJSONObject();
        assertThat(admin.put(
                                "/guardian/trusted-issuers",
                                Map.of("issuers", List.of(with(good, "jwks", Map.of("keys", List.of(secret))))))
                        .status())
                .as("a private key is not ours to keep")
                .isEqualTo(400);
    }

    @Test
    void every_published_key_has_a_certificate() {
        for (var key : tenant.get("/.well-known/jwks.json", null).body().path("keys"))
            assertThat(key.path("x5c").path(0).asString("")).isNotEmpty();
    }

    private SigningClient signingClient() {
        var signing = SigningClient.of(tenant);
        var id = admin.post("/clients/" + tenant.clientId() + "/credentials", signing.credential())
                .text("id");
        assertThat(id).isNotEmpty();
        var methods = Map.of("private_key_jwt", Map.of("credentials", List.of(Map.of("id", id))));
        var changed = admin.patch("/clients/" + tenant.clientId(), Map.of("client_authentication_methods", methods));
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        return signing;
    }

    private void trust(Map<String, Object> keys) throws InterruptedException {
        var issuer = new java.util.HashMap<String, Object>(
                Map.of("name", "entra", "issuer", ENTRA, "audience", "600b719b", "client_id", tenant.clientId()));
        issuer.putAll(keys);
        var answer = admin.put("/guardian/trusted-issuers", Map.of("issuers", List.of(issuer)));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    private String entra(String hint) {
        return app.authorize(
                "response_type", "id_token", "response_mode", "fragment", "id_token_hint", hint, "claims", CLAIMS);
    }

    private record Hint(JWTClaimsSet.Builder claims) {
        Hint audience(String audience) {
            return new Hint(claims.audience(audience));
        }

        Hint issuer(String issuer) {
            return new Hint(claims.issuer(issuer));
        }

        String build(RSAKey key) throws Exception {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        }
    }

    /** As Entra makes them: expired from the beginning. */
    private Hint hint(String subject) {
        var now = tenant.server().clock().instant();
        return new Hint(new JWTClaimsSet.Builder()
                .issuer(ENTRA)
                .audience("600b719b")
                .subject(subject)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.minusSeconds(1)))
                .claim("oid", "951ddb04-b16d-45f3-bbf7-b0fa18fa7aee")
                .claim("tid", "14c2f153-90a7-4689-9db7-9543bf084dad")
                .claim("name", "Test User 2")
                .claim("preferred_username", "testuser2@contoso.example"));
    }

    private static Map<String, Object> with(Map<String, String> members, String name, Object value) {
        var all = new java.util.HashMap<String, Object>(members);
        all.put(name, value);
        return all;
    }

    private static JsonNode claims(String jwt) {
        return tools.jackson.databind.json.JsonMapper.shared()
                .readTree(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }
}
