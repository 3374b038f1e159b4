package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.factor.PasskeyPolicy;
import io.ringcode.factor.PasskeyPolicy.ForClient;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The way off the phone: what applications and tenants ask for, and the offer after a code. */
class PasskeyPlanTest {
    private static final String UNMET = "unmet_authentication_requirements";
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Passkeys passkeys =
            Passkeys.of(tenant, "sms", "otp", "webauthn-roaming", "webauthn-platform", "recovery-code");
    private final String number = TestTenant.newNumber();
    private final Browser browser = new Browser(tenant);

    @Test
    void an_application_that_wants_no_less_has_a_passkey_bound_beside_a_fresh_code_and_used() {
        var person = tenant.enrolled(number);
        var key = new SoftKey();
        var page = passkeys.password(browser, person, app.authorize("acr_values", "phr"));
        page = passkeys.code(browser, page, number);
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-enrollment");
        page = passkeys.create(browser, page, key);
        page = browser.send(page, "nickname", "key ring");
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        page = passkeys.sign(browser, page, key);
        var claims = claims(page);
        assertThat(claims.path("acr").asString()).isEqualTo("phr");
        assertThat(claims.path("amr").valueStream().map(JsonNode::asString))
                .containsExactly("pwd", "sms", "hwk", "user", "mfa");
        // The session is as good, and says so only where it is asked.
        assertThat(claims(browser.open(app.authorize("prompt", "none", "acr_values", "phr")))
                        .path("acr")
                        .asString())
                .isEqualTo("phr");
        assertThat(claims(browser.open(app.authorize("prompt", "none")))
                        .path("acr")
                        .asString())
                .endsWith("multi-factor");
        // Who has one cannot come by the phone, where no less will do.
        var later = new Browser(tenant);
        page = passkeys.password(later, person, app.authorize("acr_values", "phr"));
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        page = later.send(page, "action", "pick-authenticator");
        assertThat(page.html()).doesNotContain("value=\"sms\"").contains("value=\"recovery-code\"");
        assertThat(later.send(page, "action", "sms").screen()).isEqualTo("mfa-webauthn-roaming-challenge");
    }

