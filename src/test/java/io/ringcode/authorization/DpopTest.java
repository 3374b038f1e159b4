package io.ringcode.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import io.ringcode.myaccount.MyAccount;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpopTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);
    private final ECKey key = key();

    @Test
    void tokens_asked_for_with_a_proof_are_bound_to_its_key() throws Exception {
        var machine = tokens(proof("/oauth/token").build(), "client_credentials", tenant.clientSecret());
        assertThat(machine.text("token_type")).isEqualTo("DPoP");
        assertThat(machine.claims("access_token").path("cnf").path("jkt").asString())
                .isEqualTo(key.computeThumbprint().toString());
        assertThat(new Admin(tenant, machine.text("access_token")).get("/users").status())
                .as("shown as a bearer token")
                .isEqualTo(401);
    }

    @Test
    void a_bound_token_opens_the_profile_only_with_a_fresh_proof_for_it() throws Exception {
        var signedIn = signIn("openid");
        assertThat(signedIn.text("token_type")).isEqualTo("DPoP");
        var token = signedIn.text("access_token");
        assertThat(userinfo(token, null)).as("no proof").isEqualTo(401);
        assertThat(userinfo(token, proof("/userinfo").claim("htm", "GET").build()))
                .as("a proof that names no token")
                .isEqualTo(400);
        var right =
                proof("/userinfo").claim("htm", "GET").claim("ath", hash(token)).build();
        assertThat(userinfo(token, right)).isEqualTo(200);
        assertThat(tenant.get("/userinfo", token).status())
                .as("as a bearer token")
                .isEqualTo(401);
    }

    @Test
    void a_bound_token_opens_the_users_own_account_only_with_a_fresh_proof_for_it() throws Exception {
        MyAccount.activated(tenant, admin);
        signIn("openid");
        var signedIn = send(
                "grant_type=password&client_id=app&client_secret=" + tenant.clientSecret() + "&username="
                        + tenant.person().email() + "&password=correct+horse&scope=read:me:factors&audience="
                        + tenant.issuer() + "me/",
                sign(proof("/oauth/token").build(), key));
        var token = signedIn.text("access_token");
        var path = "/me/v1/factors";
        assertThat(tenant.get(path, token).status()).as("as a bearer token").isEqualTo(401);
        assertThat(shown(path, token, null)).as("no proof").isEqualTo(401);
        var named = proof(path).claim("htm", "GET");
        assertThat(shown(path, token, named.build()))
                .as("a proof that names no token")
                .isEqualTo(400);
        var right = named.jwtID("another").claim("ath", hash(token)).build();
        assertThat(shown(path, token, right)).isEqualTo(200);
        assertThat(shown(path, token, right)).as("a proof that was used").isEqualTo(400);
    }

    @Test
    void a_public_clients_refresh_token_serves_only_the_key_it_was_asked_for_with() throws Exception {
        admin.patch("/clients/app", "{'token_endpoint_auth_method':'none'}");
        var refresh = signIn("openid offline_access").text("refresh_token");
        assertThat(refresh).isNotBlank();
        assertThat(refresh(refresh, null, key).error()).as("no key").startsWith("400 invalid_dpop_proof");
        assertThat(refresh(refresh, proof("/oauth/token").build(), key()).error())
                .as("another key")
                .startsWith("400 invalid_dpop_proof");
        var fresh = refresh(refresh, proof("/oauth/token").build(), key);
        assertThat(fresh.text("token_type")).isEqualTo("DPoP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "used",
                "old",
                "future",
                "other path",
                "other method",
                "no id",
                "no time",
                "bearer type",
                "garbage"
            })
    void what_is_wrong_with_a_proof_refuses_it(String wrong) {
        var now = tenant.server().clock().instant();
        var claims = proof("/oauth/token");
        switch (wrong) {
            case "old" -> claims.issueTime(Date.from(now.minusSeconds(301)));
            case "future" -> claims.issueTime(Date.from(now.plusSeconds(90)));
            case "other path" -> claims.claim("htu", tenant.issuer() + "oauth/revoke");
            case "other method" -> claims.claim("htm", "GET");
            case "no id" -> claims.jwtID(null);
            case "no time" -> claims.issueTime(null);
            default -> {}
        }
        var type = wrong.equals("bearer type") ? JOSEObjectType.JWT : new JOSEObjectType("dpop+jwt");
        var proof = wrong.equals("garbage") ? "not.a.proof" : sign(claims.build(), key, type);
        if (wrong.equals("used")) assertThat(ask(proof).status()).isEqualTo(200);
        assertThat(ask(proof).error()).startsWith("400 invalid_dpop_proof");
    }

    private Answer ask(String proof) {
        return send(
                "grant_type=client_credentials&client_id=app&client_secret=" + tenant.clientSecret() + "&audience="
                        + tenant.issuer() + "api/v2/",
                proof);
    }

    private Answer tokens(JWTClaimsSet proof, String grant, String secret) {
        return send(
                "grant_type=" + grant + "&client_id=app&client_secret=" + secret + "&audience=" + tenant.issuer()
                        + "api/v2/",
                sign(proof, key));
    }

    private Answer signIn(String scope) throws Exception {
        var person = tenant.person();
        admin.put("/guardian/policies", "[]");
        var answer = new Answer[1];
        io.ringcode.server.Eventually.holds("no second factor, and the client as it is now", () -> {
            answer[0] = send(
                    "grant_type=password&client_id=app&username=" + person.email() + "&password=correct+horse&scope="
                            + scope.replace(' ', '+')
                            + (scope.contains("offline") ? "" : "&client_secret=" + tenant.clientSecret()),
                    sign(proof("/oauth/token").build(), key));
            return answer[0].status() == 200;
        });
        return answer[0];
    }

    private Answer refresh(String token, @Nullable JWTClaimsSet proof, ECKey by) {
        return send(
                "grant_type=refresh_token&client_id=app&refresh_token=" + token,
                proof == null ? null : sign(proof, by));
    }

    private Answer send(String form, @Nullable String proof) {
        var request = tenant.request("/oauth/token", null).header("Content-Type", "application/x-www-form-urlencoded");
        if (proof != null) request.header("DPoP", proof);
        return tenant.send(request.POST(BodyPublishers.ofString(form)));
    }

    private int userinfo(String token, @Nullable JWTClaimsSet proof) {
        return shown("/userinfo", token, proof);
    }

    private int shown(String path, String token, @Nullable JWTClaimsSet proof) {
        var request = tenant.request(path, null).header("Authorization", "DPoP " + token);
        if (proof != null) request.header("DPoP", sign(proof, key));
        return tenant.send(request.GET()).status();
    }

    private JWTClaimsSet.Builder proof(String path) {
        return new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(tenant.server().clock().instant()))
                .claim("htm", "POST")
                .claim("htu", tenant.issuer() + path.substring(1));
    }

    private static String hash(String token) throws Exception {
        return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)))
                .toString();
    }

    private static String sign(JWTClaimsSet claims, ECKey by) {
        return sign(claims, by, new JOSEObjectType("dpop+jwt"));
    }

    private static String sign(JWTClaimsSet claims, ECKey by, JOSEObjectType type) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(type)
                    .jwk(by.toPublicJWK())
                    .build();
            var jwt = new SignedJWT(header, claims);
            jwt.sign(new ECDSASigner(by));
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
