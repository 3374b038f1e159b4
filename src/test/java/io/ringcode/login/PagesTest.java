package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.factor.Amr;
import io.ringcode.factor.Factors;
import io.ringcode.management.Admin;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each page leads where it should, and nowhere else. */
class PagesTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);

    @Test
    void a_new_user_signs_up_and_is_asked_for_a_second_factor() {
        var page = browser.open(app.authorize("screen_hint", "signup"));
        assertThat(page.screen()).isEqualTo("signup");
        assertThat(browser.send(page, "email", "new@example.com", "password", "short")
                        .status())
                .isEqualTo(400);
        assertThat(browser.send(page, "email", "no address", "password", "long enough")
                        .status())
                .isEqualTo(400);
        assertThat(browser.send(page, "email", "new@example.com", "password", "Password1")
                        .html())
                .contains("easy to guess");
        var next = browser.send(page, "email", "new@example.com", "password", "long enough");
        assertThat(next.screen()).isEqualTo("mfa-begin-enroll-options");
        var again = browser.open(app.authorize("prompt", "create"));
        assertThat(browser.send(again, "email", "NEW@example.com", "password", "long enough")
                        .status())
                .as("taken")
                .isEqualTo(400);
    }

    @Test
    void who_lost_the_phone_uses_the_recovery_code_and_binds_an_app() {
        var number = TestTenant.newNumber();
        var person = tenant.person();
        var shown = bind(person, number);
        var recoveryCode = recoveryCodeOn(shown);
        browser.send(shown, "saved", "on");

        tenant.server().clock().advance(Duration.ofMinutes(1));
        var other = new Browser(tenant);
        var page = password(other, person, app.authorize());
        page = other.send(page, "action", "pick-authenticator");
        assertThat(page.screen()).isEqualTo("mfa-login-options");
        page = other.send(page, "action", "recovery-code");
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-challenge");
        assertThat(other.send(page, "code", "TOO SHORT").status()).isEqualTo(400);
        page = other.send(page, "code", recoveryCode);
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-challenge-new-code");
        assertThat(recoveryCodeOn(page)).isNotEqualTo(recoveryCode);
        page = other.send(page, "saved", "on");
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        page = other.send(page, "action", "otp");
        assertThat(page.screen()).isEqualTo("mfa-otp-enrollment-qr");
        var code = new TotpApp(seedOn(page)).code(tenant.server().clock().instant());
        page = other.send(page, "code", code);
        var tokens = app.exchange(page.parameter("code"));
        assertThat(tokens.claims("id_token").path("amr").valueStream().map(value -> value.asString()))
                .containsExactly("pwd", "otp", "mfa");

        var again = password(new Browser(tenant), person, app.authorize());
        assertThat(again.screen()).as("the app was used last").isEqualTo("mfa-otp-challenge");
    }

    @Test
    void a_browser_is_remembered_until_its_time_is_over_or_the_application_insists() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var page = password(browser, person, app.authorize());
        page = browser.send(page, "type", "sms");
        browser.send(page, "code", tenant.code(number), "rememberBrowser", "true");

        var back = password(browser, person, app.authorize("prompt", "login"));
        var tokens = app.exchange(back.parameter("code"));
        assertThat(tokens.claims("id_token").path("amr").valueStream().map(value -> value.asString()))
                .containsExactly("pwd", "rba");
        assertThat(tenant.token("refresh_token", "refresh_token", tokens.text("refresh_token"))
                        .status())
                .isEqualTo(200);
        var insisting = app.authorize("prompt", "login", "acr_values", Amr.MULTI_FACTOR);
        assertThat(password(browser, person, insisting).screen()).isEqualTo("mfa-phone-challenge");

        tenant.server().clock().advance(Duration.ofDays(8));
        assertThat(password(browser, person, app.authorize("prompt", "login")).screen())
                .isEqualTo("mfa-phone-challenge");
    }

    @Test
    void an_administrator_has_all_browsers_of_a_user_forgotten() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var page = password(browser, person, app.authorize());
        page = browser.send(page, "type", "sms");
        browser.send(page, "code", tenant.code(number), "rememberBrowser", "true");
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var forget = "/users/" + person.id().value() + "/multifactor/actions/invalidate-remember-browser";
        assertThat(Admin.of(tenant).post(forget, "{}").status()).isEqualTo(204);
        assertThat(password(browser, person, app.authorize("prompt", "login")).screen())
                .isEqualTo("mfa-phone-challenge");
    }

    @Test
    void a_session_without_a_second_factor_steps_up_when_one_is_asked_for() {
        policies();
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        assertThat(password(browser, person, app.authorize()).parameter("code")).isNotEmpty();
        var silent = browser.open(app.authorize("prompt", "none", "acr_values", Amr.MULTI_FACTOR));
        assertThat(silent.parameter("error") + ": " + silent.parameter("error_description"))
                .isEqualTo("login_required: Multifactor authentication required");
        var page = browser.open(app.authorize("acr_values", Amr.MULTI_FACTOR));
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        page = browser.send(page, "type", "sms");
        page = browser.send(page, "code", tenant.code(number));
        var claims = app.exchange(page.parameter("code")).claims("id_token");
        assertThat(claims.path("acr").asString()).isEqualTo(Amr.MULTI_FACTOR);
        assertThat(browser.open(app.authorize("prompt", "none", "acr_values", Amr.MULTI_FACTOR))
                        .parameter("code"))
                .isNotEmpty();
    }

    @Test
    void a_ticket_binds_one_authenticator_and_ends() {
        var person = tenant.person();
        var admin = Admin.of(tenant);
        var ticket = Map.of("user_id", person.id().value());
        var url = admin.post("/guardian/enrollments/ticket", ticket).text("ticket_url");
        var path = url.substring(url.indexOf("/mfa/"));
        var number = TestTenant.newNumber();
        var page = browser.open(path);
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        page = browser.send(page, "action", "phone");
        page = browser.send(page, "phone", number, "type", "sms");
        page = browser.send(page, "code", tenant.code(number));
        page = browser.send(page, "saved", "on");
        assertThat(page.address()).isEqualTo("/u/mfa-enroll-result?outcome=enrolled");
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("error"))
                .as("nobody is signed in by a ticket")
                .isEqualTo("login_required");
        assertThat(browser.open(path).screen()).isEqualTo("/mfa/enrollment");
        assertThat(admin.get("/users/" + person.id().value() + "/authentication-methods")
                        .body())
                .isNotEmpty();
        assertThat(browser.open("/mfa/enrollment?ticket=unknown").status()).isEqualTo(200);
    }

    @Test
    void too_many_wrong_codes_lead_to_a_page_that_says_when() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var page = password(browser, person, app.authorize());
        page = browser.send(page, "type", "sms");
        for (int wrong = 0; wrong < 5; wrong++) page = browser.send(page, "code", tenant.wrongCode(number));
        tenant.server().clock().advance(Duration.ofSeconds(31));
        page = browser.send(page, "action", "resend-code");
        for (int wrong = 0; wrong < 5; wrong++) page = browser.send(page, "code", tenant.wrongCode(number));
        assertThat(page.screen()).isEqualTo("mfa-locked");
        assertThat(page.html()).contains("Try again in 6 minutes.");
        page = browser.send(page, "action", "pick-authenticator");
        assertThat(page.screen()).isEqualTo("mfa-login-options");
    }

    @Test
    void a_code_is_sent_again_only_after_a_while() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var page = password(browser, person, app.authorize());
        page = browser.send(page, "type", "sms");
        var sent = tenant.server().carrier().requests().size();
        assertThat(browser.send(page, "action", "resend-code").status()).isEqualTo(400);
        assertThat(tenant.server().carrier().requests()).hasSize(sent);
        tenant.server().clock().advance(Duration.ofSeconds(31));
        assertThat(browser.send(page, "action", "resend-code").status()).isEqualTo(200);
        assertThat(browser.open("/u/message-state?state=" + page.state()).html())
                .isEqualTo("{\"state\":\"sent\"}");
    }

    private void policies() {
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        Factors.POLICIES,
                        new Factors.Policies(List.of()),
                        tenant.server().clock().instant());
    }

    private Browser.Place password(Browser browser, Person person, String address) {
        var page = browser.open(address);
        return browser.send(page, "username", person.email(), "password", person.password());
    }

    private Browser.Place bind(Person person, String number) {
        var page = password(browser, person, app.authorize());
        page = browser.send(page, "action", "phone");
        page = browser.send(page, "phone", number, "type", "sms");
        return browser.send(page, "code", tenant.code(number));
    }

    private static String recoveryCodeOn(Browser.Place page) {
        var found = java.util.regex.Pattern.compile("\\b[A-Z0-9]{24}\\b").matcher(page.html());
        assertThat(found.find()).as(page.html()).isTrue();
        return found.group();
    }

    private static String seedOn(Browser.Place page) {
        var found = java.util.regex.Pattern.compile("secret=([A-Z2-7]{16,})|data-secret=\"([A-Z2-7 ]+)\"")
                .matcher(page.html());
        assertThat(found.find()).as(page.html()).isTrue();
        return (found.group(1) == null ? found.group(2) : found.group(1)).replace(" ", "");
    }
}
