package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What others might try with a person's sign-in. */
class SafetyTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);

    @Test
    void a_sign_in_goes_on_only_in_the_browser_that_began_it() {
        var person = tenant.person();
        var page = browser.open(app.authorize());
        var stranger = new Browser(tenant);
        stranger.open(app.authorize());
        assertThat(stranger.open(page.address()).status()).isEqualTo(400);
        assertThat(stranger.send(page, "username", person.email(), "password", person.password())
                        .status())
                .isEqualTo(400);
        assertThat(stranger.open("/authorize/resume?state=" + page.state()).status())
                .isEqualTo(400);
        assertThat(stranger.open("/u/message-state?state=" + page.state()).status())
                .isEqualTo(400);
    }

    @Test
    void a_form_from_elsewhere_does_nothing() {
        var person = tenant.person();
        var page = browser.open(app.authorize());
        for (var header : List.of(
                List.of("Origin", "https://evil.example"),
                List.of("Origin", "null"),
                List.of("Sec-Fetch-Site", "cross-site"),
                List.of("Sec-Fetch-Site", "same-site"))) {
            var forged = new Browser(tenant).with(header.get(0), header.get(1));
            forged.cookies.putAll(browser.cookies);
            assertThat(forged.send(page, "username", person.email(), "password", person.password())
                            .status())
                    .as(header.toString())
                    .isEqualTo(400);
        }
        assertThat(browser.open(page.address()).screen()).isEqualTo("login");
    }

    @Test
    void the_end_cannot_be_had_before_its_time() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var page = browser.open(app.authorize());
        assertThat(browser.open("/authorize/resume?state=" + page.state()).status())
                .isEqualTo(400);
        page = browser.send(page, "username", person.email(), "password", person.password());
        assertThat(browser.open("/authorize/resume?state=" + page.state()).status())
                .isEqualTo(400);
        for (var screen : List.of("mfa-begin-enroll-options", "mfa-phone-enrollment", "mfa-recovery-code-enrollment"))
            assertThat(browser.open("/u/" + screen + "?state=" + page.state()).screen())
                    .isEqualTo("mfa-phone-challenge");
        var elsewhere = new Browser.Place(200, "/u/mfa-phone-enrollment?state=" + page.state(), "", page.whole());
        assertThat(browser.send(elsewhere, "phone", TestTenant.newNumber(), "type", "sms")
                        .screen())
                .isEqualTo("mfa-phone-challenge");
    }

    /** Somebody with the password begins to bind a phone, and waits until the owner has bound one. */
    @Test
    void who_has_a_phone_by_now_cannot_be_given_a_first_one() {
        var person = tenant.person();
        var page = browser.open(app.authorize());
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = browser.send(page, "action", "phone");
        assertThat(page.screen()).isEqualTo("mfa-phone-enrollment");
        var number = TestTenant.newNumber();
        var login = tenant.mfaToken(person);
        var started = tenant.associate(login, "sms", number);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        assertThat(browser.send(page, "phone", TestTenant.newNumber(), "type", "sms")
                        .screen())
                .isEqualTo("mfa-phone-challenge");
    }

    @Test
    void every_authentication_makes_a_new_session_and_ends_the_old_one() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        signIn(person, number, app.authorize());
        var first = browser.cookies.get("ringcode-session");
        var planted = new Browser(tenant);
        planted.cookies.put("ringcode-session", first);
        assertThat(planted.open(app.authorize("prompt", "none")).parameter("code"))
                .isNotEmpty();
        signIn(person, number, app.authorize("prompt", "login"));
        assertThat(browser.cookies.get("ringcode-session")).isNotEqualTo(first);
        assertThat(planted.open(app.authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
    }

    @Test
    void a_session_ends_by_its_limits_and_with_a_change_of_password_or_factor() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var admin = Admin.of(tenant);
        var user = "/users/" + person.id().value();
        List<Runnable> endings = List.of(
                () -> admin.patch(user, Map.of("password", "another password")),
                () -> tenant.server().clock().advance(Duration.ofHours(73)),
                () -> {
                    for (int day = 0; day < 4; day++) {
                        tenant.server().clock().advance(Duration.ofHours(47));
                        browser.open(app.authorize("prompt", "none"));
                    }
                });
        var password = "correct horse";
        for (int ending = 0; ending < endings.size(); ending++) {
            signIn(new Person(person.email(), password, person.id()), number, app.authorize());
            assertThat(browser.open(app.authorize("prompt", "none")).parameter("code"))
                    .as("before ending " + ending)
                    .isNotEmpty();
            endings.get(ending).run();
            assertThat(browser.open(app.authorize("prompt", "none")).parameter("error"))
                    .as("after ending " + ending)
                    .isEqualTo("login_required");
            if (ending == 0) password = "another password";
        }
    }

    @Test
    void a_session_ends_when_an_authenticator_is_taken_away_or_bound() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        signIn(person, number, app.authorize());
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var ticket = Map.of("user_id", person.id().value(), "allow_multiple_enrollments", true);
        var admin = Admin.of(tenant);
        var url = admin.post("/guardian/enrollments/ticket", ticket).text("ticket_url");
        var other = new Browser(tenant);
        var second = TestTenant.newNumber();
        var page = other.open(url.substring(url.indexOf("/mfa/")));
        page = other.send(page, "action", "phone");
        page = other.send(page, "phone", second, "type", "sms");
        page = other.send(page, "code", tenant.code(second));
        assertThat(page.screen()).isEqualTo("mfa-enroll-result");
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
        signIn(person, second, app.authorize());
        admin.delete("/users/" + person.id().value() + "/authenticators");
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
    }

    @Test
    void nobody_is_sent_to_an_address_that_is_not_registered() {
        for (var address : List.of(
                "https://app.example/callback/",
                "https://app.example/callback?x=1",
                "https://app.example.evil.example/callback",
                "https://APP.example/callback",
                "//evil.example",
                "javascript:alert(1)")) {
            var place = browser.open(app.authorize("redirect_uri", address));
            assertThat(place.status()).as(address).isEqualTo(400);
            assertThat(place.address()).startsWith("/authorize");
        }
        assertThat(browser.open("/v2/logout?returnTo=https%3A%2F%2Fevil.example%2F")
                        .status())
                .isEqualTo(400);
        assertThat(browser.open("/v2/logout?client_id=app&returnTo=" + Browser.encode(WebApp.AFTER_LOGOUT))
                        .address())
                .isEqualTo(WebApp.AFTER_LOGOUT);
        assertThat(browser.open("/oidc/logout?post_logout_redirect_uri=https%3A%2F%2Fevil.example")
                        .status())
                .isEqualTo(400);
        assertThat(browser.open("/oidc/logout?id_token_hint=forged").status()).isEqualTo(400);
    }

    @Test
    void a_page_is_kept_to_itself() {
        var headers = browser.open(app.authorize()).whole().headers();
        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                        + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
    }

    @Test
    void cookies_are_out_of_reach_of_scripts_and_other_hosts() {
        var plain = browser.open(app.authorize());
        assertThat(plain.status()).isEqualTo(200);
        var behindTls = new Browser(tenant).with("X-Forwarded-Proto", "https");
        behindTls.open(app.authorize());
        assertThat(behindTls.cookies).containsOnlyKeys("__Host-ringcode-browser");
        assertThat(browser.setCookie("ringcode-browser")).contains("Path=/; HttpOnly; SameSite=Lax");
        assertThat(behindTls.setCookie("__Host-ringcode-browser"))
                .contains("Path=/; Secure; HttpOnly; SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void what_was_typed_comes_back_as_text_and_never_as_markup() {
        var page = browser.open(app.authorize("login_hint", "\"><script>alert(1)</script>"));
        assertThat(page.html()).doesNotContain("<script>alert").contains("&lt;script");
        page = browser.send(page, "username", "<img src=x onerror=alert(1)>", "password", "x");
        assertThat(page.html()).doesNotContain("<img src=x");
    }

    @Test
    void unknown_and_known_users_are_told_the_same() {
        var person = tenant.person();
        var page = browser.open(app.authorize());
        var wrong = browser.send(page, "username", person.email(), "password", "wrong");
        var unknown = browser.send(page, "username", "x" + person.email(), "password", "wrong");
        assertThat(unknown.status()).isEqualTo(wrong.status()).isEqualTo(400);
        assertThat(unknown.html().replace("x" + person.email(), person.email())).isEqualTo(wrong.html());
    }

    @Test
    void an_address_that_sends_too_many_forms_must_wait() {
        var page = browser.open(app.authorize());
        Browser.Place last = page;
        for (int forms = 0; forms < 61; forms++) last = browser.send(page, "username", "a" + forms, "password", "");
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.whole().headers().firstValue("Retry-After")).isPresent();
        tenant.server().clock().advance(Duration.ofSeconds(5));
        assertThat(browser.send(page, "username", "a", "password", "").status()).isEqualTo(400);
    }

    @Test
    void a_blocked_user_is_out_at_once() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        signIn(person, number, app.authorize());
        Admin.of(tenant).patch("/users/" + person.id().value(), Map.of("blocked", true));
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
    }

    @Test
    void garbage_is_refused_and_never_breaks_anything() {
        var page = browser.open(app.authorize());
        for (var path : List.of(
                "/authorize",
                "/authorize?client_id=",
                "/authorize?client_id=%00",
                "/authorize?client_id=app&client_id=app",
                "/u/login",
                "/u/login?state=%00",
                "/u/" + "x".repeat(300),
                "/u/message-state",
                "/u/assets/none",
                "/authorize/resume",
                "/u/mfa-enroll-result?outcome=none"))
            assertThat(browser.open(path).status()).as(path).isBetween(400, 404);
        for (var more : List.of(
                List.of("response_type", "token"),
                List.of("response_mode", "none"),
                List.of("max_age", "soon"),
                List.of("prompt", "none login"),
                List.of("prompt", "magic"),
                List.of("code_challenge", "short"),
                List.of("code_challenge_method", "plain"),
                List.of("audience", "https://nowhere.example"),
                List.of("connection", "nowhere"),
                List.of("request_uri", "https://x.example"),
                List.of("nonce", "x".repeat(5_000))))
            assertThat(browser.open(app.authorize(more.get(0), more.get(1))).parameter("error"))
                    .as(more.toString())
                    .isNotEmpty();
        for (var body : List.of("", "state", "state=%ff", "state=" + page.state() + "&username=%00&password=%00"))
            assertThat(browser.post("/u/login", body).status()).as(body).isEqualTo(400);
        assertThat(rows("login")).isEqualTo(1);
    }

    private int rows(String table) {
        return tenant.server()
                .bean(JdbcClient.class)
                .sql("SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
    }

    private void signIn(Person person, String number, String address) {
        var page = browser.open(address);
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = browser.send(page, "type", "sms");
        page = browser.send(page, "code", tenant.code(number));
        assertThat(page.parameter("code")).isNotEmpty();
    }
}
