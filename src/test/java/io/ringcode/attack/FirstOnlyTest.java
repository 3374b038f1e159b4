package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.attack.SignIns.Enrolled;
import io.ringcode.factor.Authenticators;
import io.ringcode.login.Browser;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Who knows the password begins to bind something, and ends when that is no longer allowed. */
class FirstOnlyTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final SignIns signIns = new SignIns(tenant);
    private final Admin admin = Admin.of(tenant);
    private final WebApp app = WebApp.of(tenant);
    private final Person person = tenant.person();

    @Test
    void a_phone_that_waits_is_not_confirmed_once_the_user_has_enrolled() {
        var stranger = tenant.mfaToken(person);
        var number = TestTenant.newNumber();
        var oob = tenant.associate(stranger, "sms", number).text("oob_code");
        ownerEnrols();
        assertThat(tenant.verify(stranger, oob, tenant.code(number)).error()).isEqualTo(SignIns.ENROLLED_ALREADY);
        assertThat(signIns.confirmed(admin, person)).hasSize(1);
    }

    @Test
    void an_app_that_waits_is_not_confirmed_once_the_user_has_enrolled() {
        var stranger = tenant.mfaToken(person);
        var waiting = new TotpApp(signIns.associateApp(stranger).text("secret"));
        ownerEnrols();
        assertThat(signIns.otp(stranger, waiting.code(signIns.now())).status()).isEqualTo(403);
        assertThat(signIns.confirmed(admin, person)).hasSize(1);
    }

    @Test
    void on_the_pages_it_is_not_confirmed_either() {
        var browser = new Browser(tenant);
        var number = TestTenant.newNumber();
        var page = signIns.sendTo(browser, signIns.password(browser, person, app.authorize()), number);
        ownerEnrols();
        var end = browser.send(page, "code", tenant.code(number));
        assertThat(end.screen()).isEqualTo("mfa-phone-challenge");
        assertThat(signIns.confirmed(admin, person)).hasSize(1);
    }

    @Test
    void of_ten_that_were_associated_at_once_one_is_confirmed() throws Exception {
        var login = tenant.mfaToken(person);
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < Authenticators.MOST_UNCONFIRMED; i++) {
            var number = TestTenant.newNumber();
            var oob = tenant.associate(login, "sms", number).text("oob_code");
            if (oob.isEmpty()) break; // the limit of messages
            calls.add(() -> tenant.verify(login, oob, tenant.code(number)));
        }
        assertThat(calls).hasSizeGreaterThan(4);
        var answers = SignIns.together(calls);
        assertThat(answers.stream().filter(one -> one.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(one -> one.status() != 200).map(Answer::error))
                .containsOnly(SignIns.ENROLLED_ALREADY);
        assertThat(signIns.confirmed(admin, person)).hasSize(1);
    }

    @Test
    void a_blocked_user_binds_nothing_by_a_code_that_was_sent_before() {
        var login = tenant.mfaToken(person);
        var number = TestTenant.newNumber();
        var oob = tenant.associate(login, "sms", number).text("oob_code");
        admin.patch("/users/" + person.id().value(), Map.of("blocked", true));
        assertThat(tenant.verify(login, oob, tenant.code(number)).status()).isEqualTo(403);
        assertThat(signIns.confirmed(admin, person)).isEmpty();
    }

    @Test
    void who_knew_the_old_password_binds_nothing() {
        var login = tenant.mfaToken(person);
        var number = TestTenant.newNumber();
        var oob = tenant.associate(login, "sms", number).text("oob_code");
        var browser = new Browser(tenant);
        var other = TestTenant.newNumber();
        var page = signIns.sendTo(browser, signIns.password(browser, person, app.authorize()), other);
        admin.patch("/users/" + person.id().value(), Map.of("password", "another horse"));
        assertThat(tenant.verify(login, oob, tenant.code(number)).error())
                .isEqualTo("401 expired_token: mfa_token is expired");
        assertThat(browser.send(page, "code", tenant.code(other)).status()).isEqualTo(400);
        assertThat(signIns.confirmed(admin, person)).isEmpty();
    }

    @Test
    void a_factor_that_was_switched_off_meanwhile_proves_nothing() {
        var enrolled = signIns.enrolled();
        var login = tenant.mfaToken(enrolled.person());
        var oob = tenant.challenge(login).text("oob_code");
        var browser = new Browser(tenant);
        var page = signIns.password(browser, enrolled.person(), app.authorize());
        page = browser.send(page, "type", "sms");
        var pending = tenant.mfaToken(person);
        var number = TestTenant.newNumber();
        var pendingOob = tenant.associate(pending, "sms", number).text("oob_code");
        admin.put("/guardian/factors/sms", Map.of("enabled", false));
        var code = tenant.code(enrolled.number());
        assertThat(tenant.verify(login, oob, code).error())
                .startsWith("403 access_denied")
                .contains("switched off");
        assertThat(tenant.verify(pending, pendingOob, tenant.code(number)).status())
                .isEqualTo(403);
        assertThat(signIns.confirmed(admin, person)).isEmpty();
        assertThat(browser.send(page, "code", code).screen()).isEqualTo("mfa-recovery-code-challenge");
    }

    @Test
    void nothing_is_sent_by_what_was_switched_off_while_a_page_stood_open() {
        var enrolled = signIns.enrolled();
        var proving = new Browser(tenant);
        var code = signIns.password(proving, enrolled.person(), app.authorize());
        code = proving.send(code, "type", "sms");
        var binding = new Browser(tenant);
        var number = signIns.password(binding, person, app.authorize());
        number = binding.send(number, "action", "phone");
        assertThat(number.screen()).isEqualTo("mfa-phone-enrollment");
        var sent = tenant.server().carrier().requests().size();
        admin.put("/guardian/factors/phone/message-types", Map.of("message_types", List.of("sms")));
        assertThat(proving.send(code, "action", "switch-to-voice").status()).isEqualTo(400);
        admin.put("/guardian/factors/sms", Map.of("enabled", false));
        number = binding.send(number, "phone", TestTenant.newNumber(), "type", "sms");
        assertThat(number.screen()).as("what is still on").isEqualTo("mfa-otp-enrollment-qr");
        assertThat(tenant.server().carrier().requests()).hasSize(sent);
    }

    @Test
    void a_phone_that_an_administrator_removed_proves_nothing() {
        var enrolled = signIns.enrolled();
        var login = tenant.mfaToken(enrolled.person());
        var oob = tenant.challenge(login).text("oob_code");
        var code = tenant.code(enrolled.number());
        admin.delete("/users/" + enrolled.person().id().value() + "/authentication-methods");
        assertThat(tenant.verify(login, oob, code).status()).isEqualTo(401);
    }

    /** A stranger with the password is told a recovery code too, and must not have the owner's confirmed for it. */
    @Test
    void the_recovery_code_that_counts_is_the_one_that_the_owner_was_told() {
        var owner = tenant.mfaToken(person);
        var number = TestTenant.newNumber();
        var started = tenant.associate(owner, "sms", number);
        var told = started.body().path("recovery_codes").path(0).asString();
        var strangers = tenant.associate(tenant.mfaToken(person), "sms", TestTenant.newNumber())
                .body()
                .path("recovery_codes")
                .path(0)
                .asString();
        assertThat(tenant.verify(owner, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        assertThat(signIns.recover(tenant.mfaToken(person), strangers).status()).isEqualTo(403);
        assertThat(signIns.recover(tenant.mfaToken(person), told).status()).isEqualTo(200);
    }

    @Test
    void parallel_losers_with_a_recovery_code_do_not_count_against_the_next_one() throws Exception {
        Enrolled enrolled = signIns.enrolled();
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 20; i++)
            calls.add(() -> signIns.recover(tenant.mfaToken(enrolled.person()), enrolled.recoveryCode()));
        var answers = SignIns.together(calls);
        assertThat(answers.stream().filter(one -> one.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(one -> one.status() != 200).map(Answer::error))
                .containsOnly("403 invalid_grant: MFA Authorization rejected.");
        var next = answers.stream()
                .filter(one -> one.status() == 200)
                .map(one -> one.text("recovery_code"))
                .findFirst()
                .orElseThrow();
        for (int late = 0; late < 12; late++)
            assertThat(signIns.recover(tenant.mfaToken(enrolled.person()), enrolled.recoveryCode())
                            .error())
                    .isEqualTo("403 invalid_grant: MFA Authorization rejected.");
        assertThat(signIns.recover(tenant.mfaToken(enrolled.person()), next).status())
                .isEqualTo(200);
        assertThat(List.of(next)).doesNotContain(enrolled.recoveryCode());
    }

    private void ownerEnrols() {
        var number = TestTenant.newNumber();
        var login = tenant.mfaToken(person);
        var oob = tenant.associate(login, "sms", number).text("oob_code");
        assertThat(tenant.verify(login, oob, tenant.code(number)).status()).isEqualTo(200);
    }
}
