package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.Ringcode;
import io.ringcode.RsaKeys;
import io.ringcode.TestTenant;
import io.ringcode.TotpApp;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a trusted issuer is told of a second factor is how it was proved, and no more. */
class ProofToldTest {
    private static final String ISSUER = "https://login.microsoftonline.example/9122040d/v2.0";
    private static final String CLAIMS = """
            {"id_token":{"acr":{"essential":true,"values":["possessionorinherence"]},
             "amr":{"essential":true,"values":["face","fido","otp","sms","tel"]}}}""";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final SignIns signIns = new SignIns(tenant);
    private final RSAKey key = RsaKeys.jwk("1");
    private String recoveryCode = "";
    private String number = "";

    @BeforeEach
    void a_user_of_the_issuer_has_a_phone() throws Exception {
        var issuer = Map.of(
                "name",
                "entra",
                "issuer",
                ISSUER,
                "audience",
                "600b719b",
                "client_id",
                tenant.clientId(),
                "jwks",
                new JWKSet(key).toPublicJWKSet().toJSONObject());
        assertThat(Admin.of(tenant)
                        .put("/guardian/trusted-issuers", Map.of("issuers", List.of(issuer)))
                        .status())
                .isEqualTo(200);
        var browser = new Browser(tenant);
        number = TestTenant.newNumber();
        var page = signIns.sendTo(browser, browser.open(asked()), number);
        page = browser.send(page, "code", tenant.code(number));
        recoveryCode = signIns.recoveryCodeOn(page);
        browser.send(page, "saved", "on");
    }

    @Test
    void a_recovery_code_is_no_possession() throws Exception {
        var browser = new Browser(tenant);
        var page = browser.send(recover(browser), "action", "skip");
        var claims = claims(page);
        assertThat(claims.path("acr").asString("")).isNotEqualTo("possessionorinherence");
        assertThat(amr(claims)).doesNotContain("sms", "tel", "otp");
    }

    @Test
    void what_is_bound_and_proved_after_it_is() throws Exception {
        var browser = new Browser(tenant);
        var page = browser.send(recover(browser), "action", "otp");
        var code = new TotpApp(signIns.seedOn(page)).code(signIns.now());
        var claims = claims(browser.send(page, "code", code));
        assertThat(claims.path("acr").asString()).isEqualTo("possessionorinherence");
        assertThat(amr(claims)).containsExactly("otp");
    }

    @Test
    void a_phone_is() throws Exception {
        var browser = new Browser(tenant);
        var page = browser.send(browser.open(asked()), "type", "voice");
        var claims = claims(browser.send(page, "code", tenant.code(number)));
        assertThat(claims.path("acr").asString()).isEqualTo("possessionorinherence");
        assertThat(amr(claims)).containsExactly("tel");
    }

    private Place recover(Browser browser) throws Exception {
        var page = browser.send(browser.open(asked()), "action", "pick-authenticator");
        page = browser.send(page, "action", "recovery-code");
        page = browser.send(page, "code", recoveryCode);
        page = browser.send(page, "saved", "on");
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        return page;
    }

    private String asked() throws Exception {
        var now = signIns.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("600b719b")
                .subject("the-subject")
                .issueTime(Date.from(now))
                .claim("oid", "951ddb04")
                .build();
        var hint = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        hint.sign(new RSASSASigner(key));
        return app.authorize(
                "response_type",
                "id_token",
                "response_mode",
                "fragment",
                "id_token_hint",
                hint.serialize(),
                "claims",
                CLAIMS);
    }

    private static List<String> amr(JsonNode claims) {
        return claims.path("amr").valueStream().map(one -> one.asString()).toList();
    }

    private static JsonNode claims(Place page) {
        var part = page.parameter("id_token").split("\\.", -1)[1];
        return JsonMapper.shared().readTree(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}
