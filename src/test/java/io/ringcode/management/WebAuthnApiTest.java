package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import io.ringcode.login.Passkeys;
import io.ringcode.login.WebApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Security keys and devices in the Management API and the MFA API, as Auth0 has them. */
class WebAuthnApiTest {
    private static final String FACTORS = "/guardian/factors";
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);
    private final WebApp app = WebApp.of(tenant);

    @Test
    void factors_are_switched_and_keep_their_settings() {
        for (var factor : List.of("webauthn-roaming", "webauthn-platform")) {
            assertThat(admin.put(FACTORS + "/" + factor, "{'enabled':true}")
                            .body()
                            .toString())
                    .isEqualTo("{\"enabled\":true}");
            assertThat(admin.get(FACTORS).body().valueStream())
                    .anyMatch(one -> one.path("name").asString().equals(factor)
                            && one.path("enabled").asBoolean());
        }
        var roaming = FACTORS + "/webauthn-roaming/settings";
        assertThat(admin.get(roaming).body().toString())
                .isEqualTo("{\"userVerification\":\"required\",\"overrideRelyingParty\":false}");
        assertThat(admin.get(FACTORS + "/webauthn-platform/settings").body().toString())
                .isEqualTo("{\"overrideRelyingParty\":false}");
        var changed = admin.put(roaming, "{'userVerification':'discouraged'}");
        assertThat(changed.body().path("userVerification").asString()).isEqualTo("discouraged");
        admin.put(roaming, "{'overrideRelyingParty':true,'relyingPartyIdentifier':'" + tenant.host() + "'}");
        assertThat(admin.get(roaming).body().toString())
                .isEqualTo(
                        "{\"userVerification\":\"discouraged\",\"overrideRelyingParty\":true,\"relyingPartyIdentifier\":\""
                                + tenant.host() + "\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            roaming  | {'userVerification':'never'}
            roaming  | {'relyingPartyIdentifier':'example.com'}
            roaming  | {'relyingPartyIdentifier':'HTTPS://x'}
            roaming  | {'user_verification':'required'}
            platform | {'userVerification':'required'}
            platform | {'overrideRelyingParty':'yes'}
            """)
    void settings_that_are_none_are_refused(String kind, String body) {
        assertThat(admin.put(FACTORS + "/webauthn-" + kind + "/settings", body).status())
                .isEqualTo(400);
    }

    @Test
    void a_key_of_a_user_is_listed_renamed_and_removed() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming");
        var key = new SoftKey();
        var person = passkeys.withKey(key, app);
        var methods = "/users/" + person.id().value() + "/authentication-methods";
        var shown = admin.get(methods).body().path(0);
        assertThat(shown.path("id").asString()).startsWith("webauthn-roaming|dev_");
        assertThat(shown.path("type").asString()).isEqualTo("webauthn-roaming");
        assertThat(shown.path("name").asString()).isEqualTo("key ring");
        assertThat(shown.path("key_id").asString()).isEqualTo(key.id());
        assertThat(shown.path("public_key").asString()).isEqualTo(key.publicKey());
        assertThat(shown.path("relying_party_identifier").asString()).isEqualTo(tenant.host());
        var one = methods + "/" + shown.path("id").asString();
        assertThat(admin.patch(one, "{'name':'drawer'}").text("name")).isEqualTo("drawer");
        var enrolled = admin.get("/users/" + person.id().value() + "/enrollments")
                .body()
                .path(0);
        assertThat(enrolled.path("auth_method").asString()).isEqualTo("webauthn-roaming");

        var login = tenant.mfaToken(person);
        var listed = tenant.get("/mfa/authenticators", login).body().path(0);
        assertThat(listed.path("id")).isEqualTo(shown.path("id"));
        assertThat(listed.path("authenticator_type").asString()).isEqualTo("webauthn-roaming");
        assertThat(tenant.signIn(person).body().path("mfa_requirements").toString())
                .isEqualTo("{\"challenge\":[{\"type\":\"webauthn-roaming\"}]}");
        var redirect =
                "401 unsupported_challenge_type: Security keys and devices can be used on the sign-in pages only."
                        + " Send the user to /authorize.";
        assertThat(tenant.challenge(login).error()).isEqualTo(redirect);
        assertThat(tenant.challenge(login, "authenticator_id", shown.path("id").asString())
                        .error())
                .isEqualTo(redirect);
        assertThat(tenant.json("/mfa/associate", login, Map.of("authenticator_types", List.of("webauthn-roaming")))
                        .status())
                .isEqualTo(403);

        assertThat(admin.delete(one).status()).isEqualTo(204);
        assertThat(admin.get(methods).body().isEmpty()).isTrue();
        var types = admin.get("/logs?per_page=50")
                .body()
                .valueStream()
                .map(line -> line.path("type").asString())
                .toList();
        assertThat(types).contains("gd_start_enroll", "gd_enrollment_complete", "gd_auth_succeed", "gd_unenroll");
    }

    @Test
    void a_key_that_an_administrator_brings_along_signs_in() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming");
        var key = new SoftKey();
        var person = tenant.person();
        var methods = "/users/" + person.id().value() + "/authentication-methods";
        var body = Map.of(
                "type", "webauthn-roaming",
                "name", "brought",
                "key_id", key.id(),
                "public_key", key.publicKey(),
                "relying_party_identifier", tenant.host());
        var created = admin.post(methods, body);
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        assertThat(admin.post(methods, body).status()).isEqualTo(409);
        var browser = new Browser(tenant);
        var page = passkeys.password(browser, person, app.authorize());
        page = passkeys.sign(browser, page, key);
        var claims = app.exchange(page.parameter("code")).claims("id_token");
        // Nobody knows whether it may be copied, so no hardware is claimed.
        assertThat(claims.path("amr").valueStream().map(JsonNode::asString))
                .containsExactly("pwd", "swk", "user", "mfa");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'type':'webauthn-roaming'}
            {'type':'webauthn-roaming','key_id':'AAAA','public_key':'AAAA','relying_party_identifier':'localhost'}
            {'type':'webauthn-roaming','key_id':'!','public_key':'pQECAyYg','relying_party_identifier':'localhost'}
            {'type':'webauthn-platform','key_id':'AAAA','public_key':'AAAA','relying_party_identifier':'localhost'}
            """)
    void what_is_no_key_is_refused(String body) {
        var methods = "/users/" + tenant.person().id().value() + "/authentication-methods";
        assertThat(admin.post(methods, body).status()).isEqualTo(400);
        assertThat(admin.put(methods, "[" + body + "]").status()).isEqualTo(400);
    }

    @Test
    void nobody_has_more_than_twenty() {
        Passkeys.of(tenant, "sms", "webauthn-roaming");
        var methods = "/users/" + tenant.person().id().value() + "/authentication-methods";
        for (int i = 0; i < 21; i++) {
            var key = new SoftKey();
            var body = Map.of(
                    "type", "webauthn-roaming",
                    "key_id", key.id(),
                    "public_key", key.publicKey(),
                    "relying_party_identifier", tenant.host());
            assertThat(admin.post(methods, body).status()).isEqualTo(i < 20 ? 201 : 403);
        }
    }

    @Test
    void a_ticket_binds_a_security_key_and_no_device() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming", "webauthn-platform");
        var person = tenant.person();
        var body = Map.of("user_id", person.id().value(), "factor", "webauthn-roaming");
        var url = admin.post("/guardian/enrollments/ticket", body).text("ticket_url");
        var browser = new Browser(tenant);
        var page = browser.open(url.replaceFirst("^https?://[^/]+", ""));
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-enrollment");
        page = passkeys.create(browser, page, new SoftKey());
        page = browser.send(page, "nickname", "by link");
        assertThat(page.address()).contains("outcome=enrolled");
        var device = Map.of("user_id", person.id().value(), "factor", "webauthn-platform");
        assertThat(admin.post("/guardian/enrollments/ticket", device).status()).isEqualTo(400);
    }

    @Test
    void the_plan_is_kept_and_held_to_what_can_be() {
        var plan = "/guardian/passkeys";
        assertThat(admin.get(plan).body().toString())
                .isEqualTo("{\"required\":\"any\",\"offer\":true,\"pause_days\":30,\"clients\":[]}");
        var wanted =
                "{'required':'any','phone_until':'2027-06-01','offer':false,'pause_days':7,'clients':[{'client_id':'"
                        + tenant.clientId() + "','required':'phishing-resistant'}]}";
        assertThat(admin.put(plan, wanted).status()).isEqualTo(200);
        assertThat(admin.get(plan).text("phone_until")).isEqualTo("2027-06-01");
        for (var wrong : List.of(
                "{'required':'some','offer':true,'pause_days':7}",
                "{'required':'any','offer':true,'pause_days':0}",
                "{'required':'any','offer':true,'pause_days':7,'phone_until':'2027-02-30'}",
                "{'required':'any','offer':true,'pause_days':7,'clients':[{'client_id':'nobody','required':'any'}]}"))
            assertThat(admin.put(plan, wrong).status()).as(wrong).isEqualTo(400);
        assertThat(admin.get(plan + "/figures").body().path("weeks").isArray()).isTrue();
    }
}
