package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.factor.GuessCount;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.management.Admin;
import io.ringcode.tenant.Tenants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong on the pages is said as it is, and there is a way on. */
class WaysOnTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);

    @Test
    void a_code_that_was_guessed_at_too_often_says_so_and_a_new_one_is_sent() {
        var number = TestTenant.newNumber();
        var page = browser.send(password(tenant.enrolled(number)), "type", "sms");
        var state = page.state();
        for (int wrong = 1; wrong <= 5; wrong++) {
            page = browser.send(page, "code", tenant.wrongCode(number));
            if (wrong < 3) assertThat(page.html()).doesNotContain("left");
            if (wrong == 3) assertThat(page.html()).contains("You have 2 attempts left.");
            if (wrong == 4) assertThat(page.html()).contains("You have 1 attempt left.");
        }
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        assertThat(page.html())
                .contains("This code no longer works. Request a new one.", "Send a new code", "pick-authenticator")
                .doesNotContain("switched off", "name=\"code\"");
        assertThat(browser.open(page.address()).html())
                .as("loaded again")
                .contains("This code no longer works. Request a new one.");
        var old = tenant.code(number);
        tenant.server().clock().advance(Duration.ofSeconds(31));
        page = browser.send(page, "action", "resend-code");
        assertThat(page.state()).isEqualTo(state);
        assertThat(page.html()).contains("name=\"code\"");
        if (!old.equals(tenant.code(number)))
            assertThat(browser.send(page, "code", old).status()).isEqualTo(400);
        assertThat(browser.send(page, "code", tenant.code(number)).parameter("code"))
                .isNotEmpty();
    }

    @Test
    void a_code_that_is_too_old_says_so_and_a_new_one_is_sent() {
        var number = TestTenant.newNumber();
        var page = browser.send(password(tenant.enrolled(number)), "type", "sms");
        tenant.server().clock().advance(Duration.ofMinutes(6));
        page = browser.send(page, "code", tenant.code(number));
        assertThat(page.html()).contains("This code has expired.", "Send a new code");
        page = browser.send(page, "action", "resend-code");
        assertThat(browser.send(page, "code", tenant.code(number)).parameter("code"))
                .isNotEmpty();
    }

    @Test
    void apps_and_recovery_codes_tell_the_attempts_that_are_left() {
        var page = password(tenant.enrolled(TestTenant.newNumber()));
        page = browser.send(page, "action", "pick-authenticator");
        page = browser.send(page, "action", "recovery-code");
        for (int wrong = 1; wrong <= 3; wrong++) page = browser.send(page, "code", "A".repeat(24));
        assertThat(page.html()).contains("You have " + (GuessCount.GUESSES - 3) + " attempts left.");
        for (int wrong = 4; wrong <= GuessCount.GUESSES; wrong++) page = browser.send(page, "code", "A".repeat(24));
        assertThat(page.screen()).isEqualTo("mfa-locked");
        page = browser.send(page, "action", "pick-authenticator");
        assertThat(page.screen()).isEqualTo("mfa-login-options");
    }

    @Test
    void who_waits_is_told_how_long_and_goes_on_where_it_was() {
        var number = TestTenant.newNumber();
        var page = locked(browser.send(password(tenant.enrolled(number)), "type", "sms"), number);
        assertThat(page.html()).contains("Try again in 6 minutes.").doesNotContain("switched off");
        tenant.server().clock().advance(GuessCount.REFILL.plusSeconds(1));
        assertThat(browser.open(page.address()).html()).contains("You can try again now.");
        page = browser.send(page, "action", "default");
        assertThat(page.html()).contains("Send a new code");
        page = browser.send(page, "action", "resend-code");
        assertThat(browser.send(page, "code", tenant.code(number)).parameter("code"))
                .isNotEmpty();
    }

    @Test
    void who_is_locked_out_while_enrolling_may_use_another_number_or_method() {
        var number = TestTenant.newNumber();
        var page = browser.send(password(tenant.person()), "action", "phone");
        page = locked(browser.send(page, "phone", number, "type", "sms"), number);
        assertThat(browser.send(page, "action", "pick-authenticator").screen()).isEqualTo("mfa-begin-enroll-options");
        var again = browser.send(password(tenant.person()), "action", "phone");
        page = locked(browser.send(again, "phone", number, "type", "sms"), number);
        page = browser.send(page, "action", "edit");
        assertThat(page.screen()).isEqualTo("mfa-phone-enrollment");
    }

    @Test
    void where_no_other_code_is_sent_the_one_that_was_may_still_be_typed() {
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        SendLimits.NAME,
                        SendLimits.DEFAULT.with(Limit.USER, new Bucket(2, 7_200)),
                        tenant.server().clock().instant());
        var number = TestTenant.newNumber();
        var page = browser.send(password(tenant.enrolled(number)), "type", "sms");
        tenant.server().clock().advance(Duration.ofSeconds(31));
        var refused = browser.send(page, "action", "resend-code");
        assertThat(refused.screen()).isEqualTo("mfa-sms-challenge");
        assertThat(refused.html()).contains("Too many codes were sent. Try again in 2 hours");
        assertThat(browser.send(page, "code", tenant.code(number)).parameter("code"))
                .isNotEmpty();
    }

    @Test
    void a_page_with_problems_can_be_loaded_again() {
        var page = browser.open(app.authorize());
        var wrong = browser.send(page, "username", "ada@example.com", "password", "wrong");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.html()).contains("action=\"/u/login?state=" + page.state() + "\"");
        assertThat(wrong.state()).isEqualTo(page.state());
        assertThat(browser.open(wrong.address()).status()).isEqualTo(200);
    }

    @Test
    void a_problem_is_said_once() {
        var page = browser.open(app.authorize());
        var wrong = browser.send(page, "username", "ada@example.com", "password", "wrong");
        assertThat(wrong.html().split("Wrong email address or password", -1)).hasSize(2);
    }

    @Test
    void who_signs_in_is_named_and_may_be_somebody_else() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var other = tenant.enrolled(TestTenant.newNumber());
        var first = browser.open(app.authorize("login_hint", person.email()));
        assertThat(first.html()).doesNotContain("start-over");
        var page = browser.send(first, "username", person.email(), "password", person.password());
        assertThat(page.html()).contains(">" + person.email() + "</bdi>", "Not you?");
        var anew = browser.send(page, "action", "start-over");
        assertThat(anew.screen()).isEqualTo("login");
        assertThat(anew.state()).isNotEqualTo(page.state());
        assertThat(anew.html()).doesNotContain(person.email());
        assertThat(browser.open(page.address()).status())
                .as("the old one is over")
                .isEqualTo(400);
        page = browser.send(anew, "username", other.email(), "password", other.password());
        page = browser.send(page, "type", "sms");
        assertThat(page.html()).contains(">" + other.email() + "</bdi>");
    }

    @Test
    void where_an_administrators_link_says_who_it_is_nobody_else_can_be() {
        var person = tenant.person();
        var url = Admin.of(tenant)
                .post(
                        "/guardian/enrollments/ticket",
                        Map.of("user_id", person.id().value()))
                .text("ticket_url");
        var page = browser.open(url.substring(url.indexOf("/mfa/")));
        assertThat(page.html()).contains(person.email()).doesNotContain("start-over");
        assertThat(browser.send(page, "action", "start-over").screen()).isNotEqualTo("login");
    }

    @Test
    void calls_are_offered_only_where_a_carrier_makes_them() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var newcomer = tenant.person();
        var page = browser.send(password(newcomer), "action", "phone");
        assertThat(page.html()).contains("value=\"voice\"");
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        SelectedProvider.SETTING,
                        new SelectedProvider("auth0"),
                        tenant.server().clock().instant());
        tenant.server().clock().advance(Duration.ofSeconds(1));
        page = password(newcomer);
        assertThat(page.html()).doesNotContain("call");
        page = browser.send(page, "action", "sms");
        assertThat(page.screen()).isEqualTo("mfa-sms-enrollment");
        assertThat(page.html()).doesNotContain("value=\"voice\"");
        var admin = Admin.of(tenant);
        routes(admin, number.substring(0, 5));
        var known = password(person);
        assertThat(known.html()).as("the route of this number makes calls").contains("value=\"voice\"");
        routes(admin, "+49");
        known = password(person);
        assertThat(known.html()).doesNotContain("switch-to-voice", "value=\"voice\"");
    }

    private void routes(Admin admin, String prefix) {
        var route = Map.of(
                "channel",
                "voice",
                "countries",
                List.of(),
                "prefixes",
                List.of(prefix),
                "providers",
                List.of("twilio"));
        var answer = admin.put("/guardian/factors/phone/routes", Map.of("routes", List.of(route)));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        tenant.server().clock().advance(Duration.ofSeconds(1));
    }

    @Test
    void the_number_that_is_being_bound_is_shown_whole_and_can_be_corrected() {
        var number = TestTenant.newNumber();
        var page = browser.send(password(tenant.person()), "action", "phone");
        page = browser.send(page, "phone", number, "type", "sms");
        assertThat(digits(page.html())).contains(number.substring(1));
        page = browser.send(page, "action", "edit");
        assertThat(page.screen()).isEqualTo("mfa-phone-enrollment");
        assertThat(digits(page.html())).contains(number.substring(2));
        assertThat(page.html()).contains("<option value=\"US\"").containsPattern("value=\"US\"[^>]* selected");
        var known = browser.send(password(tenant.enrolled(number)), "type", "sms");
        assertThat(digits(known.html())).doesNotContain(number.substring(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar", "da", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "sv", "tr", "uk"})
    void the_page_with_all_countries_is_light_in_every_language(String language) {
        var person = tenant.person();
        var page = browser.open(app.authorize("ui_locales", language));
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = browser.send(page, "action", "phone");
        assertThat(page.html()).contains("lang=\"" + language + "\"", "Holland", "DEU", "England");
        var weight = weight(page.html());
        var assets = Pattern.compile("/u/assets/[^\"]+").matcher(page.html());
        while (assets.find()) weight += weight(browser.open(assets.group()).html());
        assertThat(weight).isLessThan(60 * 1024);
    }

    private static int weight(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String digits(String html) {
        return html.replaceAll("(?<=[0-9)])[ \\u00a0-]+(?=[0-9])|[()]", "");
    }

    @Test
    void a_browser_is_remembered_for_as_long_as_the_page_says() {
        var person = tenant.enrolled(TestTenant.newNumber());
        var page = browser.send(password(person), "type", "sms");
        assertThat(page.html()).contains("Remember this browser for 30 days");
        Admin.of(tenant)
                .put(
                        "/guardian/settings",
                        Map.of(
                                "display_remember_me_checkbox",
                                true,
                                "remember_me_default_value",
                                false,
                                "mfa_session_inactivity_timeout",
                                3_600,
                                "mfa_session_overall_timeout",
                                43_200));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(browser.open(page.address()).html()).contains("Remember this browser for 12 hours");
    }

    @Test
    void help_is_where_the_tenant_says() {
        assertThat(browser.open(app.authorize()).html()).doesNotContain("Get help");
        var admin = Admin.of(tenant);
        admin.patch("/tenants/settings", Map.of("support_email", "help@example.com"));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(browser.open(app.authorize()).html()).contains("href=\"mailto:help@example.com\">Get help");
        admin.patch("/tenants/settings", Map.of("support_url", "https://help.example/"));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(browser.open(app.authorize()).html()).contains("href=\"https://help.example/\">Get help");
    }

    private Browser.Place locked(Browser.Place code, String number) {
        var page = code;
        for (int codes = 0; codes < 2; codes++) {
            if (codes > 0) {
                tenant.server().clock().advance(Duration.ofSeconds(31));
                page = browser.send(page, "action", "resend-code");
            }
            for (int wrong = 0; wrong < 5; wrong++) page = browser.send(page, "code", tenant.wrongCode(number));
        }
        assertThat(page.screen()).isEqualTo("mfa-locked");
        return page;
    }

    private Browser.Place password(Person person) {
        var page = browser.open(app.authorize("prompt", "login"));
        return browser.send(page, "username", person.email(), "password", person.password());
    }
}
