package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.WebApp;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the last code to the application: by whatever way the browser and the person take. */
class EndOfSignInTest {
    private static final String POLICY = "Content-Security-Policy";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final SignIns signIns = new SignIns(tenant);
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);
    private final String number = TestTenant.newNumber();

    @Test
    void no_form_of_ours_leads_to_the_application_so_none_holds_its_redirects() {
        var page = codePage();
        assertThat(page.whole().headers().firstValue(POLICY).orElseThrow()).contains("form-action 'self';");
        var end = browser.send(page, "code", tenant.code(number));
        assertThat(end.address()).startsWith(WebApp.CALLBACK);
        assertThat(end.whole().request().method()).isEqualTo("GET");
        assertThat(browser.followed()).as("a page stands between the form and the application").contains("200 POST");
    }

    @Test
    void a_program_is_answered_by_redirects_alone() {
        var callback = "com.example.app://callback";
        tenant.server()
                .bean(JdbcClient.class)
                .sql("UPDATE client SET callbacks = callbacks || :uri::text WHERE tenant_id = :tenant")
                .param("uri", callback)
                .param("tenant", tenant.id().value())
                .update();
        var person = tenant.enrolled(number);
        var page = signIns.password(browser, person, app.authorize("redirect_uri", callback));
        page = browser.send(page, "type", "sms");
        assertThat(page.whole().headers().firstValue(POLICY).orElseThrow())
                .contains("form-action 'self' com.example.app:;");
        assertThat(browser.send(page, "code", tenant.code(number)).address()).startsWith(callback);
    }

    @Test
    void a_form_that_is_sent_again_while_the_application_thinks_is_answered_again() {
        var page = codePage();
        var code = tenant.code(number);
        var first = browser.send(page, "code", code);
        var second = browser.send(page, "code", code);
        assertThat(second.address()).startsWith(WebApp.CALLBACK);
        assertThat(second.parameter("state")).isEqualTo(first.parameter("state"));
        assertThat(second.parameter("code")).isNotEmpty().isNotEqualTo(first.parameter("code"));
        assertThat(app.exchange(second.parameter("code")).status()).isEqualTo(200);
        assertThat(app.exchange(first.parameter("code")).status()).isEqualTo(200);
    }

    @Test
    void nobody_else_is_answered_nor_anybody_later_or_without_end() {
        var page = codePage();
        var code = tenant.code(number);
        browser.send(page, "code", code);
        assertThat(new Browser(tenant).send(page, "code", code).status()).isEqualTo(400);
        for (int more = 0; more < 4; more++)
            assertThat(browser.send(page, "code", code).address()).startsWith(WebApp.CALLBACK);
        assertThat(browser.open("/authorize/resume?state=" + page.state()).status()).isEqualTo(400);

        var other = codePage();
        browser.send(other, "code", tenant.code(number));
        tenant.server().clock().advance(Duration.ofSeconds(61));
        assertThat(browser.open("/authorize/resume?state=" + other.state()).status()).isEqualTo(400);
    }

    private Place codePage() {
        var person = tenant.enrolled(number);
        var page = signIns.password(browser, person, app.authorize("prompt", "login"));
        page = browser.send(page, "type", "sms");
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        return page;
    }
}
