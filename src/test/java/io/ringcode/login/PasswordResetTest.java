package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.fraud.ResetGuard;
import io.ringcode.login.Browser.Place;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import io.ringcode.tenant.Origin;
import io.ringcode.user.PasswordResets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A forgotten password: who gets a link, and what the link is good for. */
class PasswordResetTest {
    private static final String ANOTHER = "another horse, with care";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);

    private Place ask(String email) {
        var login = browser.open(app.authorize());
        assertThat(login.html()).contains("/u/reset-password-request?state=");
        var page = browser.open("/u/reset-password-request?state=" + login.state());
        return browser.send(page, "email", email);
    }

    private String link(Person person) throws Exception {
        assertThat(ask(person.email()).screen()).isEqualTo("reset-password-email");
        return Links.in(Links.mail(tenant, person.email(), "/u/reset-verify"));
    }

    private boolean opens(String link) {
        return !new Browser(tenant).open(link).screen().equals("reset-password-result");
    }

    private boolean isPassword(Person person, String password) {
        var answer = tenant.token("password", "username", person.email(), "password", password);
        return answer.status() == 200 || answer.text("error").equals("mfa_required");
    }

    @Test
    void who_has_no_second_factor_sets_another_password_by_the_link_once() throws Exception {
        var person = tenant.person();
        var link = link(person);
        assertThat(opens(link)).as("looking does not use it up").isTrue();
        var elsewhere = new Browser(tenant);
        var page = elsewhere.open(link);
        assertThat(page.screen()).isEqualTo("reset-password");
        page = elsewhere.send(page, "password", "short");
        assertThat(page.html()).contains("at least 8 characters");
        page = elsewhere.send(page, "password", "password123");
        assertThat(page.html()).contains("easy to guess");
        var end = elsewhere.send(page, "password", ANOTHER);
        assertThat(end.address()).isEqualTo("/u/reset-password-result?outcome=success");
        assertThat(isPassword(person, ANOTHER)).isTrue();
        assertThat(isPassword(person, person.password())).isFalse();
        assertThat(opens(link)).as("once").isFalse();
        assertThat(elsewhere.send(page, "password", "yet another horse").status())
                .as("nor by the page that is still open")
                .isEqualTo(400);
        var told = Admin.of(tenant).get("/logs?q=" + Browser.encode("type:(scp OR scpr)"));
        assertThat(told.body().toString()).contains("\"scp\"", "\"scpr\"").doesNotContain("ticket");
    }

    @Test
    void a_mail_alone_never_gets_around_the_second_factor() throws Exception {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var link = link(person);
        var thief = new Browser(tenant);
        var page = thief.open(link);
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        for (var screen : List.of("reset-password", "mfa-phone-enrollment", "mfa-begin-enroll-options")) {
            var forged = thief.post("/u/" + screen + "?state=" + page.state(), "password=" + Browser.encode(ANOTHER));
            assertThat(forged.screen()).isEqualTo("mfa-phone-challenge");
        }
        assertThat(isPassword(person, ANOTHER)).isFalse();

        page = thief.send(page, "type", "sms");
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        assertThat(page.html()).doesNotContain("rememberBrowser");
        page = thief.send(page, "code", tenant.code(number));
        assertThat(page.screen()).isEqualTo("reset-password");
        var end = thief.send(page, "password", ANOTHER);
        assertThat(end.address()).isEqualTo("/u/reset-password-result?outcome=success");
        assertThat(isPassword(person, ANOTHER)).isTrue();
        assertThat(thief.open(app.authorize("prompt", "none")).parameter("error"))
                .as("nobody is signed in by it")
                .isEqualTo("login_required");
    }

    @Test
    void who_enrols_while_the_page_is_open_is_asked_for_the_factor_after_all() throws Exception {
        var person = tenant.person();
        var thief = new Browser(tenant);
        var page = thief.open(link(person));
        assertThat(page.screen()).isEqualTo("reset-password");
        var number = TestTenant.newNumber();
        var login = tenant.mfaToken(person);
        var started = tenant.associate(login, "sms", number);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        assertThat(thief.send(page, "password", ANOTHER).screen()).isEqualTo("mfa-phone-challenge");
        assertThat(isPassword(person, ANOTHER)).isFalse();
    }

    @Test
    void the_recovery_code_is_a_second_factor_here_too() throws Exception {
        var person = tenant.person();
        var number = TestTenant.newNumber();
        var login = tenant.mfaToken(person);
        var started = tenant.associate(login, "sms", number);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        var code = started.body().path("recovery_codes").path(0).asString();
        var page = browser.open(link(person));
        page = browser.send(page, "action", "pick-authenticator");
        page = browser.send(page, "action", "recovery-code");
        page = browser.send(page, "code", code);
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-challenge-new-code");
        page = browser.send(page, "saved", "on");
        assertThat(page.screen()).isEqualTo("reset-password");
        assertThat(browser.send(page, "password", ANOTHER).address()).endsWith("outcome=success");
    }

    @Test
    void a_link_ends_after_an_hour_and_with_what_it_stood_on() throws Exception {
        var admin = Admin.of(tenant);
        var person = tenant.person();
        var user = "/users/" + person.id().value();
        var link = link(person);
        admin.patch(user, Map.of("password", "changed meanwhile"));
        assertThat(opens(link)).as("another password").isFalse();

        var second = tenant.person();
        link = link(second);
        admin.patch("/users/" + second.id().value(), Map.of("blocked", true));
        assertThat(opens(link)).as("blocked").isFalse();

        var third = tenant.person();
        link = link(third);
        tenant.server().clock().advance(PasswordResets.LIFE);
        assertThat(opens(link)).as("old").isFalse();
        var other = Ringcode.shared().tenant();
        assertThat(new Browser(other).open(link(tenant.person())).screen())
                .as("another tenant's")
                .isEqualTo("reset-password-result");
    }

    @Test
    void a_link_ends_with_the_address_that_it_was_sent_to() throws Exception {
        var person = tenant.person();
        var link = link(person);
        var page = browser.open(link);
        var user = "/users/" + person.id().value();
        var admin = Admin.of(tenant);
        assertThat(admin.patch(user, Map.of("name", "Ann")).status()).isEqualTo(200);
        assertThat(opens(link)).as("another name").isTrue();
        assertThat(admin.patch(user, Map.of("email", "new-" + person.email())).status())
                .isEqualTo(200);
        assertThat(opens(link)).isFalse();
        assertThat(browser.send(page, "password", ANOTHER).address()).endsWith("outcome=invalid");
    }

    @Test
    void whoever_has_a_whole_ipv6_network_asks_no_oftener_than_one_address() {
        var guard = tenant.server().bean(ResetGuard.class);
        var now = tenant.server().clock().instant();
        for (int i = 0; i < ResetGuard.ADDRESS_LIMIT.size(); i++)
            assertThat(guard.admit(tenant.id(), "ann-" + i, from("2001:db8:1:2::" + i), now))
                    .isEqualTo(new ResetGuard.Answer.Admitted());
        assertThat(guard.admit(tenant.id(), "ann", from("2001:db8:1:2:ffff::1"), now))
                .isInstanceOf(ResetGuard.Answer.TooManyFromAddress.class);
        assertThat(guard.admit(tenant.id(), "ann", from("2001:db8:1:3::1"), now))
                .isEqualTo(new ResetGuard.Answer.Admitted());
    }

    private Origin from(String address) {
        return new Origin(address, true, null, tenant.host());
    }

    @Test
    void an_unknown_address_gets_the_same_answer_and_no_mail() throws Exception {
        var known = ask(tenant.person().email());
        var unknown = new Browser(tenant);
        var login = unknown.open(app.authorize());
        var page = unknown.open("/u/reset-password-request?state=" + login.state());
        var answer = unknown.send(page, "email", "nobody@example.com");
        assertThat(answer.status()).isEqualTo(known.status());
        assertThat(answer.html().replace(answer.state(), ""))
                .isEqualTo(known.html().replace(known.state(), ""));
        Eventually.holds("worked off", () -> waiting() == 0);
        assertThat(Links.mails(tenant)
                        .valueStream()
                        .filter(mail -> mail.toString().contains("reset-verify")))
                .hasSize(1);
    }

    private int waiting() {
        return tenant.server()
                .bean(JdbcClient.class)
                .sql("SELECT count(*) FROM notice WHERE tenant_id = ?")
                .param(tenant.id().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void one_address_gets_so_many_links_and_whoever_asks_is_not_told() throws Exception {
        var person = tenant.person();
        for (int i = 0; i < ResetGuard.LIMIT.size() + 2; i++)
            assertThat(ask(person.email()).screen()).isEqualTo("reset-password-email");
        Eventually.holds("worked off", () -> waiting() == 0);
        assertThat(Links.mails(tenant)
                        .valueStream()
                        .filter(mail -> mail.toString().contains("reset-verify")))
                .hasSize(ResetGuard.LIMIT.size());
        var refused = Admin.of(tenant).get("/logs?q=type:fcpr").body();
        assertThat(refused.size()).isEqualTo(2);
        for (int i = 0; i < ResetGuard.ADDRESS_LIMIT.size(); i++) ask("somebody-" + i + "@example.com");
        var page = ask("somebody-else@example.com");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("Too many requests");
    }

    @Test
    void a_link_leads_to_this_server_whatever_host_was_asked() throws Exception {
        var person = tenant.person();
        ask(person.email());
        assertThat(Links.mail(tenant, person.email(), "reset-verify")
                        .path("text")
                        .asString())
                .contains("http://" + tenant.host() + "/u/reset-verify?ticket=");
    }

    @Test
    void it_speaks_the_language_of_who_asked() throws Exception {
        var person = tenant.person();
        browser.speaking("de");
        ask(person.email());
        assertThat(Links.mail(tenant, person.email(), "reset-verify")
                        .path("subject")
                        .asString())
                .startsWith("Neues Passwort");
        tenant.server().clock().advance(Duration.ofSeconds(1));
    }
}
