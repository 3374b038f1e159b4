package io.ringcode.myaccount;

import static io.ringcode.myaccount.MyAccount.METHODS;
import static io.ringcode.myaccount.MyAccount.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.HeldUser;
import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.action.Scripts;
import io.ringcode.action.Trigger;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.login.Browser;
import io.ringcode.login.Links;
import io.ringcode.login.Passkeys;
import io.ringcode.login.WebApp;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a user's own application does with that user's methods: list, bind, name and remove. */
class MyAccountTest {
    private static final String RECOVERY = "http://auth0.com/oauth/grant-type/mfa-recovery-code";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final MyAccount account = MyAccount.activated(tenant);
    private final String number = TestTenant.newNumber();

    private Instant now() {
        return tenant.server().clock().instant();
    }

    private Person enrolled() {
        return tenant.enrolled(number);
    }

    @Test
    void a_user_with_a_phone_sees_it_whole_with_what_else_may_be_bound() {
        var token = account.token(enrolled(), number);
        assertThat(account.types(token)).containsExactly("phone", "recovery-code");
        var phone = account.get(token, METHODS + "?type=phone")
                .body()
                .path("authentication_methods")
                .path(0);
        assertThat(phone.path("id").asString()).startsWith("phone|dev_");
        assertThat(phone.path("phone_number").asString()).isEqualTo(number);
        assertThat(phone.path("preferred_authentication_method").asString()).isEqualTo("sms");
        assertThat(phone.path("usage").toString()).isEqualTo("[\"secondary\"]");
        assertThat(phone.path("confirmed").asBoolean()).isTrue();
        assertThat(phone.has("created_at")).isTrue();
        assertThat(account.get(token, METHODS + "/" + phone.path("id").asString())
                        .body())
                .isEqualTo(phone);
        assertThat(account.get(token, "/me/v1/factors").body().toString())
                .isEqualTo("{\"factors\":[" + factor("phone") + "," + factor("totp") + "," + factor("recovery-code")
                        + "]}");
    }

    private static String factor(String type) {
        return "{\"type\":\"" + type + "\",\"usage\":[\"secondary\"]}";
    }

