package io.ringcode.myaccount;

import static io.ringcode.myaccount.MyAccount.METHODS;
import static io.ringcode.myaccount.MyAccount.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.factor.Factors;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.WebApp;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How old a proof may be for the My Account API: by sign-in, session and refresh token. */
class FreshnessTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final MyAccount account = MyAccount.activated(tenant);
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);
    private final String number = TestTenant.newNumber();

    private void policies(List<String> policies) {
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        Factors.POLICIES,
                        new Factors.Policies(policies),
                        tenant.server().clock().instant());
    }

    private void later(int minutes) {
        tenant.server().clock().advance(Duration.ofMinutes(minutes));
    }

    private String forAccount(String... more) {
        var all = new String[more.length + 4];
        all[0] = "audience";
        all[1] = account.audience();
        all[2] = "scope";
        all[3] = "openid " + MyAccount.allScopes();
        System.arraycopy(more, 0, all, 4, more.length);
        return app.authorize(all);
    }

    private Place password(Person person, String address) {
        return browser.send(browser.open(address), "username", person.email(), "password", person.password());
    }

    private Place code(Place page) {
        var at = page.screen().equals("mfa-phone-challenge") ? browser.send(page, "type", "sms") : page;
        return browser.send(at, "code", tenant.code(number));
    }

    private Answer exchange(Place end) {
        return app.exchange(end.parameter("code"));
    }

    @Test
    void a_session_counts_for_a_quarter_of_an_hour_and_then_the_factor_is_asked_again() {
        policies(List.of());
        var person = tenant.enrolled(number);
        later(2);
        var plain = password(person, app.authorize());
        assertThat(plain.parameter("code"))
                .as("no factor is asked by the policy")
                .isNotEmpty();
        var page = browser.open(forAccount());
        assertThat(page.screen()).as(page.html()).startsWith("mfa-");
        assertThat(browser.open(forAccount("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
        var tokens = exchange(code(browser.open(forAccount())));
        assertThat(account.types(tokens.text("access_token"))).contains("phone");
        assertThat(tokens.body().path("expires_in").asInt()).isEqualTo(600);

        later(14);
        var silent = exchange(browser.open(forAccount("prompt", "none")));
        assertThat(silent.body().path("expires_in").asInt())
                .as("no longer than the proof counts")
                .isEqualTo(60);
        assertThat(account.get(silent.text("access_token"), METHODS).status()).isEqualTo(200);
        later(1);
        assertThat(refusal(account.get(silent.text("access_token"), METHODS))).isEqualTo("A0E-401-0001");
        assertThat(browser.open(forAccount("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
        assertThat(browser.open(forAccount()).screen()).startsWith("mfa-");
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("code"))
                .as("other APIs do not mind")
                .isNotEmpty();
    }

    @Test
    void who_has_no_factor_signs_in_again_after_a_quarter_of_an_hour() {
        policies(List.of());
        var person = tenant.person();
        var first = exchange(password(person, forAccount("scope", "openid offline_access " + MyAccount.allScopes())));
        assertThat(account.types(first.text("access_token"))).isEmpty();
        later(15);
        assertThat(browser.open(forAccount("prompt", "none")).parameter("error"))
                .isEqualTo("unmet_authentication_requirements");
        assertThat(browser.open(forAccount()).screen()).isEqualTo("login");
        var refreshed = tenant.token("refresh_token", "refresh_token", first.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(403);
        assertThat(refreshed.text("error")).isEqualTo("unmet_authentication_requirements");
    }

    @Test
    void a_remembered_browser_is_no_proof_here() {
        var person = tenant.enrolled(number);
        account.admin().put("/guardian/settings", "{'display_remember_me_checkbox':true}");
        later(2);
        var page = password(person, app.authorize());
        page = page.screen().equals("mfa-phone-challenge") ? browser.send(page, "type", "sms") : page;
        browser.send(page, "code", tenant.code(number), "rememberBrowser", "true");
        later(2);
        var again = password(person, forAccount("prompt", "login"));
        assertThat(again.screen()).as(again.html()).startsWith("mfa-");
    }

    @Test
    void a_refresh_token_remembers_when_the_factor_was_proved() {
        var tokens = account.signIn(tenant.enrolled(number), number, "openid offline_access " + MyAccount.allScopes());
        later(14);
        var refreshed = tenant.token("refresh_token", "refresh_token", tokens.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.body().path("expires_in").asInt()).isEqualTo(60);
        later(1);
        var late = tenant.token("refresh_token", "refresh_token", refreshed.text("refresh_token"));
        assertThat(late.error()).isEqualTo("403 mfa_required: Multifactor authentication required");
        var login = late.text("mfa_token");
        var started = tenant.challenge(login);
        var proved = tenant.verify(login, started.text("oob_code"), tenant.code(number));
        assertThat(account.types(proved.text("access_token"))).contains("phone");
    }

    private void policy(String policy) {
        assertThat(account.admin()
                        .patch(
                                "/clients/" + tenant.clientId(),
                                "{'refresh_token':{'rotation_type':'rotating','expiration_type':'expiring','policies':["
                                        + policy + "]}}")
                        .status())
                .isEqualTo(200);
    }

    private Answer refresh(String token, String scope) {
        return tenant.token("refresh_token", "refresh_token", token, "audience", account.audience(), "scope", scope);
    }

    @Test
    void a_refresh_token_of_a_sign_in_without_an_api_is_good_for_this_one_where_the_clients_policies_say_so() {
        var person = tenant.enrolled(number);
        var login = tenant.signIn(person, "scope", "openid offline_access").text("mfa_token");
        var tokens = tenant.verify(login, tenant.challenge(login).text("oob_code"), tenant.code(number));
        var token = tokens.text("refresh_token");
        var without = refresh(token, "openid");
        assertThat(without.status())
                .as("without a policy the audience is ignored")
                .isEqualTo(200);
        assertThat(without.text("access_token")).doesNotContain(".");
        token = without.text("refresh_token");

        policy("{'audience':'" + account.audience()
                + "','scope':['read:me:factors','read:me:authentication_methods']}");
        var wide = refresh(token, "openid profile offline_access read:me:factors delete:me:authentication_methods");
        assertThat(wide.status()).as(wide.body().toString()).isEqualTo(200);
        assertThat(wide.text("scope")).isEqualTo("offline_access openid read:me:factors");
        assertThat(account.get(wide.text("access_token"), "/me/v1/factors").status())
                .isEqualTo(200);
        token = wide.text("refresh_token");

        var own = tenant.token("refresh_token", "refresh_token", token);
        assertThat(own.text("scope")).as("it stays what it was").isEqualTo("offline_access openid");
        token = own.text("refresh_token");
        later(15);
        var late = refresh(token, "read:me:factors offline_access");
        assertThat(late.error()).isEqualTo("403 mfa_required: Multifactor authentication required");
        var mfa = late.text("mfa_token");
        var proved = tenant.verify(mfa, tenant.challenge(mfa).text("oob_code"), tenant.code(number));
        assertThat(proved.text("scope")).isEqualTo("read:me:factors");
        assertThat(proved.body().has("refresh_token"))
                .as("none that would take the place of the one at hand")
                .isFalse();
        assertThat(tenant.token("refresh_token", "refresh_token", token).status())
                .as("what was refused did not use it up")
                .isEqualTo(200);
    }

    @Test
    void for_the_mfa_api_too_a_policy_takes_no_refresh_token_whose_factor_is_long_ago() {
        var mfaApi = tenant.issuer() + "mfa/";
        policy("{'audience':'" + mfaApi + "','scope':['remove:authenticators']}");
        var person = tenant.enrolled(number);
        var login = tenant.mfaToken(person, "openid", "offline_access");
        var tokens = tenant.verify(login, tenant.challenge(login).text("oob_code"), tenant.code(number));
        var young = tenant.token(
                "refresh_token",
                "refresh_token",
                tokens.text("refresh_token"),
                "audience",
                mfaApi,
                "scope",
                "remove:authenticators");
        assertThat(young.text("scope")).isEqualTo("remove:authenticators");
        later(15);
        var late = tenant.token(
                "refresh_token",
                "refresh_token",
                young.text("refresh_token"),
                "audience",
                mfaApi,
                "scope",
                "remove:authenticators");
        assertThat(late.error()).isEqualTo("403 mfa_required: Multifactor authentication required");
        assertThat(tenant.token("refresh_token", "refresh_token", young.text("refresh_token"))
                        .status())
                .as("what was refused did not use it up")
                .isEqualTo(200);
    }

    @Test
    void for_the_mfa_api_too_a_session_counts_for_a_quarter_of_an_hour() {
        var mfaApi = app.authorize("audience", tenant.issuer() + "mfa/", "scope", "openid remove:authenticators");
        var silently = mfaApi + "&prompt=none";
        var person = tenant.enrolled(number);
        later(2);
        assertThat(code(password(person, app.authorize())).parameter("code")).isNotEmpty();
        assertThat(browser.open(silently).parameter("code")).isNotEmpty();
        later(15);
        assertThat(browser.open(silently).parameter("error")).isEqualTo("login_required");
        assertThat(code(browser.open(mfaApi)).parameter("code")).isNotEmpty();
        assertThat(browser.open(silently).parameter("code")).isNotEmpty();
    }
}
