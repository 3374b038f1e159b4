package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TotpApp;
import io.ringcode.login.Browser;
import io.ringcode.login.Passkeys;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Factors that actions ask for by name: proved or bound on the pages, before the next action runs. */
class PostLoginFactorsTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final PostLogins logins = PostLogins.of(tenant);
    private final Passkeys passkeys =
            Passkeys.of(tenant, "sms", "otp", "webauthn-roaming", "webauthn-platform", "recovery-code");
    private final Admin admin = Admin.of(tenant);
    private final String number = TestTenant.newNumber();
    private final Browser browser = new Browser(tenant);

    private static String action(String statement) {
        return "exports.onExecutePostLogin = async (event, api) => { " + statement + " };";
    }

    private JsonNode idToken(Browser.Place page) {
        var tokens = logins.app().exchange(page.parameter("code"));
        assertThat(tokens.status()).as(tokens.body().toString()).isEqualTo(200);
        return tokens.claims("id_token");
    }

    private void phone(TestTenant.Person person) {
        admin.post(
                "/users/" + person.id().value() + "/authentication-methods",
                Map.of("type", "phone", "phone_number", number));
    }

    @Test
    void the_next_action_runs_after_the_factor_and_sees_what_was_proved() {
        var person = tenant.enrolled(number);
        var ids = logins.run(
                action(
                        "api.authentication.challengeWith({type: 'phone'}); console.log(event.authentication.methods.length);"),
                action("const mfa = event.authentication.methods.filter(m => m.name === 'mfa');"
                        + " api.idToken.setCustomClaim('proved', mfa.map(m => m.type));"));
        var page = logins.password(browser, person);
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(new Scripts(tenant).logs(ids.get(1))).isEmpty();
        assertThat(page.html()).doesNotContain("rememberBrowser");
        var claims = idToken(logins.code(browser, page, number));
        assertThat(claims.path("proved").toString()).isEqualTo("[\"phone\"]");
        assertThat(claims.path("amr").toString()).isEqualTo("[\"pwd\",\"sms\",\"mfa\"]");
        assertThat(new Scripts(tenant).logs(ids.get(0))).containsExactly("1");
    }

    @Test
    void an_action_after_the_factor_may_still_deny() {
        var person = tenant.enrolled(number);
        logins.run(
                action("api.authentication.challengeWith({type: 'phone'});"),
                action("api.access.deny('not even so');"));
        var page = logins.code(browser, logins.password(browser, person), number);
        assertThat(page.parameter("error_description")).isEqualTo("not even so");
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
    }

    @Test
    void only_what_was_asked_for_counts_and_is_listed() {
        var key = new SoftKey();
        var person = withKey(key);
        phone(person);
        logins.run(action("api.authentication.challengeWith({type: 'webauthn-roaming'});"));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var page = logins.password(browser, person, "prompt", "login");
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        page = browser.send(page, "action", "pick-authenticator");
        assertThat(page.html()).doesNotContain("value=\"sms\"").doesNotContain("value=\"recovery-code\"");
        page = browser.send(page, "action", "sms");
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        assertThat(passkeys.sign(browser, page, key).parameter("code")).isNotEmpty();
    }

    @Test
    void a_list_is_shown_where_several_are_asked_for_and_left_out_where_one_is_there() {
        var key = new SoftKey();
        var person = withKey(key);
        logins.run(action("api.authentication.challengeWithAny([{type: 'phone'}, {type: 'webauthn-roaming'}]);"));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(logins.password(browser, person, "prompt", "login").screen())
                .isEqualTo("mfa-webauthn-roaming-challenge");
        phone(person);
        assertThat(logins.password(browser, person, "prompt", "login").screen()).isEqualTo("mfa-login-options");
    }

    @Test
    void nothing_is_left_to_prove_so_the_sign_in_is_refused() {
        logins.run(action("api.authentication.challengeWith({type: 'otp'}, {additionalFactors: [{type: 'email'}]});"));
        var page = logins.password(browser, tenant.enrolled(number));
        assertThat(page.parameter("error")).isEqualTo("access_denied");
        assertThat(page.parameter("error_description")).isEqualTo("The sign-in was refused.");
    }

    @Test
    void a_first_factor_is_bound_because_an_action_says_so() {
        logins.run(
                action("api.authentication.enrollWith({type: 'otp'});"), action("api.idToken.setCustomClaim('n', 1);"));
        var person = tenant.person();
        var page = logins.password(browser, person);
        assertThat(page.screen()).isEqualTo("mfa-otp-enrollment-qr");
        page = browser.send(page, "code", app(page).code(tenant.server().clock().instant()));
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-enrollment");
        page = browser.send(page, "saved", "on");
        assertThat(idToken(page).path("n").asInt()).isOne();
        // Who has it is not asked to bind it again.
        assertThat(logins.password(browser, person, "prompt", "login").parameter("code"))
                .isNotEmpty();
    }

    @Test
    void a_further_factor_is_bound_after_one_that_is_there_and_not_before() {
        var person = tenant.enrolled(number);
        logins.run(action("api.authentication.enrollWith({type: 'otp'});"));
        assertThat(logins.password(browser, person).parameter("error")).isEqualTo("access_denied");
        logins.run(action("api.authentication.challengeWith({type: 'phone'});"
                + " api.authentication.enrollWith({type: 'otp'});"));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var page = logins.code(browser, logins.password(browser, person), number);
        assertThat(page.screen()).isEqualTo("mfa-otp-enrollment-qr");
        page = browser.send(page, "code", app(page).code(tenant.server().clock().instant()));
        assertThat(page.parameter("code")).isNotEmpty();
    }

    @Test
    void a_second_one_of_a_kind_that_is_there_will_not_do() {
        var person = tenant.enrolled(number);
        logins.run(action("api.authentication.challengeWith({type: 'phone'});"
                + " api.authentication.enrollWithAny([{type: 'phone'}, {type: 'otp'}, {type: 'webauthn-roaming'}]);"));
        var page = logins.code(browser, logins.password(browser, person), number);
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        assertThat(page.html()).contains("value=\"otp\"").doesNotContain("value=\"phone\"");
        assertThat(browser.send(page, "action", "phone").status()).isEqualTo(400);
        page = browser.send(page, "action", "otp");
        page = browser.send(page, "code", app(page).code(tenant.server().clock().instant()));
        assertThat(page.parameter("code")).isNotEmpty();
    }

    @Test
    void five_factors_by_name_are_too_many_and_the_log_says_so() {
        logins.run(action("for (let i = 0; i < 5; i++) api.authentication.challengeWith({type: 'phone'});"));
        var page = logins.password(browser, tenant.enrolled(number));
        assertThat(page.parameter("error")).isEqualTo("access_denied");
        assertThat(admin.get("/logs?q=type:actions_execution_failed").body().toString())
                .contains("More than 4 factors");
    }

    @Test
    void a_session_does_not_stand_for_a_factor_that_an_action_names() {
        var person = tenant.enrolled(number);
        logins.run(action("api.authentication.challengeWith({type: 'phone'});"));
        logins.code(browser, logins.password(browser, person), number);
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
        var page = browser.open(logins.app().authorize());
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(logins.code(browser, page, number).parameter("code")).isNotEmpty();
    }

    private static TotpApp app(Browser.Place page) {
        var found = Pattern.compile("secret=([A-Z2-7]{16,})|data-secret=\"([A-Z2-7 ]+)\"")
                .matcher(page.html());
        assertThat(found.find()).as(page.html()).isTrue();
        return new TotpApp(
                found.group(1) != null ? found.group(1) : found.group(2).replace(" ", ""));
    }

    /** A person whose first factor is a key, as the tenant's own policy has it bound. */
    private TestTenant.Person withKey(SoftKey key) {
        admin.put("/guardian/policies", "['all-applications']");
        var person = passkeys.withKey(key, logins.app());
        admin.put("/guardian/policies", "[]");
        return person;
    }
}