    @Test
    void a_number_that_an_action_does_not_trust_is_not_bound() {
        var token = account.token(enrolled(), number);
        var typed = TestTenant.newNumber();
        var second = Map.of("type", "phone", "phone_number", typed);
        var begun = account.post(token, METHODS, second);
        var deny = "exports.onExecutePreBindNumber = async (event, api) => { api.number.deny('A landline'); };";
        new Scripts(tenant).action(Trigger.PRE_BIND_NUMBER, deny, Map.of());
        var refused = account.post(token, METHODS, second);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("detail")).isEqualTo("A landline");
        var confirmed = account.verify(token, begun, "otp_code", tenant.code(typed));
        assertThat(confirmed.status()).as("the code of before").isEqualTo(403);
    }

    @Test
    void a_phone_is_bound_by_its_code_named_called_and_removed() {
        var token = account.token(enrolled(), number);
        var second = TestTenant.newNumber();
        var begun = account.post(token, METHODS, Map.of("type", "phone", "phone_number", second));
        assertThat(begun.status()).as(begun.body().toString()).isEqualTo(202);
        assertThat(account.location(begun))
                .isEqualTo(METHODS + "/" + begun.text("id").replace("|", "%7C"));
        assertThat(begun.body().has("recovery_code")).isFalse();
        var wrong = account.verify(token, begun, "otp_code", tenant.wrongCode(second));
        assertThat(refusal(wrong)).isEqualTo("A0E-400-0001");
        assertThat(account.get(token, METHODS).body().toString()).doesNotContain(second);

        var bound = account.verify(token, begun, "otp_code", tenant.code(second));
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(201);
        assertThat(bound.text("id")).isEqualTo(begun.text("id"));
        assertThat(bound.text("phone_number")).isEqualTo(second);
        assertThat(refusal(account.verify(token, begun, "otp_code", tenant.code(second))))
                .isEqualTo("A0E-400-0001");

        var at = METHODS + "/" + bound.text("id");
        var changed = account.call("PATCH", token, at, "{'name':'At work','preferred_authentication_method':'voice'}");
        assertThat(changed.text("name")).isEqualTo("At work");
        assertThat(changed.text("preferred_authentication_method")).isEqualTo("voice");
        assertThat(account.delete(token, at).status()).isEqualTo(204);
        assertThat(refusal(account.get(token, at))).isEqualTo("A0E-404-0002");
        assertThat(account.get(token, METHODS).body().toString())
                .contains(number)
                .doesNotContain(second);
    }

    @Test
    void an_app_is_bound_by_its_code() {
        var token = account.token(enrolled(), number);
        var begun = account.post(token, METHODS, Map.of("type", "totp"));
        assertThat(begun.text("barcode_uri")).startsWith("otpauth://totp/").contains(begun.text("manual_input_code"));
        var app = new TotpApp(begun.text("manual_input_code"));
        var bound = account.verify(token, begun, "otp_code", app.code(now()));
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(201);
        assertThat(bound.text("type")).isEqualTo("totp");
        assertThat(account.types(token)).containsExactly("phone", "recovery-code", "totp");
    }

    @Test
    void a_new_recovery_code_counts_once_it_is_confirmed_and_the_one_before_no_more() {
        var person = tenant.person();
        var login = tenant.mfaToken(person);
        var started = tenant.associate(login, "sms", number);
        tenant.verify(login, started.text("oob_code"), tenant.code(number));
        var before = started.body().path("recovery_codes").path(0).asString();
        var token = account.token(person, number);

        var begun = account.post(token, METHODS, Map.of("type", "recovery-code"));
        assertThat(begun.text("recovery_code")).hasSize(24);
        // What is bound at the same time does not confirm it.
        var app = account.post(token, METHODS, Map.of("type", "totp"));
        account.verify(token, app, "otp_code", new TotpApp(app.text("manual_input_code")).code(now()));
        assertThat(account.idOf(token, "recovery-code")).isNotEqualTo(begun.text("id"));

        var session = Map.of("auth_session", begun.text("auth_session"));
        var bound = account.post(token, account.location(begun) + "/verify", session);
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(201);
        assertThat(bound.text("id")).isEqualTo(begun.text("id"));
        assertThat(refusal(account.post(token, account.location(begun) + "/verify", session)))
                .isEqualTo("A0E-400-0001");
        assertThat(tenant.token(RECOVERY, "mfa_token", tenant.mfaToken(person), "recovery_code", before)
                        .status())
                .isEqualTo(403);
        assertThat(tenant.token(
                                RECOVERY,
                                "mfa_token",
                                tenant.mfaToken(person),
                                "recovery_code",
                                begun.text("recovery_code"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void who_has_no_factor_binds_the_first_by_the_password_and_nothing_more() {
        var person = tenant.person();
        var token = account.token(person, null);
        assertThat(account.types(token)).isEmpty();
        assertThat(refusal(account.post(token, METHODS, Map.of("type", "recovery-code"))))
                .isEqualTo("A0E-403-0001");
        var begun = account.post(token, METHODS, Map.of("type", "phone", "phone_number", number));
        assertThat(account.verify(token, begun, "otp_code", tenant.code(number)).status())
                .isEqualTo(201);
        for (var answer : List.of(
                account.get(token, METHODS),
                account.post(token, METHODS, Map.of("type", "totp")),
                account.delete(token, METHODS + "/" + begun.text("id"))))
            assertThat(refusal(answer)).isEqualTo("A0E-403-0001");
        var fresh = account.token(person, number);
        assertThat(account.types(fresh))
                .as("no recovery code that nobody has seen")
                .containsExactly("phone");
    }

    @Test
    void of_two_first_ones_at_once_one_is_bound() {
        var person = tenant.person();
        var token = account.token(person, null);
        var other = account.token(person, null);
        var app = account.post(other, METHODS, Map.of("type", "totp"));
        var phone = account.post(token, METHODS, Map.of("type", "phone", "phone_number", number));
        assertThat(account.verify(token, phone, "otp_code", tenant.code(number)).status())
                .isEqualTo(201);
        var late = account.verify(other, app, "otp_code", new TotpApp(app.text("manual_input_code")).code(now()));
        assertThat(refusal(late)).isEqualTo("A0E-403-0001");
    }

    @Test
    void keys_and_devices_are_bound_by_what_a_page_of_the_application_made() {
        var passkeys = Passkeys.of(tenant, "sms", "otp", "recovery-code", "webauthn-roaming", "webauthn-platform");
        var token = account.token(enrolled(), number);
        var key = new SoftKey();
        var begun = account.post(token, METHODS, Map.of("type", "webauthn-roaming"));
        assertThat(begun.status()).as(begun.body().toString()).isEqualTo(202);
        var options = begun.body().path("authn_params_public_key");
        assertThat(options.path("rp").path("id").asString()).isEqualTo(tenant.host());
        var elsewhere = key.create(options, "https://elsewhere.example");
        assertThat(refusal(account.verify(token, begun, "authn_response", json(elsewhere))))
                .isEqualTo("A0E-400-0001");
        var made = key.create(options, passkeys.origin());
        var bound = account.verify(token, begun, "authn_response", json(made));
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(201);
        assertThat(bound.text("type")).isEqualTo("webauthn-roaming");
        assertThat(bound.text("key_id")).isEqualTo(key.id());
        assertThat(bound.text("relying_party_id")).isEqualTo(tenant.host());
        assertThat(refusal(account.verify(token, begun, "authn_response", json(made))))
                .as("the same once more")
                .isEqualTo("A0E-400-0001");
        assertThat(refusal(account.post(token, METHODS, Map.of("type", "passkey"))))
                .as("beside a passkey takes more than a code")
                .isEqualTo("A0E-403-0001");
    }

    @Test
    void a_page_of_the_keys_domain_may_make_one_where_the_client_has_registered_its_origin() {
        Passkeys.of(tenant, "sms", "webauthn-roaming");
        var domain = tenant.host().substring(tenant.host().indexOf('.') + 1);
        account.admin()
                .put(
                        "/guardian/factors/webauthn-roaming/settings",
                        Map.of("overrideRelyingParty", true, "relyingPartyIdentifier", domain));
        account.admin()
                .patch(
                        "/clients/" + tenant.clientId(),
                        Map.of("web_origins", List.of("https://shop." + domain, "https://elsewhere.example")));
        var token = account.token(enrolled(), number);
        var begun = account.post(token, METHODS, Map.of("type", "webauthn-roaming"));
        var options = begun.body().path("authn_params_public_key");
        assertThat(options.path("rp").path("id").asString()).isEqualTo(domain);
        for (var origin : List.of("https://evil." + domain, "https://elsewhere.example"))
            assertThat(refusal(account.verify(
                            token, begun, "authn_response", json(new SoftKey().create(options, origin)))))
                    .isEqualTo("A0E-400-0001");
        var made = new SoftKey().create(options, "https://shop." + domain);
        assertThat(account.verify(token, begun, "authn_response", json(made)).status())
                .isEqualTo(201);
    }

    @Test
    void a_page_of_a_related_origin_may_make_one_and_browsers_are_told_which_are() {
        Passkeys.of(tenant, "sms", "webauthn-roaming");
        var settings = "/guardian/factors/webauthn-roaming/settings";
        assertThat(tenant.get("/.well-known/webauthn", null).status()).isEqualTo(404);
        assertThat(account.admin()
                        .put(settings, Map.of("relatedOrigins", List.of("https://shop.example/page")))
                        .status())
                .isEqualTo(400);
        account.admin().put(settings, Map.of("relatedOrigins", List.of("https://shop.example", "https://app.example")));
        account.admin().patch("/clients/" + tenant.clientId(), Map.of("web_origins", List.of("https://shop.example")));
        assertThat(tenant.get("/.well-known/webauthn", null).body().toString())
                .isEqualTo("{\"origins\":[\"https://app.example\",\"https://shop.example\"]}");
        var token = account.token(enrolled(), number);
        var begun = account.post(token, METHODS, Map.of("type", "webauthn-roaming"));
        var options = begun.body().path("authn_params_public_key");
        assertThat(options.path("rp").path("id").asString()).isEqualTo(tenant.host());
        assertThat(refusal(account.verify(
                        token, begun, "authn_response", json(new SoftKey().create(options, "https://app.example")))))
                .as("no origin of this application")
                .isEqualTo("A0E-400-0001");
        var made = new SoftKey().create(options, "https://shop.example");
        assertThat(account.verify(token, begun, "authn_response", json(made)).status())
                .isEqualTo(201);
    }

    @Test
    void a_passkey_has_no_id_until_it_is_made() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming", "webauthn-platform");
        var token = account.token(enrolled(), number);
        var begun = account.post(
                token, METHODS, Map.of("type", "passkey", "connection", "Username-Password-Authentication"));
        assertThat(begun.body().has("id")).isFalse();
        assertThat(account.location(begun)).endsWith("/passkey%7Cnew");
        var made = new SoftKey().synced().create(begun.body().path("authn_params_public_key"), passkeys.origin());
        var bound = account.verify(token, begun, "authn_response", json(made));
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(201);
        assertThat(bound.text("credential_device_type")).isEqualTo("multi_device");
        assertThat(account.location(bound))
                .isEqualTo(METHODS + "/" + bound.text("id").replace("|", "%7C"));
        assertThat(account.get(token, METHODS + "?type=passkey")
                        .body()
                        .path("authentication_methods")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void whether_a_passkey_was_copied_is_told_as_it_said_itself_when_it_was_last_used() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming");
        var person = enrolled();
        var token = account.token(person, number);
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var begun = account.post(token, METHODS, Map.of("type", "passkey"));
        var key = new SoftKey().synced();
        var made = key.create(begun.body().path("authn_params_public_key"), passkeys.origin());
        var bound = account.verify(token, begun, "authn_response", json(made));
        assertThat(bound.body().path("credential_backed_up").asBoolean(true)).isFalse();
        var browser = new Browser(tenant);
        var page = passkeys.password(browser, person, WebApp.of(tenant).authorize());
        assertThat(passkeys.sign(browser, page, key.backedUp()).parameter("code"))
                .isNotEmpty();
        assertThat(account.get(token, METHODS + "/" + bound.text("id"))
                        .body()
                        .path("credential_backed_up")
                        .asBoolean())
                .isTrue();
    }

    private static Object json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    /** As a browser tells what was chosen. */
    private static Object claimed(String made, String attachment) {
        return ((ObjectNode) JsonMapper.shared().readTree(made)).put("authenticatorAttachment", attachment);
    }

    private Answer recovered(Person person, String code) {
        var login = tenant.signIn(person, "audience", account.audience(), "scope", MyAccount.allScopes())
                .text("mfa_token");
        return tenant.token(RECOVERY, "mfa_token", login, "recovery_code", code);
    }

    private String regenerated(Person person) {
        return account.admin()
                .call("POST", "/users/" + person.id().value() + "/recovery-code-regeneration", null)
                .text("recovery_code");
    }

    /** The recovery code counts as much as a passkey: by it somebody who took over the number would bind his own. */
    @Test
    void beside_a_passkey_a_code_makes_no_recovery_code() {
        var passkeys = Passkeys.of(tenant, "sms", "recovery-code", "webauthn-roaming");
        var person = enrolled();
        var owners = regenerated(person);
        var token = account.token(person, number);
        var before = account.post(token, METHODS, Map.of("type", "recovery-code"));
        assertThat(before.status()).isEqualTo(202);
        var key = account.post(token, METHODS, Map.of("type", "webauthn-roaming"));
        var made = new SoftKey().create(key.body().path("authn_params_public_key"), passkeys.origin());
        assertThat(account.verify(token, key, "authn_response", json(made)).status())
                .isEqualTo(201);

        var session = Map.of("auth_session", before.text("auth_session"));
        assertThat(refusal(account.post(token, account.location(before) + "/verify", session)))
                .as("begun before there was a passkey")
                .isEqualTo("A0E-403-0001");
        assertThat(refusal(account.post(token, METHODS, Map.of("type", "recovery-code"))))
                .isEqualTo("A0E-403-0001");
        assertThat(account.get(token, "/me/v1/factors").body().toString()).doesNotContain("recovery-code");
        var proved = recovered(person, owners);
        assertThat(proved.status()).as(proved.body().toString()).isEqualTo(200);
        var again = account.post(proved.text("access_token"), METHODS, Map.of("type", "recovery-code"));
        assertThat(again.status()).as("by the recovery code").isEqualTo(202);
    }

    @Test
    void a_recovery_code_that_its_owner_denied_is_replaced_by_an_administrator_alone() throws Exception {
        tenant.tellingOwners();
        var person = enrolled();
        regenerated(person);
        var told = "A new recovery code was made";
        Eventually.holds(
                told, () -> tenant.server().carrier().noticesTo(number).stream().anyMatch(text -> text.contains(told)));
        var link = Links.in(tenant.server().carrier().noticesTo(number).stream()
                .filter(text -> text.contains(told))
                .findFirst()
                .orElseThrow());
        assertThat(new Browser(tenant)
                        .post("/u/not-me", link.substring(link.indexOf("t=")))
                        .html())
                .contains("Your account is protected");
        tenant.server().clock().advance(Duration.ofSeconds(2));
        var token = account.token(person, number);
        assertThat(refusal(account.post(token, METHODS, Map.of("type", "recovery-code"))))
                .isEqualTo("A0E-403-0001");
        assertThat(refusal(account.delete(token, METHODS + "/" + account.idOf(token, "recovery-code"))))
                .isEqualTo("A0E-403-0001");
        assertThat(account.get(token, "/me/v1/factors").body().toString()).doesNotContain("recovery-code");
        var given = regenerated(person);
        assertThat(recovered(person, given).status()).isEqualTo(200);
    }

    @Test
    void no_recovery_code_is_confirmed_once_they_are_switched_off() {
        var token = account.token(enrolled(), number);
        var begun = account.post(token, METHODS, Map.of("type", "recovery-code"));
        Passkeys.of(tenant, "sms", "otp");
        var session = Map.of("auth_session", begun.text("auth_session"));
        assertThat(refusal(account.post(token, account.location(begun) + "/verify", session)))
                .isEqualTo("A0E-403-0001");
    }

    @Test
    void of_the_recovery_codes_that_wait_the_oldest_give_way() {
        var person = enrolled();
        var token = account.token(person, number);
        Answer begun = null;
        for (int more = 0; more < RecoveryCodes.MOST_UNCONFIRMED + 4; more++) {
            tenant.server().clock().advance(Duration.ofSeconds(1));
            begun = account.post(token, METHODS, Map.of("type", "recovery-code"));
            assertThat(begun.status()).isEqualTo(202);
        }
        var waiting = tenant.server()
                .bean(JdbcClient.class)
                .sql(
                        "SELECT count(*) FROM enrollment WHERE tenant_id = :t AND kind = 'recovery-code' AND confirmed_at IS NULL")
                .param("t", tenant.id().value())
                .query(Integer.class)
                .single();
        assertThat(waiting).isEqualTo(RecoveryCodes.MOST_UNCONFIRMED);
        var session = Map.of("auth_session", Objects.requireNonNull(begun).text("auth_session"));
        assertThat(account.post(token, account.location(begun) + "/verify", session)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void one_challenge_makes_one_key() {
        var passkeys = Passkeys.of(tenant, "sms", "recovery-code", "webauthn-roaming");
        var person = enrolled();
        var token = recovered(person, regenerated(person)).text("access_token");
        var begun = account.post(token, METHODS, Map.of("type", "webauthn-roaming"));
        var options = begun.body().path("authn_params_public_key");
        var first = json(new SoftKey().create(options, passkeys.origin()));
        var second = json(new SoftKey().create(options, passkeys.origin()));
        var bound = account.verify(token, begun, "authn_response", first);
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(201);
        assertThat(refusal(account.verify(token, begun, "authn_response", second)))
                .isEqualTo("A0E-400-0001");
        assertThat(account.delete(token, METHODS + "/" + bound.text("id")).status())
                .isEqualTo(204);
        for (var answer : List.of(first, second))
            assertThat(refusal(account.verify(token, begun, "authn_response", answer)))
                    .as("what was removed stays removed")
                    .isEqualTo("A0E-400-0001");
        assertThat(account.types(token)).doesNotContain("webauthn-roaming");
    }

    @Test
    void a_passkey_of_the_one_kind_that_may_be_bound_is_of_that_kind_whatever_the_browser_says() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-platform");
        var token = account.token(enrolled(), number);
        var begun = account.post(token, METHODS, Map.of("type", "passkey"));
        var options = begun.body().path("authn_params_public_key");
        assertThat(options.path("authenticatorSelection")
                        .path("authenticatorAttachment")
                        .asString())
                .isEqualTo("platform");
        var made = new SoftKey().create(options, passkeys.origin());
        var bound = account.verify(token, begun, "authn_response", claimed(made, "cross-platform"));
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(201);
        assertThat(bound.text("type")).isEqualTo("webauthn-platform");
    }

    @Test
    void a_passkey_of_either_kind_is_asked_for_its_owners_word() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming", "webauthn-platform");
        account.admin().put("/guardian/factors/webauthn-roaming/settings", Map.of("userVerification", "discouraged"));
        var token = account.token(enrolled(), number);
        var begun = account.post(token, METHODS, Map.of("type", "passkey"));
        var options = begun.body().path("authn_params_public_key");
        var selection = options.path("authenticatorSelection");
        assertThat(selection.has("authenticatorAttachment")).isFalse();
        assertThat(selection.path("userVerification").asString()).isEqualTo("required");
        var unverified = new SoftKey().unverified().create(options, passkeys.origin());
        assertThat(refusal(account.verify(token, begun, "authn_response", claimed(unverified, "cross-platform"))))
                .isEqualTo("A0E-400-0001");
        var made = new SoftKey().create(options, passkeys.origin());
        var bound = account.verify(token, begun, "authn_response", claimed(made, "platform"));
        assertThat(bound.text("type")).isEqualTo("webauthn-platform");
    }

    /** Else what a device makes for the one domain would be looked for under the other. */
    @Test
    void a_passkey_is_held_to_the_domain_that_the_browser_was_told() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-roaming", "webauthn-platform");
        var domain = tenant.host().substring(tenant.host().indexOf('.') + 1);
        var settings = "/guardian/factors/webauthn-roaming/settings";
        account.admin().put(settings, Map.of("overrideRelyingParty", true, "relyingPartyIdentifier", domain));
        var token = account.token(enrolled(), number);
        var begun = account.post(token, METHODS, Map.of("type", "passkey"));
        var options = begun.body().path("authn_params_public_key");
        assertThat(options.path("rp").path("id").asString()).isEqualTo(domain);
        assertThat(options.path("authenticatorSelection")
                        .path("authenticatorAttachment")
                        .asString())
                .isEqualTo("cross-platform");
        account.admin().put(settings, Map.of("overrideRelyingParty", false));
        var made = new SoftKey().create(options, passkeys.origin());
        var bound = account.verify(token, begun, "authn_response", claimed(made, "platform"));
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(201);
        assertThat(bound.text("type")).isEqualTo("webauthn-roaming");
        assertThat(bound.text("relying_party_id")).isEqualTo(domain);
    }

    @Test
    void nobody_sets_a_channel_that_is_switched_off() {
        var token = account.token(enrolled(), number);
        account.admin().put("/guardian/factors/phone/message-types", Map.of("message_types", List.of("sms")));
        var at = METHODS + "/" + account.idOf(token, "phone");
        assertThat(refusal(account.call("PATCH", token, at, "{'preferred_authentication_method':'voice'}")))
                .isEqualTo("A0E-403-0001");
        assertThat(account.call("PATCH", token, at, "{'preferred_authentication_method':'sms'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void who_is_blocked_while_a_request_is_under_way_changes_and_removes_nothing() throws Exception {
        var person = enrolled();
        var token = account.token(person, number);
        var at = METHODS + "/" + account.idOf(token, "recovery-code");
        var phone = METHODS + "/" + account.idOf(token, "phone");
        var answers = HeldUser.answers(
                tenant,
                person,
                List.<Callable<Answer>>of(
                        () -> account.delete(token, at), () -> account.call("PATCH", token, phone, "{'name':'Thief'}")),
                "blocked = true");
        for (var answer : answers) assertThat(refusal(answer)).isEqualTo("A0E-401-0001");
        assertThat(tenant.server()
                        .bean(JdbcClient.class)
                        .sql("SELECT count(*) FROM enrollment WHERE tenant_id = :t AND name IS NULL")
                        .param("t", tenant.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void the_owner_is_told_as_by_every_other_door() throws Exception {
        tenant.tellingOwners();
        var token = account.token(enrolled(), number);
        var begun = account.post(token, METHODS, Map.of("type", "totp"));
        account.verify(token, begun, "otp_code", new TotpApp(begun.text("manual_input_code")).code(now()));
        account.call("PATCH", token, METHODS + "/" + begun.text("id"), "{'name':'New'}");
        account.delete(token, METHODS + "/" + begun.text("id"));
        var code = account.post(token, METHODS, Map.of("type", "recovery-code"));
        account.post(token, account.location(code) + "/verify", Map.of("auth_session", code.text("auth_session")));
        for (var told : List.of("was added", "was changed", "was removed", "recovery code"))
            Eventually.holds(
                    told,
                    () -> tenant.server().carrier().noticesTo(number).stream().anyMatch(text -> text.contains(told)));
    }

    @Test
    void what_an_owner_removes_ends_sessions_and_refresh_tokens_as_by_every_other_door() {
        var tokens = account.signIn(enrolled(), number, "openid offline_access " + MyAccount.allScopes());
        var refresh = tokens.text("refresh_token");
        assertThat(refresh).isNotEmpty();
        var token = tokens.text("access_token");
        assertThat(account.delete(token, METHODS + "/" + account.idOf(token, "recovery-code"))
                        .status())
                .isEqualTo(204);
        assertThat(tenant.token("refresh_token", "refresh_token", refresh).error())
                .isEqualTo("403 invalid_grant: Unknown or invalid refresh token.");
        Answer still = account.get(token, METHODS);
        assertThat(still.status()).as("the token by which it was removed").isEqualTo(200);
    }
}
