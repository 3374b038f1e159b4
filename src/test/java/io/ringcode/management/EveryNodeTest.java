package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.action.Draft;
import io.ringcode.action.Hooks;
import io.ringcode.action.Trigger;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.PhoneProvider;
import io.ringcode.phone.Channel;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator changes on one server binds on the others within a second, whatever they have read before. */
class EveryNodeTest {
    private static final Ringcode HERE = Ringcode.shared();
    private static final Ringcode THERE = Ringcode.besideShared(8);

    private final TestTenant tenant = HERE.tenant();
    private final TestTenant there = tenant.at(THERE);
    private final Admin admin = Admin.of(tenant);
    private final Admin adminThere = new Admin(there, admin.token());

    @AfterAll
    static void stop() {
        THERE.close();
    }

    private static void withinASecond(String what, Callable<Boolean> condition) throws Exception {
        Eventually.holds(what, Duration.ofSeconds(1), condition);
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isBetween(200, 204);
    }

    /** Somebody new, so that no limit is reached. */
    private int enrollingThere() {
        return there.associate(there.mfaToken(tenant.person()), "sms", TestTenant.newNumber())
                .status();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/guardian/factors/phone/settings | {'otp_length':9,'otp_expiration_time':300} | \"otp_length\":9",
                "/guardian/factors/phone/message-types | {'message_types':['voice']} | [\"voice\"]",
                "/guardian/factors/phone/selected-provider | {'provider':'auth0'} | auth0",
                "/guardian/factors/phone/templates | {'enrollment_message':'Bind {{code}}','verification_message':'Open {{code}}'} | Open",
                "/guardian/factors/phone/routes | {'routes':[{'channel':'sms','providers':['vonage','twilio']}]} | \"vonage\",\"twilio\"",
                "/guardian/factors/phone/limits | {'user':{'at_once':7,'per_hour':3}} | \"at_once\":7",
                "/guardian/factors/phone/fraud/numbers | {'permitted_kinds':['pager'],'countries':[]} | pager",
                "/guardian/factors/phone/fraud/rules | {'rules':[{'rule':'country','mode':'off'}]} | \"off\"",
                "/guardian/sign-in-policy | {'rules':[],'failed_action':'ask'} | \"ask\"",
                "/guardian/passkeys | {'required':'any','offer':false,'pause_days':77} | 77",
                "/guardian/notices | {'off':[]} | \"off\":[]",
            })
    void a_setting_does(String path, String body, String shown) throws Exception {
        assertThat(adminThere.get(path).body().toString()).doesNotContain(shown);
        done(admin.put(path, body));
        withinASecond(path, () -> adminThere.get(path).body().toString().contains(shown));
    }

    @Test
    void the_factor_policy_does() throws Exception {
        var person = tenant.enrolled(TestTenant.newNumber());
        assertThat(there.signIn(person).error()).contains("mfa_required");
        done(admin.put("/guardian/policies", "[]"));
        withinASecond("signed in by the password", () -> there.signIn(person).status() == 200);
        done(admin.put("/guardian/policies", "['all-applications']"));
        withinASecond("asked again", () -> there.signIn(person).status() == 403);
    }

    @Test
    void a_factor_that_is_switched_off_is() throws Exception {
        assertThat(enrollingThere()).isEqualTo(200);
        done(admin.put("/guardian/factors/sms", "{'enabled':false}"));
        withinASecond("no phone is bound", () -> enrollingThere() != 200);
    }

    @Test
    void the_brake_does() throws Exception {
        assertThat(enrollingThere()).isEqualTo(200);
        done(admin.put("/guardian/factors/phone/fraud/brake", "{'on':true}"));
        withinASecond("nothing is sent", () -> enrollingThere() == 503);
    }

    @Test
    void a_carriers_account_does() throws Exception {
        var accounts = THERE.bean(CarrierAccounts.class);
        assertThat(accounts.view(tenant.id(), "twilio").orElseThrow().fields()).containsValue("+14155550100");
        done(admin.put("/guardian/factors/phone/providers/twilio", "{'from':'+14155550177'}"));
        withinASecond(
                "the other sender",
                () -> accounts.view(tenant.id(), "twilio")
                        .orElseThrow()
                        .fields()
                        .containsValue("+14155550177"));
    }

    @Test
    void a_script_does() throws Exception {
        var scripts = THERE.beans(PhoneProvider.class).stream()
                .filter(provider -> provider.name().equals("phone-message-hook"))
                .findFirst()
                .orElseThrow();
        assertThat(scripts.ready(tenant.id(), Channel.SMS)).isFalse();
        var draft = new Draft("module.exports = (recipient, text, context, cb) => cb(null, {});", Map.of(), null);
        var hook = HERE.bean(Hooks.class).create(tenant.id(), "a hook", Trigger.SEND_PHONE_MESSAGE, true, draft);
        withinASecond("the script is there", () -> scripts.ready(tenant.id(), Channel.SMS));
        done(admin.delete("/hooks/" + hook.script().id()));
        withinASecond("it is gone", () -> !scripts.ready(tenant.id(), Channel.SMS));
    }

    @Test
    void a_blocked_user_is() throws Exception {
        var person = tenant.enrolled(TestTenant.newNumber());
        var login = there.mfaToken(person);
        assertThat(there.signIn(person).error()).contains("mfa_required");
        done(admin.patch("/users/" + person.id().value(), "{'blocked':true}"));
        assertThat(there.signIn(person).error()).doesNotContain("mfa_required");
        assertThat(there.challenge(login).status()).isNotEqualTo(200);
    }

    @Test
    void a_rotated_secret_does() throws Exception {
        tenant.client("rotated", "the-secret-of-before");
        var before = new TestTenant(THERE, tenant.id(), tenant.host(), "rotated", "the-secret-of-before");
        var person = tenant.person();
        assertThat(before.signIn(person).status()).isNotEqualTo(401);
        var rotated = admin.post("/clients/rotated/rotate-secret?previous_valid_for=0", Map.of());
        done(rotated);
        withinASecond("the one before is refused", () -> before.signIn(person).status() == 401);
        var after = new TestTenant(THERE, tenant.id(), tenant.host(), "rotated", rotated.text("client_secret"));
        assertThat(after.signIn(person).status()).isNotEqualTo(401);
    }

    @Test
    void a_grant_that_is_taken_back_is() throws Exception {
        assertThat(adminThere.get("/users").status()).isEqualTo(200);
        var grant = admin.get("/client-grants?client_id=" + tenant.clientId())
                .body()
                .path(0)
                .path("id")
                .asString();
        done(admin.patch("/client-grants/" + grant, Map.of("scope", List.of("read:logs"))));
        withinASecond("the scope is gone", () -> adminThere.get("/users").status() == 403);
    }

    @Test
    void a_connection_does() throws Exception {
        var connection = admin.get("/connections").body().path(0).path("id").asString();
        var person = tenant.person();
        assertThat(there.signIn(person).error()).contains("mfa_required");
        done(admin.patch(
                "/connections/" + connection + "/clients",
                List.of(Map.of("client_id", tenant.clientId(), "status", false))));
        withinASecond(
                "nobody signs in through it",
                () -> !there.signIn(person).error().contains("mfa_required"));
    }
}
