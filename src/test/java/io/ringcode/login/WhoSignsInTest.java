package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.login.Browser.Place;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From the password to the end, each page names the account and lets somebody else begin anew. */
class WhoSignsInTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);
    private final Set<String> screens = new LinkedHashSet<>();

    private Place named(Person person, Place page) {
        assertThat(page.html())
                .as(page.screen())
                .contains(">" + person.email() + "</bdi>", "value=\"start-over\"", "Not you?");
        screens.add(page.screen());
        return page;
    }

    private Place password(Person person) {
        var page = browser.open(app.authorize("prompt", "login"));
        return named(person, browser.send(page, "username", person.email(), "password", person.password()));
    }

    private Place press(Person person, Place page, String... fields) {
        return named(person, browser.send(page, fields));
    }

    @Test
    void each_page_names_who_it_is() {
        var number = TestTenant.newNumber();
        var person = tenant.person();
        var page = password(person);
        page = press(person, page, "action", "phone");
        page = press(person, page, "phone", "12", "type", "sms");
        page = press(person, page, "phone", number, "type", "sms");
        page = press(person, page, "code", tenant.wrongCode(number));
        page = press(person, page, "code", tenant.code(number));
        assertThat(browser.send(page, "saved", "on").parameter("code")).isNotEmpty();

        page = password(person);
        page = press(person, page, "type", "voice");
        page = press(person, page, "action", "pick-authenticator");
        page = press(person, page, "action", "recovery-code");
        page = press(person, page, "action", "pick-authenticator");
        assertThat(page.screen()).isEqualTo("mfa-login-options");
        var other = tenant.person();
        page = press(other, password(other), "action", "otp");
        assertThat(page.screen()).isEqualTo("mfa-otp-enrollment-qr");
        assertThat(screens)
                .containsExactlyInAnyOrder(
                        "mfa-begin-enroll-options",
                        "mfa-phone-enrollment",
                        "mfa-sms-challenge",
                        "mfa-recovery-code-enrollment",
                        "mfa-phone-challenge",
                        "mfa-voice-challenge",
                        "mfa-login-options",
                        "mfa-recovery-code-challenge",
                        "mfa-otp-enrollment-qr");
    }
}
