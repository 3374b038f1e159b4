package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a script complains of: whole for administrators, and nothing of it for who asked for a code. */
class HookErrorsTest {
    private static final String GENERIC =
            "503 temporarily_unavailable: The carrier refused to send the message." + " Try another method.";

    private final Ringcode server = Ringcode.shared();
    private final TestTenant tenant = server.tenant();
    private final Scripts scripts = Scripts.of(tenant);
    private final Admin admin = Admin.of(tenant);
    private final String number = TestTenant.newNumber();

    private Answer associate() {
        return tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
    }

    private JsonNode newest(String type) {
        return admin.get("/logs?q=type:" + type).body().path(0);
    }

    private JsonNode newestAttempt() {
        var id = admin.get("/guardian/factors/phone/messages")
                .body()
                .path("messages")
                .path(0)
                .path("id");
        return admin.get("/guardian/factors/phone/messages/" + id.asString())
                .body()
                .path("attempts")
                .path(0);
    }

    @Test
    void its_own_words_stand_in_the_log_and_the_ledger_and_not_in_the_answer() {
        scripts.hook("""
                module.exports = (recipient, text, context, cb) =>
                    cb(new Error(`Ann's account ${context.webtask.secrets.TOKEN} cannot pay for ${recipient}`));
                """, Map.of("TOKEN", "token-of-the-vendor"));
        assertThat(associate().error()).isEqualTo(GENERIC);
        var said = "Ann's account ••• cannot pay for ••• (line 2)";
        var error = newest("gd_send_sms_failure").path("details").path("provider_error");
        assertThat(error.path("errorCode").asString()).isEqualTo("failed");
        assertThat(error.path("message").asString()).isEqualTo(said);
        assertThat(newestAttempt().path("code").asString()).isEqualTo("failed");
        assertThat(newestAttempt().path("message").asString()).isEqualTo(said);
    }

    @Test
    void a_challenge_is_answered_likewise() {
        var person = tenant.person();
        admin.post(
                "/users/" + person.id().value() + "/authentication-methods",
                Map.of("type", "phone", "phone_number", number, "preferred_authentication_method", "voice"));
        scripts.hook("module.exports = async () => { throw new Error('Ann owes us 3 euros'); };");
        assertThat(tenant.challenge(tenant.mfaToken(person)).error()).isEqualTo(GENERIC);
        var error = newest("gd_send_voice_failure").path("details").path("provider_error");
        assertThat(error.path("message").asString()).startsWith("Ann owes us 3 euros");
    }

    @Test
    void the_code_is_the_carriers_where_the_error_stands_for_its_answer() {
        scripts.hook("module.exports = (r, t, c, cb) => cb(Object.assign(new Error('Forbidden'), {status: 403}));");
        associate();
        assertThat(newestAttempt().path("code").asString()).isEqualTo("http_403");
    }

    @Test
    void long_words_are_cut_after_they_were_masked() {
        scripts.hook("""
                module.exports = (recipient, text, context, cb) =>
                    cb('\\u{1F4A9}'.repeat(248) + '.' + context.webtask.secrets.TOKEN + '\\u{1F4A9}'.repeat(5000));
                """, Map.of("TOKEN", "token-of-the-vendor"));
        associate();
        var message = newest("gd_send_sms_failure")
                .path("details")
                .path("provider_error")
                .path("message")
                .asString();
        assertThat(message).isEqualTo("\uD83D\uDCA9".repeat(248) + ".•••…");
    }

    @Test
    void an_action_that_throws_is_a_record_of_its_own() {
        var action = scripts.action(
                Trigger.SEND_PHONE_MESSAGE,
                "exports.onExecuteSendPhoneMessage = async (event) => { throw new Error('no ' + event.secrets.KEY); };",
                Map.of("KEY", "key-of-the-vendor"));
        var person = tenant.person();
        tenant.associate(tenant.mfaToken(person), "sms", number);
        var record = newest("actions_execution_failed");
        assertThat(record.path("user_id").asString()).isEqualTo(person.id().value());
        assertThat(record.path("client_id").asString()).isEqualTo("app");
        var details = record.path("details");
        assertThat(details.path("action").path("id").asString()).isEqualTo(action);
        assertThat(details.path("trigger_id").asString()).isEqualTo("send-phone-message");
        assertThat(details.path("error").path("errorCode").asString()).isEqualTo("failed");
        assertThat(details.path("error").path("message").asString()).isEqualTo("no ••• (line 1)");
        assertThat(details.path("execution_id").asString())
                .isEqualTo(scripts.lastRun(action).id().toString());
    }

    @Test
    void an_action_that_gives_up_on_purpose_and_a_hook_that_throws_are_none() {
        scripts.action(
                Trigger.CUSTOM_PHONE_PROVIDER,
                "exports.onExecuteCustomPhoneProvider = async (event, api) => api.notification.drop('blocked');",
                Map.of());
        associate();
        scripts.hook("module.exports = () => { throw new Error('no'); };");
        associate();
        assertThat(newest("gd_send_sms_failure").isMissingNode()).isFalse();
        assertThat(newest("actions_execution_failed").isMissingNode()).isTrue();
    }
}
