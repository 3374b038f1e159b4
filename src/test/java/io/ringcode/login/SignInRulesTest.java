package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.action.PostLogins;
import io.ringcode.console.view.SignInPolicyView;
import io.ringcode.factor.PasskeyPolicy;
import io.ringcode.management.Admin;
import io.ringcode.session.KnownBrowsers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rules of who is asked for a second factor, at every door. */
class SignInRulesTest {
    private static final String POLICY = "/guardian/sign-in-policy";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final PostLogins logins = PostLogins.of(tenant);
    private final Admin admin = Admin.of(tenant);
    private final String number = TestTenant.newNumber();
    private final Browser browser = new Browser(tenant);

    private void rules(String rules) {
        var answer = admin.put(POLICY, "{'failed_action':'deny','rules':[" + rules + "]}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    private Browser.Place again(Person person) {
        return logins.password(browser, person, "prompt", "login");
    }

    @Test
    void the_policy_is_set_and_read_and_what_does_not_fit_is_refused() {
        assertThat(admin.get(POLICY).body().toString()).isEqualTo("{\"rules\":[],\"failed_action\":\"deny\"}");
        rules("{'ask':'any-factor','clients':['app'],'metadata':'role','value':'admin','new_browser':true,'days':7},"
                + "{'ask':'nothing'}");
        assertThat(admin.get(POLICY).body().at("/rules/0").toString())
                .isEqualTo("{\"ask\":\"any-factor\",\"clients\":[\"app\"],\"metadata\":\"role\",\"value\":\"admin\","
                        + "\"new_browser\":true,\"days\":7}");
        for (var wrong : new String[] {
            "{'ask':'all'}",
            "{'ask':'nothing','metadata':'role'}",
            "{'ask':'nothing','days':0}",
            "{'ask':'nothing','clients':['nobody']}"
        })
            assertThat(admin.put(POLICY, "{'failed_action':'deny','rules':[" + wrong + "]}")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        assertThat(admin.put(POLICY, "{'failed_action':'hope','rules':[]}").status())
                .isEqualTo(400);
    }

    @Test
    void an_application_is_asked_on_the_pages_and_by_the_password_grant() {
        var person = tenant.enrolled(number);
        rules("{'ask':'any-factor','clients':['app']}");
        assertThat(logins.password(browser, person).screen()).isEqualTo("mfa-phone-challenge");
        assertThat(tenant.signIn(person).text("error")).isEqualTo("mfa_required");
        rules("{'ask':'nothing','clients':['app']}");
        admin.put("/guardian/policies", "['all-applications']");
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(again(person).parameter("code")).isNotEmpty();
        assertThat(tenant.signIn(person).status()).isEqualTo(200);
    }

    @Test
    void administrators_are_asked_by_what_app_metadata_says_of_them() {
        var person = tenant.enrolled(number);
        rules("{'ask':'any-factor','metadata':'groups','value':'admins'}");
        assertThat(logins.password(browser, person).parameter("code")).isNotEmpty();
        admin.patch("/users/" + person.id().value(), "{'app_metadata':{'groups':['staff','admins']}}");
        assertThat(again(person).screen()).isEqualTo("mfa-phone-challenge");
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
        assertThat(tenant.signIn(person).text("error")).isEqualTo("mfa_required");
    }

    @Test
    void a_new_browser_is_asked_once_and_another_user_of_it_too() {
        var person = tenant.enrolled(number);
        var other = tenant.enrolled(TestTenant.newNumber());
        rules("{'ask':'any-factor','new_browser':true}");
        var page = logins.password(browser, person);
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(logins.code(browser, page, number).parameter("code")).isNotEmpty();
        assertThat(browser.setCookie("ringcode-remembered")).contains("HttpOnly");
        assertThat(again(person).parameter("code")).isNotEmpty();
        assertThat(again(other).screen()).isEqualTo("mfa-phone-challenge");
        assertThat(logins.password(new Browser(tenant), person).screen()).isEqualTo("mfa-phone-challenge");
    }

    private int countries(String set) {
        return tenant.server()
                .bean(JdbcClient.class)
                .sql("UPDATE known_country SET " + set + " WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .update();
    }

    @Test
    void a_new_country_is_asked_once_whatever_browser_or_session() {
        var person = tenant.enrolled(number);
        assertThat(logins.password(browser, person).parameter("code")).isNotEmpty();
        assertThat(countries("country = 'XX'")).as("kept where no rule asks").isZero();
        rules("{'ask':'any-factor','new_country':true}");
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
        var page = again(person);
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(logins.code(browser, page, number).parameter("code")).isNotEmpty();
        assertThat(logins.password(new Browser(tenant), person).parameter("code"))
                .as("another browser in the same country")
                .isNotEmpty();
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("code"))
                .isNotEmpty();
        assertThat(countries("country = 'XX'")).isEqualTo(1);
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("error"))
                .as("the cookies of the same browser, from elsewhere")
                .isEqualTo("login_required");
        assertThat(tenant.signIn(person).text("error"))
                .as("nobody knows where a server's users are")
                .isEqualTo("mfa_required");
        admin.delete("/users/" + person.id().value());
        assertThat(countries("country = 'XX'")).isZero();
    }

    @Test
    void the_console_takes_rules_on_countries_and_risk_and_says_what_they_mean() {
        rules("{'ask':'any-factor','new_country':true,'risk':'high'}");
        assertThat(admin.get(POLICY).body().at("/rules/0").toString())
                .contains("\"new_country\":true,\"risk\":\"high\"");
        var rule = admin.get(POLICY).body().at("/rules/0");
        assertThat(SignInPolicyView.when(rule, true))
                .isEqualTo("where the country is new, and the address is of high risk");
        assertThat(SignInPolicyView.when(rule, false))
                .contains("the country is new (never: no file says where addresses are)");
        assertThat(admin.put(POLICY, "{'failed_action':'deny','rules':[{'ask':'nothing','risk':'awful'}]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void what_ends_trust_makes_every_browser_a_new_one() {
        var person = tenant.enrolled(number);
        var user = "/users/" + person.id().value();
        rules("{'ask':'any-factor','new_browser':true}");
        assertThat(logins.code(browser, logins.password(browser, person), number)
                        .parameter("code"))
                .isNotEmpty();
        assertThat(again(person).parameter("code")).isNotEmpty();
        admin.patch(user, Map.of("password", person.password()));
        var page = again(person);
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(logins.code(browser, page, number).parameter("code")).isNotEmpty();
        assertThat(again(person).parameter("code")).isNotEmpty();
        assertThat(admin.call("POST", user + "/multifactor/actions/invalidate-remember-browser", null)
                        .status())
                .isEqualTo(204);
        assertThat(again(person).screen()).isEqualTo("mfa-phone-challenge");
    }

    @Test
    void of_the_browsers_that_a_user_has_signed_in_by_the_newest_fifty_are_known() {
        var person = tenant.person();
        var known = tenant.server().bean(KnownBrowsers.class);
        for (int i = 0; i < 60; i++) known.signedIn(tenant.id(), "browser-" + i, person.id(), null);
        assertThat(known.find(tenant.id(), "browser-59", person.id())).isPresent();
        assertThat(tenant.server()
                        .bean(JdbcClient.class)
                        .sql("SELECT count(*) FROM known_browser WHERE tenant_id = ? AND user_id = ?")
                        .params(tenant.id().value(), person.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(50);
    }

    @Test
    void after_some_days_the_factor_is_asked_again_of_a_session_and_of_a_remembered_browser() {
        var person = tenant.enrolled(number);
        rules("{'ask':'any-factor','days':3}");
        var page = logins.password(browser, person);
        assertThat(page.html()).doesNotContain("rememberBrowser");
        assertThat(logins.code(browser, page, number).parameter("code")).isNotEmpty();
        tenant.server().clock().advance(Duration.ofDays(2));
        assertThat(again(person).parameter("code")).isNotEmpty();
        tenant.server().clock().advance(Duration.ofDays(1));
        assertThat(browser.open(logins.app().authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
        page = browser.open(logins.app().authorize());
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(logins.code(browser, page, number).parameter("code")).isNotEmpty();
        assertThat(again(person).parameter("code")).isNotEmpty();
    }

    @Test
    void a_remembered_browser_stands_for_the_factor_until_a_rule_says_that_it_is_too_long_ago() {
        var person = tenant.enrolled(number);
        rules("{'ask':'any-factor'}");
        var page = browser.send(logins.password(browser, person), "type", "sms");
        assertThat(page.html()).contains("rememberBrowser");
        page = browser.send(page, "code", tenant.code(number), "rememberBrowser", "true");
        assertThat(page.parameter("code")).isNotEmpty();
        assertThat(again(person).parameter("code")).isNotEmpty();
        rules("{'ask':'any-factor','days':3}");
        tenant.server().clock().advance(Duration.ofDays(3));
        assertThat(again(person).screen()).isEqualTo("mfa-phone-challenge");
    }

    @Test
    void nothing_less_than_a_passkey_is_asked_of_who_has_one_at_both_doors() {
        var passkeys = Passkeys.of(tenant, "sms", "otp", "webauthn-roaming", "recovery-code");
        admin.put("/guardian/policies", "['all-applications']");
        var key = new SoftKey();
        var person = passkeys.withKey(key, logins.app());
        admin.post(
                "/users/" + person.id().value() + "/authentication-methods",
                Map.of("type", "phone", "phone_number", number));
        var phoneOnly = tenant.enrolled(TestTenant.newNumber());
        rules("{'ask':'phishing-resistant'}");
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var page = again(person);
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        page = browser.send(page, "action", "pick-authenticator");
        assertThat(page.html()).doesNotContain("value=\"sms\"");
        var refused = tenant.signIn(person);
        assertThat(refused.body().at("/mfa_requirements/challenge").toString()).doesNotContain("phone");
        assertThat(tenant.challenge(refused.text("mfa_token")).text("error")).isEqualTo("unsupported_challenge_type");
        assertThat(tenant.challenge(tenant.signIn(phoneOnly).text("mfa_token")).status())
                .isEqualTo(200);
    }

    @Test
    void a_remembered_browser_is_no_passkey_but_stands_for_what_else_the_user_has() {
        var passkeys = Passkeys.of(tenant, "sms", "otp", "webauthn-roaming", "recovery-code");
        admin.put("/guardian/policies", "['all-applications']");
        var key = new SoftKey();
        var person = passkeys.withKey(key, logins.app());
        admin.post(
                "/users/" + person.id().value() + "/authentication-methods",
                Map.of("type", "phone", "phone_number", number));
        var page = browser.send(again(person), "action", "pick-authenticator");
        page = browser.send(page, "action", "sms");
        if (page.screen().equals("mfa-phone-challenge")) page = browser.send(page, "type", "sms");
        page = browser.send(page, "code", tenant.code(number), "rememberBrowser", "true");
        if (page.screen().startsWith("mfa-webauthn")) page = browser.send(page, "action", "not-now");
        assertThat(page.parameter("code")).as(page.html()).isNotEmpty();
        assertThat(again(person).parameter("code")).isNotEmpty();
        rules("{'ask':'phishing-resistant'}");
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(again(person).screen()).isEqualTo("mfa-webauthn-roaming-challenge");
    }

    @Test
    void a_failed_action_asks_for_no_less_than_the_rules_do() {
        var passkeys = Passkeys.of(tenant, "sms", "otp", "webauthn-roaming", "recovery-code");
        admin.put("/guardian/policies", "['all-applications']");
        var person = passkeys.withKey(new SoftKey(), logins.app());
        admin.post(
                "/users/" + person.id().value() + "/authentication-methods",
                Map.of("type", "phone", "phone_number", number));
        logins.saying("throw new Error('no');");
        admin.put(POLICY, "{'failed_action':'ask','rules':[{'ask':'phishing-resistant'}]}");
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var page = again(person);
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        assertThat(browser.send(page, "action", "pick-authenticator").html()).doesNotContain("value=\"sms\"");
        assertThat(tenant.signIn(person)
                        .body()
                        .at("/mfa_requirements/challenge")
                        .toString())
                .doesNotContain("phone");
    }

    @Test
    void a_code_opens_no_page_on_which_a_passkey_could_be_removed_that_a_rule_asks_for() {
        var passkeys = Passkeys.of(tenant, "sms", "otp", "webauthn-roaming", "recovery-code");
        admin.put("/guardian/policies", "['all-applications']");
        var key = new SoftKey();
        var person = passkeys.withKey(key, logins.app());
        var user = "/users/" + person.id().value();
        admin.patch(user, "{'app_metadata':{'groups':['admins']}}");
        admin.post(user + "/authentication-methods", Map.of("type", "phone", "phone_number", number));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var page = browser.send(again(person), "action", "pick-authenticator");
        page = passkeys.code(browser, browser.send(page, "action", "sms"), number);
        if (page.screen().startsWith("mfa-webauthn")) page = browser.send(page, "action", "not-now");
        assertThat(page.parameter("code")).as(page.html()).isNotEmpty();
        assertThat(browser.open("/u/account").screen())
                .as("nobody asks for more")
                .isEqualTo("account");

        for (var rule : new String[] {
            "{'ask':'phishing-resistant','metadata':'groups','value':'admins'}",
            "{'ask':'phishing-resistant','clients':['app']},{'ask':'nothing'}"
        }) {
            rules(rule);
            tenant.server().clock().advance(Duration.ofSeconds(1));
            page = browser.open("/u/account");
            assertThat(page.screen()).as("by a session that a code opened").isEqualTo("mfa-webauthn-roaming-challenge");
            var stranger = new Browser(tenant);
            page = passkeys.password(stranger, person, "/u/account");
            assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
            var others = stranger.send(page, "action", "pick-authenticator");
            assertThat(others.html()).doesNotContain("value=\"sms\"");
            page = passkeys.sign(stranger, stranger.send(others, "action", "webauthn-roaming"), key);
            assertThat(page.screen()).as(page.html()).isEqualTo("account");
            assertThat(stranger.open("/u/account").screen())
                    .as("by a session that the passkey opened")
                    .isEqualTo("account");
        }
        admin.put(POLICY, "{'failed_action':'deny','rules':[]}");
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(browser.open("/u/account").screen()).isEqualTo("account");
        var app = new PasskeyPolicy.ForClient("app", PasskeyPolicy.PHISHING_RESISTANT, null);
        passkeys.plan(new PasskeyPolicy(PasskeyPolicy.ANY, null, false, 30, List.of(app)));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(browser.open("/u/account").screen())
                .as("by the plan for one application")
                .isEqualTo("mfa-webauthn-roaming-challenge");
    }

    @Test
    void what_an_action_has_bound_is_bound_before_the_page_of_ones_own_methods_opens() {
        var person = tenant.enrolled(number);
        logins.saying(
                "api.authentication.challengeWith({type: 'phone'}); api.authentication.enrollWith({type: 'otp'});");
        tenant.server().clock().advance(Duration.ofMinutes(2));
        var page = browser.open("/u/account");
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = logins.code(browser, page, number);
        assertThat(page.screen()).as(page.html()).isEqualTo("mfa-otp-enrollment-qr");
        assertThat(browser.send(page, "action", "pick-authenticator").screen()).isNotEqualTo("account");
    }

    @Test
    void an_action_may_refuse_the_page_of_ones_own_methods() {
        admin.put("/guardian/policies", "['all-applications']");
        var person = tenant.enrolled(number);
        tenant.server().clock().advance(Duration.ofMinutes(2));
        logins.saying("if (event.client.client_id === 'account') api.access.deny('Not from here.');");
        assertThat(logins.code(browser, logins.password(browser, person), number)
                        .parameter("code"))
                .isNotEmpty();
        var bySession = browser.open("/u/account");
        assertThat(bySession.status()).as(bySession.html()).isEqualTo(403);
        assertThat(bySession.html()).contains("Not from here.");
        var stranger = new Browser(tenant);
        var page = stranger.open("/u/account");
        page = stranger.send(page, "username", person.email(), "password", person.password());
        assertThat(page.status()).as(page.html()).isEqualTo(403);
        logins.saying("if (event.client.client_id === 'app') api.multifactor.enable('any');");
        assertThat(browser.open("/u/account").screen()).isEqualTo("account");
    }

    @Test
    void a_refresh_is_not_asked_for_what_its_sign_in_was_let_pass() {
        var person = tenant.enrolled(number);
        var tokens = tenant.signIn(person, "scope", "openid offline_access");
        rules("{'ask':'any-factor','new_browser':true}");
        assertThat(tenant.token("refresh_token", "refresh_token", tokens.text("refresh_token"))
                        .status())
                .isEqualTo(200);
    }
}
