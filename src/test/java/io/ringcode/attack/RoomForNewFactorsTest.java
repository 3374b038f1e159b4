package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TotpApp;
import io.ringcode.factor.Authenticators;
import io.ringcode.login.Browser;
import io.ringcode.login.WebApp;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody with a password can heap up: authenticators that nobody confirms, and messages. */
class RoomForNewFactorsTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final SignIns signIns = new SignIns(tenant);
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);
    private final String number = TestTenant.newNumber();

    @Test
    void pending_apps_and_phones_give_way_to_newer_ones() throws Exception {
        var person = tenant.person();
        var login = tenant.mfaToken(person);
        Callable<Answer> associate = () -> signIns.associateApp(login);
        assertThat(SignIns.together(Collections.nCopies(40, associate)).stream().map(Answer::status))
                .containsOnly(200);
        assertThat(pending()).isLessThanOrEqualTo(Authenticators.MOST_UNCONFIRMED);
        for (int more = 0; more < 3; more++)
            assertThat(tenant.associate(login, "sms", TestTenant.newNumber()).status())
                    .isEqualTo(200);
        assertThat(pending()).isLessThanOrEqualTo(Authenticators.MOST_UNCONFIRMED);
        tenant.server().clock().advance(Duration.ofSeconds(1));
        var last = signIns.associateApp(login);
        var code = new TotpApp(last.text("secret")).code(signIns.now());
        assertThat(signIns.otp(login, code).status()).isEqualTo(200);
    }

    @Test
    void nor_do_the_pages_heap_them_up() {
        var page = signIns.password(browser, tenant.person(), app.authorize());
        for (int more = 0; more < 12; more++) {
            var bound = browser.send(page, "action", "otp");
            assertThat(bound.screen()).isEqualTo("mfa-otp-enrollment-qr");
            page = browser.send(bound, "action", "pick-authenticator");
        }
        assertThat(pending()).isLessThanOrEqualTo(Authenticators.MOST_UNCONFIRMED);
    }

    @Test
    void the_pause_between_messages_holds_whichever_button_asks() {
        var page = signIns.password(browser, tenant.person(), app.authorize());
        page = signIns.sendTo(browser, page, number);
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        var again = browser.send(page, "action", "resend-code");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.html()).contains("before you request another code");
        var edit = browser.send(page, "action", "edit");
        assertThat(edit.screen()).isEqualTo("mfa-phone-enrollment");
        var same = browser.send(edit, "phone", number, "type", "sms");
        assertThat(same.status()).isEqualTo(400);
        assertThat(same.html()).contains("before you request another code");
        assertThat(sent()).isEqualTo(1);
        var other = TestTenant.newNumber();
        page = browser.send(edit, "phone", other, "type", "sms");
        assertThat(page.screen())
                .as("a slip of the finger is put right at once")
                .isEqualTo("mfa-sms-challenge");
        tenant.server().clock().advance(Duration.ofSeconds(31));
        assertThat(browser.send(page, "action", "resend-code").screen()).isEqualTo("mfa-sms-challenge");
        assertThat(sent()).isEqualTo(3);
    }

    @Test
    void nor_does_it_end_by_going_to_and_fro_between_channels() {
        var person = tenant.enrolled(number);
        tenant.server().clock().advance(Duration.ofMinutes(2));
        var before = sent();
        var page = signIns.password(browser, person, app.authorize());
        page = browser.send(page, "type", "sms");
        page = browser.send(page, "action", "switch-to-voice");
        assertThat(page.screen()).isEqualTo("mfa-voice-challenge");
        for (var action : List.of("switch-to-sms", "resend-code"))
            assertThat(browser.send(page, "action", action).html()).contains("before you request another code");
        assertThat(sent() - before).isEqualTo(2);
    }

    private int pending() {
        return count("enrollment WHERE kind IN ('phone', 'totp') AND confirmed_at IS NULL AND");
    }

    private int sent() {
        return count("message WHERE");
    }

    private int count(String where) {
        return tenant.server()
                .bean(JdbcClient.class)
                .sql("SELECT count(*) FROM " + where + " tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
    }
}
