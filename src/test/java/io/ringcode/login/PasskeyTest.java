package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Security keys and devices on the sign-in pages. */
class PasskeyTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);

    @Test
    void a_key_is_bound_as_the_first_factor_named_and_used() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming", "recovery-code");
        var person = tenant.person();
        var key = new SoftKey();
        var page = passkeys.password(browser, person, app.authorize());
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        page = browser.send(page, "action", "webauthn-roaming");
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-enrollment");
        var options = Passkeys.options(page);
        assertThat(options.path("rp").path("id").asString()).isEqualTo(tenant.host());
        var selection = options.path("authenticatorSelection");
        assertThat(selection.path("authenticatorAttachment").asString()).isEqualTo("cross-platform");
        assertThat(selection.path("userVerification").asString()).isEqualTo("required");
        assertThat(options.path("attestation").asString()).isEqualTo("none");
        page = passkeys.create(browser, page, key);
        assertThat(page.screen()).isEqualTo("mfa-webauthn-change-key-nickname");
        assertThat(browser.send(page, "nickname", "").status()).isEqualTo(400);
        page = browser.send(page, "nickname", "key ring");
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-enrollment");
        page = browser.send(page, "saved", "on");
        var claims = claims(page);
        assertThat(amr(claims)).containsExactly("pwd", "hwk", "user", "mfa");
        assertThat(claims.path("acr").asString())
                .isEqualTo("http://schemas.openid.net/pape/policies/2007/06/multi-factor");

        var later = new Browser(tenant);
        page = passkeys.password(later, person, app.authorize("acr_values", "phr"));
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        page = passkeys.sign(later, page, key);
        claims = claims(page);
        assertThat(amr(claims)).containsExactly("pwd", "hwk", "user", "mfa");
        assertThat(claims.path("acr").asString()).isEqualTo("phr");
    }

    private JsonNode claims(Browser.Place page) {
        var tokens = app.exchange(page.parameter("code"));
        assertThat(tokens.status()).as(tokens.body().toString()).isEqualTo(200);
        return tokens.claims("id_token");
    }

    private static List<String> amr(JsonNode claims) {
        return claims.path("amr").valueStream().map(JsonNode::asString).toList();
    }
}
