package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    @Test
    void what_a_browser_tells_of_its_ceremony_is_logged_and_the_way_out_leads_on() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming", "recovery-code");
        var key = new SoftKey();
        var person = passkeys.withKey(key, app);
        var page = passkeys.password(browser, person, app.authorize());
        page = browser.send(
                page, "action", "showError::{\"name\":\"NotAllowedError\",\"message\":\"No.\"}", "response", "");
        assertThat(page.screen()).isEqualTo("mfa-webauthn-error");
        page = browser.send(page, "action", "pick-authenticator");
        assertThat(page.screen()).isEqualTo("mfa-login-options");
        page = browser.send(page, "action", "webauthn-roaming");
        page = browser.send(page, "action", "showError::{\"name\":\"NotAvailable\",\"message\":\"\"}", "response", "");
        assertThat(page.screen()).isEqualTo("mfa-webauthn-not-available-error");
        page = browser.send(page, "action", "tryagain");
        assertThat(page.screen()).isEqualTo("mfa-login-options");
        var lines = Admin.of(tenant)
                .get("/logs?per_page=50")
                .body()
                .valueStream()
                .filter(line -> line.path("type").asString().startsWith("gd_"))
                .map(line -> line.path("type").asString() + " "
                        + line.path("details")
                                .path("authenticator")
                                .path("type")
                                .asString()
                        + line.path("details")
                                .path("failure_details")
                                .path("errorCode")
                                .asString(""))
                .toList();
        assertThat(lines)
                .contains(
                        "gd_start_enroll webauthn-roaming",
                        "gd_enrollment_complete webauthn-roaming",
                        "gd_start_auth webauthn-roaming",
                        "gd_webauthn_challenge_failed webauthn-roamingNotAllowedError",
                        "gd_webauthn_challenge_failed webauthn-roamingNotAvailable");
    }

    @Test
    void where_keys_are_for_the_domain_above_the_pages_they_are_made_and_used_for_that() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming");
        var above = tenant.host().substring(tenant.host().indexOf('.') + 1);
        var admin = Admin.of(tenant);
        var settings = "/guardian/factors/webauthn-roaming/settings";
        assertThat(admin.put(settings, "{'overrideRelyingParty':true,'relyingPartyIdentifier':'" + above + "'}")
                        .status())
                .isEqualTo(200);
        var key = new SoftKey();
        var person = passkeys.withKey(key, app);
        var page = passkeys.password(browser, person, app.authorize());
        assertThat(Passkeys.options(page).path("rpId").asString()).isEqualTo(above);
        assertThat(passkeys.sign(browser, page, key).parameter("code")).isNotEmpty();
        // Under another domain it is no key at all.
        admin.put(settings, "{'overrideRelyingParty':false}");
        tenant.server().clock().advance(java.time.Duration.ofSeconds(1));
        page = passkeys.password(browser, person, app.authorize("prompt", "login"));
        assertThat(Passkeys.options(page).path("allowCredentials").isEmpty()).isTrue();
        page = passkeys.sign(browser, page, key);
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
    }

    private JsonNode claims(Browser.Place page) {
        var tokens = app.exchange(page.parameter("code"));
        assertThat(tokens.status()).as(tokens.body().toString()).isEqualTo(200);
        return tokens.claims("id_token");
    }

    private static List<String> amr(JsonNode claims) {
        return claims.path("amr").valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void a_passkey_may_be_picked_in_place_of_a_code_and_its_challenge_goes_with_the_page() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming", "recovery-code");
        var key = new SoftKey();
        var person = passkeys.withKey(key, app);
        var number = TestTenant.newNumber();
        var methods = "/users/" + person.id().value() + "/authentication-methods";
        Admin.of(tenant).post(methods, Map.of("type", "phone", "phone_number", number));
        var code = awaitCode(passkeys, person);
        var picked = browser.send(code, picked(passkeys, code, key));
        assertThat(amr(claims(picked))).containsExactly("pwd", "hwk", "user", "mfa");

        code = awaitCode(passkeys, person);
        var wrong = browser.send(code, picked(passkeys, code, new SoftKey()));
        assertThat(wrong.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        assertThat(browser.send(code, picked(passkeys, code, key)).parameter("code"))
                .as("of two answers to one page one is judged")
                .isEmpty();
    }

    @Test
    void a_passkey_may_be_picked_in_place_of_an_apps_code() {
        var passkeys = Passkeys.of(tenant, "otp", "webauthn-roaming", "recovery-code");
        var key = new SoftKey();
        var person = passkeys.withKey(key, app);
        var device = new TotpApp("OBISTIFU3PPJI6JQXRP2B3IXJROJRFJZ");
        var methods = "/users/" + person.id().value() + "/authentication-methods";
        Admin.of(tenant).post(methods, Map.of("type", "totp", "totp_secret", device.seed()));
        var code = awaitAppCode(passkeys, person);
        assertThat(amr(claims(browser.send(code, picked(passkeys, code, key)))))
                .containsExactly("pwd", "hwk", "user", "mfa");

        code = awaitAppCode(passkeys, person);
        var wrong = browser.send(code, picked(passkeys, code, new SoftKey()));
        assertThat(wrong.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        assertThat(browser.send(code, picked(passkeys, code, key)).parameter("code"))
                .as("of two answers to one page one is judged")
                .isEmpty();

        code = awaitAppCode(passkeys, person);
        var typed =
                browser.send(code, "code", device.code(tenant.server().clock().instant()));
        assertThat(amr(claims(typed))).containsExactly("pwd", "otp", "mfa");
    }

    @Test
    void who_has_no_passkey_is_offered_none_beside_an_apps_code() {
        var passkeys = Passkeys.of(tenant, "otp", "webauthn-roaming");
        var person = tenant.person();
        var methods = "/users/" + person.id().value() + "/authentication-methods";
        var seed = "OBISTIFU3PPJI6JQXRP2B3IXJROJRFJZ";
        Admin.of(tenant).post(methods, Map.of("type", "totp", "totp_secret", seed));
        var page = passkeys.password(browser, person, app.authorize());
        assertThat(page.screen()).isEqualTo("mfa-otp-challenge");
        assertThat(page.html()).contains("\"one-time-code\"").doesNotContain("data-passkey", "passkey.js");
        var sent = browser.send(page, "action", "passkey", "response", "{}");
        assertThat(sent.parameter("code")).isEmpty();
    }

    private Browser.Place awaitAppCode(Passkeys passkeys, Person person) {
        tenant.server().clock().advance(Duration.ofMinutes(1));
        var page = passkeys.password(browser, person, app.authorize("prompt", "login"));
        page = browser.send(page, "action", "pick-authenticator");
        page = browser.send(page, "action", "otp");
        assertThat(page.screen()).isEqualTo("mfa-otp-challenge");
        assertThat(page.html()).contains("one-time-code webauthn", "passkey.js");
        return page;
    }

    private Browser.Place awaitCode(Passkeys passkeys, Person person) {
        tenant.server().clock().advance(Duration.ofMinutes(1));
        var page = passkeys.password(browser, person, app.authorize("prompt", "login"));
        page = browser.send(page, "action", "pick-authenticator");
        page = browser.send(page, "action", "sms");
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        assertThat(page.html()).contains("one-time-code webauthn");
        return page;
    }

    private static String[] picked(Passkeys passkeys, Browser.Place page, SoftKey key) {
        return new String[] {"action", "passkey", "response", key.sign(Passkeys.options(page), passkeys.origin())};
    }
}