    @Test
    void who_binds_none_is_signed_in_here_and_the_application_gets_no_false_word() {
        var person = tenant.enrolled(number);
        var page = passkeys.password(browser, person, app.authorize("acr_values", "phr"));
        page = passkeys.code(browser, page, number);
        page = browser.send(page, "action", "snooze-enrollment");
        assertThat(page.parameter("error")).isEqualTo(UNMET);
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("code"))
                .isNotEmpty();
        assertThat(browser.open(app.authorize("prompt", "none", "acr_values", "phr"))
                        .parameter("error"))
                .isEqualTo("login_required");
    }

    @Test
    void a_key_that_asks_nobody_for_a_pin_is_no_proof_against_phishing() {
        Admin.of(tenant).put("/guardian/factors/webauthn-roaming/settings", "{'userVerification':'discouraged'}");
        var key = new SoftKey().unverified();
        var person = passkeys.withKey(key, app);
        var page = passkeys.password(browser, person, app.authorize());
        var claims = claims(passkeys.sign(browser, page, key));
        assertThat(claims.path("amr").valueStream().map(JsonNode::asString))
                .containsExactly("pwd", "hwk", "user", "mfa");
        page = passkeys.password(browser, person, app.authorize("acr_values", "phr", "prompt", "login"));
        assertThat(Passkeys.options(page).path("userVerification").asString()).isEqualTo("required");
        page = passkeys.sign(browser, page, key);
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        assertThat(page.html()).contains("wasn’t recognized");
    }

    @Test
    void after_a_code_the_device_is_offered_and_not_twice_in_a_day() {
        var person = tenant.enrolled(number);
        assertThat(signIn(person).parameter("code")).isNotEmpty();
        var page = signIn(person, Passkeys.able());
        assertThat(page.screen()).isEqualTo("mfa-webauthn-platform-enrollment");
        // Left alone, and asked again the next day; then "Not now".
        assertThat(signIn(person, Passkeys.able()).parameter("code")).isNotEmpty();
        tenant.server().clock().advance(Duration.ofHours(25));
        page = signIn(person, Passkeys.able());
        assertThat(page.screen()).isEqualTo("mfa-webauthn-platform-enrollment");
        assertThat(browser.send(page, "action", "snooze-enrollment").parameter("code"))
                .isNotEmpty();
        tenant.server().clock().advance(Duration.ofDays(29));
        assertThat(signIn(person, Passkeys.able()).parameter("code")).isNotEmpty();
        tenant.server().clock().advance(Duration.ofDays(2));
        page = signIn(person, Passkeys.able());
        var device = new SoftKey().synced().countingNothing();
        page = passkeys.create(browser, page, device);
        page = browser.send(page, "nickname", "laptop");
        assertThat(page.parameter("code")).isNotEmpty();
        page = passkeys.password(browser, person, app.authorize("prompt", "login"));
        assertThat(page.screen()).as("on a device that has none").isEqualTo("mfa-phone-challenge");
        var figures = Admin.of(tenant).get("/guardian/passkeys/figures").body();
        var weeks = figures.path("weeks").valueStream().toList();
        assertThat(weeks.stream()
                        .mapToLong(week -> week.path("offered").asLong())
                        .sum())
                .isEqualTo(3);
        assertThat(weeks.stream().mapToLong(week -> week.path("bound").asLong()).sum())
                .isEqualTo(1);
        assertThat(weeks.stream().mapToLong(week -> week.path("later").asLong()).sum())
                .isEqualTo(1);
        assertThat(figures.path("factors").toString()).contains("{\"factor\":\"webauthn-platform\",\"users\":1}");
    }

    @Test
    void after_how_many_days_it_is_asked_again_is_the_tenants_to_say() {
        var person = tenant.enrolled(number);
        passkeys.plan(new PasskeyPolicy(PasskeyPolicy.ANY, null, true, 3, List.of()));
        var page = signIn(person, Passkeys.able());
        assertThat(browser.send(page, "action", "snooze-enrollment").parameter("code"))
                .isNotEmpty();
        tenant.server().clock().advance(Duration.ofDays(2));
        assertThat(signIn(person, Passkeys.able()).parameter("code")).isNotEmpty();
        tenant.server().clock().advance(Duration.ofDays(2));
        assertThat(signIn(person, Passkeys.able()).screen()).isEqualTo("mfa-webauthn-platform-enrollment");
    }

    @Test
    void after_a_key_a_second_device_is_offered_and_bound() {
        var key = new SoftKey();
        var person = passkeys.withKey(key, app);
        var page = passkeys.password(browser, person, app.authorize());
        page = browser.send(
                page,
                "response",
                key.sign(Passkeys.options(page), passkeys.origin()),
                "webauthn-platform-available",
                "true");
        assertThat(page.screen()).isEqualTo("mfa-webauthn-platform-enrollment");
        assertThat(Passkeys.options(page).path("excludeCredentials").toString()).contains(key.id());
        var device = new SoftKey();
        tenant.server().clock().advance(Duration.ofSeconds(1));
        page = passkeys.create(browser, page, device);
        assertThat(browser.send(page, "nickname", "laptop").parameter("code")).isNotEmpty();
        page = browser.open(app.authorize("prompt", "login"));
        page = browser.send(
                page, "username", person.email(), "password", person.password(), "webauthn-platform-available", "true");
        assertThat(page.screen()).isEqualTo("mfa-webauthn-platform-challenge");
        assertThat(passkeys.sign(browser, page, device).parameter("code")).isNotEmpty();
    }

    @Test
    void who_has_used_the_passkey_of_a_device_is_not_offered_to_bind_it_again() {
        var person = tenant.enrolled(number);
        var device = new SoftKey();
        var page = passkeys.onDevice(browser, person, app.authorize("acr_values", "phr"));
        page = passkeys.code(browser, page, number, Passkeys.able());
        assertThat(page.screen()).as("bound without an offer").isEqualTo("mfa-webauthn-platform-enrollment");
        page = browser.send(passkeys.create(browser, page, device), "nickname", "laptop");
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(passkeys.sign(browser, page, device).parameter("code")).isNotEmpty();
        tenant.server().clock().advance(Duration.ofHours(25));
        page = passkeys.onDevice(browser, person, app.authorize("prompt", "login"));
        assertThat(page.screen()).isEqualTo("mfa-webauthn-platform-challenge");
        var signed = device.sign(Passkeys.options(page), passkeys.origin());
        page = browser.send(page, "response", signed, "webauthn-platform-available", "true");
        assertThat(page.parameter("code")).as(page.screen()).isNotEmpty();
    }

    @Test
    void nothing_is_offered_where_the_tenant_does_not_want_it() {
        var person = tenant.enrolled(number);
        passkeys.plan(new PasskeyPolicy(PasskeyPolicy.ANY, null, false, 30, List.of()));
        assertThat(signIn(person, Passkeys.able()).parameter("code")).isNotEmpty();
    }

    @Test
    void from_a_day_on_a_phone_does_not_suffice_for_whoever_has_a_passkey() {
        var key = new SoftKey();
        var person = passkeys.withKey(key, app);
        var phoneOnly = tenant.enrolled(TestTenant.newNumber());
        Admin.of(tenant)
                .post(
                        "/users/" + person.id().value() + "/authentication-methods",
                        java.util.Map.of("type", "phone", "phone_number", number));
        var tomorrow = LocalDate.ofInstant(tenant.server().clock().instant(), ZoneOffset.UTC)
                .plusDays(1);
        passkeys.plan(new PasskeyPolicy(PasskeyPolicy.ANY, tomorrow, false, 30, List.of()));
        assertThat(challenge(person).status()).isEqualTo(200);
        tenant.server().clock().advance(Duration.ofDays(1));
        var refused = challenge(person);
        assertThat(refused.error())
                .isEqualTo(
                        "401 unsupported_challenge_type: Security keys and devices can be used on the sign-in pages only."
                                + " Send the user to /authorize.");
        assertThat(challenge(phoneOnly).status()).isEqualTo(200);
        var page = passkeys.password(browser, person, app.authorize());
        assertThat(page.screen()).isEqualTo("mfa-webauthn-roaming-challenge");
        page = browser.send(page, "action", "pick-authenticator");
        assertThat(page.html()).doesNotContain("value=\"sms\"");
    }

    @Test
    void a_plan_keeps_nobody_out_who_has_no_passkey_yet() {
        var person = tenant.enrolled(number);
        passkeys.plan(new PasskeyPolicy(PasskeyPolicy.PHISHING_RESISTANT, null, true, 30, List.of()));
        assertThat(signIn(person).parameter("code")).isNotEmpty();
        assertThat(signIn(person, Passkeys.able()).screen()).isEqualTo("mfa-webauthn-platform-enrollment");
        assertThat(signIn(person, Passkeys.able()).parameter("code")).isNotEmpty();
    }

    @Test
    void one_application_may_ask_for_more_than_the_others() {
        var key = new SoftKey();
        var person = passkeys.withKey(key, app);
        Admin.of(tenant)
                .post(
                        "/users/" + person.id().value() + "/authentication-methods",
                        java.util.Map.of("type", "phone", "phone_number", number));
        assertThat(challenge(person).status()).isEqualTo(200);
        var stricter = new ForClient(tenant.clientId(), PasskeyPolicy.PHISHING_RESISTANT, null);
        passkeys.plan(new PasskeyPolicy(PasskeyPolicy.ANY, null, false, 30, List.of(stricter)));
        tenant.server().clock().advance(Duration.ofSeconds(1));
        assertThat(challenge(person).status()).isEqualTo(401);
        assertThat(passkeys.password(browser, person, app.authorize()).screen())
                .isEqualTo("mfa-webauthn-roaming-challenge");
    }

    private Answer challenge(Person person) {
        return tenant.challenge(tenant.mfaToken(person));
    }

    private Browser.Place signIn(Person person, String... more) {
        var page = passkeys.password(browser, person, app.authorize("prompt", "login"));
        return passkeys.code(browser, page, number, more);
    }

    private JsonNode claims(Browser.Place page) {
        var tokens = app.exchange(page.parameter("code"));
        assertThat(tokens.status()).as(tokens.body().toString()).isEqualTo(200);
        return tokens.claims("id_token");
    }
}
