package io.ringcode.console;

import static java.time.DayOfWeek.MONDAY;
import static java.time.ZoneOffset.UTC;
import static java.time.temporal.TemporalAdjusters.previousOrSame;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import io.ringcode.login.Passkeys;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Passkeys and the way off the phone, as an administrator sets them and sees how they fare. */
class PasskeyPagesTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    @Test
    void passkeys_are_switched_on_and_the_way_off_the_phone_is_planned() {
        var page = console.post("/console/passkeys/kinds", "webauthn-roaming", "true");
        assertThat(page.html()).contains("Saved.").containsPattern("name=\"webauthn-roaming\" value=\"true\" checked");
        var plan = "/guardian/passkeys";
        api.put(
                plan,
                "{'required':'any','offer':true,'pause_days':30,'clients':[{'client_id':'app','required':'any','phone_until':'2027-05-01'}]}");
        page = console.post(
                "/console/passkeys/plan",
                "required",
                "phishing-resistant",
                "phone_until",
                "2027-06-01",
                "offer",
                "true",
                "pause_days",
                "7");
        assertThat(page.html()).contains("Saved.", "value=\"2027-06-01\"", "value=\"7\"");
        assertThat(api.get(plan).body().toString())
                .isEqualTo(
                        "{\"required\":\"phishing-resistant\",\"phone_until\":\"2027-06-01\",\"offer\":true,\"pause_days\":7,"
                                + "\"clients\":[{\"client_id\":\"app\",\"required\":\"any\",\"phone_until\":\"2027-05-01\"}]}");
        page = console.post("/console/passkeys/plan", "required", "any", "pause_days", "0", "strict", "nobody");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("href=\"#pause_days\"").contains("nobody");
    }

    @Test
    void shares_by_factor_and_how_offers_fared_by_week_are_shown() {
        var passkeys = Passkeys.of(tenant, "sms", "webauthn-platform", "recovery-code");
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        var browser = new Browser(tenant);
        var page = passkeys.password(browser, person, WebApp.of(tenant).authorize());
        page = passkeys.code(browser, page, number, Passkeys.able());
        assertThat(page.screen()).isEqualTo("mfa-webauthn-platform-enrollment");
        browser.send(page, "action", "snooze-enrollment");

        var html = console.open("/console/passkeys").html();
        var monday = LocalDate.ofInstant(tenant.server().clock().instant(), UTC).with(previousOrSame(MONDAY));
        assertThat(html).contains("<td>" + monday + "</td><td>1</td><td>0</td><td>1</td><td>0</td>");
        assertThat(html)
                .as("the administrator and the person")
                .contains("<td><code>sms</code></td><td>2</td><td>50 %</td>");
    }

    @Test
    void an_auditor_is_told_what_stands_beside_the_phone() {
        assertThat(console.open("/console/passkeys").html()).contains("/console/passkeys/statement");
        assertThat(console.open("/console/passkeys/statement").html())
                .contains("authenticator apps", "None of them resists phishing", "No date is set yet", "none is bound");
    }

    @Test
    void an_auditor_is_told_the_day_of_the_plan_and_who_has_what() {
        Passkeys.of(tenant, "sms", "webauthn-roaming", "recovery-code");
        api.put("/guardian/passkeys", "{'required':'any','phone_until':'2027-06-01','offer':true,'pause_days':30}");
        assertThat(console.open("/console/passkeys/statement").html())
                .contains("From 2027-06-01 (UTC), a phone is no longer enough for users who have a passkey")
                .contains("<td><code>sms</code></td><td>1</td>")
                .doesNotContain("None of them resists phishing", "No date is set yet");
    }
}
