package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person is sent to the pages, and comes back with the proof. */
class SignInByRedirectTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);

    @Test
    void a_new_user_binds_a_phone_keeps_the_recovery_code_and_is_in() {
        var person = tenant.person();
        var number = TestTenant.newNumber();
        var page = browser.open(app.authorize());
        assertThat(page.screen()).isEqualTo("login");
        page = browser.send(page, "username", person.email(), "password", person.password());
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        page = browser.send(page, "action", "phone");
        assertThat(page.screen()).isEqualTo("mfa-phone-enrollment");
        page = browser.send(page, "country", "US", "phone", number.substring(2), "type", "sms");
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        page = browser.send(page, "code", tenant.code(number));
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-enrollment");
        assertThat(browser.send(page, "action", "default").status()).isEqualTo(400);
        page = browser.send(page, "saved", "on");
        assertThat(page.address()).startsWith(WebApp.CALLBACK + "?");
        assertThat(page.parameter("state")).isEqualTo("the state & more");
        assertThat(page.parameter("iss")).isEqualTo(tenant.issuer());

        var tokens = app.exchange(page.parameter("code"));
        assertThat(tokens.status()).as(tokens.body().toString()).isEqualTo(200);
        var claims = tokens.claims("id_token");
        assertThat(claims.path("sub").asString()).isEqualTo(person.id().value());
        assertThat(claims.path("nonce").asString()).isEqualTo("n-0S6_WzA2Mj");
        assertThat(claims.path("amr").valueStream().map(value -> value.asString()))
                .containsExactly("pwd", "sms", "mfa");
        assertThat(tokens.text("refresh_token")).isNotEmpty();
    }

    @Test
    void a_user_with_a_phone_chooses_how_to_be_reached() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var page = browser.open(app.authorize());
        page = browser.send(page, "username", person.email(), "password", person.password());
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        page = browser.send(page, "type", "voice");
        assertThat(page.screen()).isEqualTo("mfa-voice-challenge");
        assertThat(browser.send(page, "code", tenant.wrongCode(number)).status())
                .isEqualTo(400);
        page = browser.send(page, "code", tenant.code(number));
        var tokens = app.exchange(page.parameter("code"));
        assertThat(tokens.claims("id_token").path("amr").valueStream().map(value -> value.asString()))
                .containsExactly("pwd", "tel", "mfa");
    }

    @Test
    void who_is_signed_in_comes_back_at_once_until_the_session_is_too_old() {
        var number = TestTenant.newNumber();
        signIn(tenant.enrolled(number), number);
        assertThat(browser.open(app.authorize("prompt", "none")).parameter("code"))
                .isNotEmpty();
        assertThat(browser.open(app.authorize()).parameter("code")).isNotEmpty();
        assertThat(browser.open(app.authorize("prompt", "login")).screen()).isEqualTo("login");
        tenant.server().clock().advance(Duration.ofMinutes(2));
        assertThat(browser.open(app.authorize("max_age", "60")).screen()).isEqualTo("login");
        assertThat(browser.open(app.authorize("prompt", "none", "max_age", "60"))
                        .parameter("error"))
                .isEqualTo("login_required");
    }

    @Test
    void a_code_is_good_once_and_a_second_use_ends_what_the_first_one_earned() {
        var number = TestTenant.newNumber();
        var code = signIn(tenant.enrolled(number), number).parameter("code");
        var tokens = app.exchange(code);
        assertThat(app.exchange(code).error()).isEqualTo("403 invalid_grant: Invalid authorization code");
        assertThat(tenant.token("refresh_token", "refresh_token", tokens.text("refresh_token"))
                        .status())
                .isEqualTo(403);
    }

    private Browser.Place signIn(TestTenant.Person person, String number) {
        var page = browser.open(app.authorize());
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = browser.send(page, "type", "sms");
        return browser.send(page, "code", tenant.code(number));
    }

    @Test
    void a_page_that_has_us_in_a_frame_gets_its_answer_as_a_message_and_no_other_page_does() {
        var silent = app.authorize("prompt", "none", "response_mode", "web_message");
        var page = browser.open(silent);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html())
                .contains("data-target=\"https://app.example\"")
                .contains("authorization_response")
                .contains("login_required");
        var headers = page.whole().headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("; frame-ancestors https://app.example; ")
                .contains("script-src 'self'; ");
        assertThat(headers.firstValue("X-Frame-Options")).isEmpty();

        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        page = browser.open(app.authorize());
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = browser.send(page, "type", "sms");
        browser.send(page, "code", tenant.code(number));
        page = browser.open(silent);
        var code = Pattern.compile("&#34;code&#34;:&#34;([^&]+)&#34;").matcher(page.html());
        assertThat(code.find()).as(page.html()).isTrue();
        assertThat(app.exchange(code.group(1)).status()).isEqualTo(200);
    }

    @Test
    void a_program_that_is_no_page_cannot_ask_for_a_message() {
        tenant.server()
                .bean(JdbcClient.class)
                .sql("UPDATE client SET callbacks = ARRAY['com.example.app:/callback'] WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .update();
        var page = browser.open(app.authorize(
                "prompt", "none", "response_mode", "web_message", "redirect_uri", "com.example.app:/callback"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("gets no web_message");
    }
}
