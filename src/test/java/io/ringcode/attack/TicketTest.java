package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One link to enrol by, opened in many browsers. */
class TicketTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final SignIns signIns = new SignIns(tenant);
    private final Admin admin = Admin.of(tenant);
    private final Person person = tenant.person();

    @Test
    void a_ticket_that_is_open_in_three_browsers_binds_one_phone() {
        WebApp.of(tenant);
        var path = ticket(true);
        var waiting = new ArrayList<Open>();
        for (int i = 0; i < 3; i++) waiting.add(open(path));
        var ends = waiting.stream().map(Open::confirm).toList();
        assertThat(ends.getFirst().screen()).isEqualTo("mfa-recovery-code-enrollment");
        assertThat(ends.subList(1, 3)).allSatisfy(end -> {
            assertThat(end.address()).isEqualTo("/u/mfa-enroll-result?outcome=already_used");
            assertThat(end.html()).doesNotContain("Exception");
        });
        assertThat(signIns.confirmed(admin, person)).hasSize(1);
    }

    @Test
    void a_ticket_for_a_first_authenticator_binds_none_beside_one_that_was_bound_meanwhile() {
        var waiting = open(ticket(false));
        var number = TestTenant.newNumber();
        var login = tenant.mfaToken(person);
        var oob = tenant.associate(login, "sms", number).text("oob_code");
        assertThat(tenant.verify(login, oob, tenant.code(number)).status()).isEqualTo(200);
        assertThat(waiting.confirm().address()).isEqualTo("/u/mfa-enroll-result?outcome=already_enrolled");
        assertThat(signIns.confirmed(admin, person)).hasSize(1);
    }

    @Test
    void a_ticket_of_a_blocked_user_binds_nothing() {
        var path = ticket(false);
        var waiting = open(path);
        admin.patch("/users/" + person.id().value(), Map.of("blocked", true));
        assertThat(waiting.confirm().status()).isEqualTo(400);
        assertThat(signIns.confirmed(admin, person)).isEmpty();
        assertThat(new Browser(tenant).open(path).screen()).isEqualTo("/mfa/enrollment");
    }

    private record Open(TestTenant tenant, Browser browser, Place page, String number) {
        Place confirm() {
            return browser.send(page, "code", tenant.code(number));
        }
    }

    private Open open(String path) {
        var browser = new Browser(tenant);
        var number = TestTenant.newNumber();
        var page = signIns.sendTo(browser, browser.open(path), number);
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        return new Open(tenant, browser, page, number);
    }

    private String ticket(boolean multiple) {
        var url = admin.post(
                        "/guardian/enrollments/ticket",
                        Map.of("user_id", person.id().value(), "allow_multiple_enrollments", multiple))
                .text("ticket_url");
        return url.substring(url.indexOf("/mfa/"));
    }
}
