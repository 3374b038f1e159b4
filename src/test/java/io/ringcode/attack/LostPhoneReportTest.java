package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.Links;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A lost phone is reported on the sign-in pages: by its owner, and by somebody who knows the password. */
class LostPhoneReportTest {
    private final TestTenant tenant = Ringcode.shared().tenant().tellingOwners();
    private final SignIns signIns = new SignIns(tenant);
    private final Admin admin = Admin.of(tenant);
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);

    private Place lost(SignIns.Enrolled owner) {
        var page = signIns.password(browser, owner.person(), app.authorize("prompt", "login"));
        assertThat(page.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(page.html()).contains("Lost your phone?");
        page = browser.send(page, "action", "lost-phone");
        assertThat(page.screen()).isEqualTo("lost-phone");
        return page;
    }

    private int codeOf(SignIns.Enrolled owner) {
        var login = tenant.mfaToken(owner.person());
        var challenge = tenant.challenge(login);
        if (challenge.status() != 200) return challenge.status();
        return tenant.verify(login, challenge.text("oob_code"), tenant.code(owner.number()))
                .status();
    }

    private JsonNode reported() {
        return admin.get("/logs?q=type:loss_reported").body();
    }

    @Test
    void who_has_the_recovery_code_suspends_the_phone_and_whatever_is_on_it() throws Exception {
        var owner = signIns.enrolled();
        var phone = new Browser(tenant);
        var page = signIns.password(phone, owner.person(), app.authorize());
        page = phone.send(page, "type", "sms");
        page = phone.send(page, "code", tenant.code(owner.number()));
        assertThat(page.parameter("code")).isNotEmpty();

        page = byRecoveryCode(lost(owner));
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-challenge");
        assertThat(reported()).as("before anything is proved").isEmpty();
        page = browser.send(page, "code", owner.recoveryCode());
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-challenge-new-code");

        assertThat(reported().at("/0/details/result").asString()).isEqualTo("suspended");
        assertThat(codeOf(owner)).isEqualTo(403);
        assertThat(tenant.challenge(tenant.mfaToken(owner.person())).error())
                .isEqualTo("403 access_denied: The phone was reported as lost, or as somebody else's.");
        assertThat(phone.open(app.authorize("prompt", "none")).parameter("error"))
                .isEqualTo("login_required");
        page = browser.send(page, "saved", "on");
        page = browser.send(page, "action", "skip");
        assertThat(page.parameter("code")).as("the sign-in goes on").isNotEmpty();
        assertThat(app.exchange(page.parameter("code")).status()).isEqualTo(200);
        Links.mail(tenant, owner.person().email(), "was reported as lost");
        assertThat(admin.delete("/user-blocks/" + owner.person().id().value()).status())
                .isEqualTo(204);
        assertThat(codeOf(owner)).as("no unblocking gives it back").isEqualTo(403);
    }

    @Test
    void who_has_the_password_alone_locks_nobody_out_and_the_owner_hears_of_it() throws Exception {
        var owner = signIns.enrolled();
        assertThat(admin.put("/guardian/factors/recovery-code", "{'enabled':false}")
                        .status())
                .isEqualTo(200);
        var page = lost(owner);
        assertThat(page.html()).contains("There is no other method").doesNotContain("recovery-code");
        page = browser.send(page, "action", "tell-administrator");
        assertThat(page.screen()).isEqualTo("lost-phone-told");
        assertThat(reported().at("/0/details/result").asString()).isEqualTo("unproved");
        assertThat(codeOf(owner)).as("the phone is as good as before").isEqualTo(200);
        Eventually.holds(
                "the phone itself is told",
                () -> tenant.server()
                        .carrier()
                        .noticesTo(owner.number())
                        .toString()
                        .contains("reported as lost"));
        page = browser.send(page, "action", "back-action");
        page = page.screen().equals("mfa-login-options") ? browser.send(page, "action", "sms") : page;
        page = browser.send(page, "code", tenant.code(owner.number()));
        assertThat(page.parameter("code")).as("found again").isNotEmpty();
    }

    @Test
    void a_phone_that_proves_its_owner_after_all_is_not_lost() {
        var owner = signIns.enrolled();
        var page = byRecoveryCode(lost(owner));
        page = browser.send(page, "action", "pick-authenticator");
        page = browser.send(page, "action", "sms");
        page = browser.send(page, "code", tenant.code(owner.number()));
        assertThat(page.parameter("code")).isNotEmpty();
        assertThat(reported()).isEmpty();
        assertThat(codeOf(owner)).isEqualTo(200);
    }

    @Test
    void of_several_phones_the_one_that_was_chosen_is_suspended_and_none_by_itself() {
        var owner = signIns.enrolled();
        var second = TestTenant.newNumber();
        var methods = "/users/" + owner.person().id().value() + "/authentication-methods";
        assertThat(admin.post(methods, Map.of("type", "phone", "phone_number", second))
                        .status())
                .isEqualTo(201);
        var page = browser.send(lost(owner), "action", "recovery-code");
        assertThat(page.screen()).as("none is chosen").isEqualTo("lost-phone");
        assertThat(page.html()).contains("Select an option");
        var ids = Pattern.compile("name=\"phone\" value=\"([^\"]+)\"")
                .matcher(page.html())
                .results()
                .map(found -> found.group(1))
                .toList();
        var isFirst =
                page.html().indexOf(owner.number().substring(8)) < page.html().indexOf(second.substring(8));
        page = browser.send(page, "action", "recovery-code", "phone", ids.get(isFirst ? 0 : 1));
        browser.send(page, "code", owner.recoveryCode());
        var sent = signIns.confirmed(admin, owner.person()).stream()
                .filter(id -> id.startsWith("phone|"))
                .map(id -> tenant.challenge(
                                tenant.mfaToken(owner.person()), "authenticator_id", id.replace("phone|", "sms|"))
                        .status())
                .toList();
        assertThat(sent).containsExactlyInAnyOrder(200, 403);
        assertThat(tenant.code(second)).as("it is the second that gets codes").isNotEmpty();
        assertThat(reported().at("/0/details/result").asString()).isEqualTo("suspended");
    }

    @Test
    void nobody_reports_a_phone_before_the_password_or_while_the_first_one_is_bound() {
        var page = browser.open(app.authorize());
        assertThat(browser.send(page, "action", "lost-phone").screen()).isEqualTo("login");
        page = signIns.password(browser, tenant.person(), app.authorize());
        assertThat(browser.send(page, "action", "lost-phone").screen()).isEqualTo("mfa-begin-enroll-options");
    }

    private Place byRecoveryCode(Place page) {
        return browser.send(page, "action", "recovery-code", "phone", page.field("phone"));
    }
}
