package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.action.Execution.Result;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.client.ClientId;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.NewMessage;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.PhoneProvider;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.outbox.Sweeper;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.TimedId;
import io.ringcode.server.Eventually;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** A tenant's own script sends the codes: from the MFA API through Node.js to a carrier, and back. */
class HookSendingTest {
    private final Ringcode server = Ringcode.shared();
    private final TestTenant tenant = server.tenant();
    private final Scripts scripts = Scripts.of(tenant);
    private final String number = TestTenant.newNumber();

    @Test
    void a_person_signs_in_with_a_code_that_a_hook_sent() {
        var hook = scripts.posting("", Map.of());
        var person = tenant.enrolled(number);
        var login = tenant.mfaToken(person);
        var challenge = tenant.challenge(login);
        assertThat(tenant.verify(login, challenge.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        assertThat(scripts.lastRun(hook.script().id()).result()).isEqualTo(Result.SENT);
        assertThat(scripts.message()).isEqualTo("accepted: ");
    }

    @Test
    void a_hook_is_told_what_the_contract_says_nested_and_flat() {
        scripts.posting("Context: JSON.stringify(context)", Map.of("API_KEY", "s3cret-value"));
        var person = tenant.person();
        tenant.associate(tenant.mfaToken(person), "sms", number);
        var request = server.carrier().requests().stream()
                .filter(each -> each.field("To").equals(number))
                .toList()
                .getLast();
        var context = JsonMapper.shared().readTree(request.field("Context"));
        assertThat(request.field("Body")).contains(context.path("code").asString());
        assertThat(context.path("message_type").asString()).isEqualTo("sms");
        assertThat(context.path("action").asString()).isEqualTo("enrollment");
        assertThat(context.path("factor_type").asString()).isEqualTo("second");
        assertThat(context.path("language").asString()).isEqualTo("en");
        assertThat(context.path("ip").asString())
                .isNotEmpty()
                .isEqualTo(context.at("/request/ip").asString());
        assertThat(context.path("user_agent").asString()).contains("Java-http-client");
        assertThat(context.at("/client/client_id").asString()).isEqualTo("app");
        assertThat(context.path("client_id").asString()).isEqualTo("app");
        assertThat(context.at("/client/client_metadata").isObject()).isTrue();
        assertThat(context.at("/user/user_id").asString()).isEqualTo(person.id().value());
        assertThat(context.at("/user/email").asString()).isEqualTo(person.email());
        assertThat(context.at("/user/app_metadata").isObject()).isTrue();
        assertThat(context.at("/webtask/secrets").toString()).isEqualTo("{\"API_KEY\":\"s3cret-value\"}");
    }

    @Test
    void a_call_is_text_with_commas_for_pauses() {
        scripts.posting("Type: context.message_type", Map.of());
        tenant.associate(tenant.mfaToken(tenant.person()), "voice", number);
        var request = server.carrier().requests().getLast();
        assertThat(request.field("Type")).isEqualTo("voice");
        assertThat(request.field("Body"))
                .containsPattern("\\d\\.\\d\\.\\d\\.\\d\\.\\d\\.\\d")
                .doesNotContain("\uE000");
    }

    @Test
    void what_a_hook_complains_of_is_refused_once_and_logged_without_code_number_or_secret() {
        var hook = scripts.hook("""
                module.exports = (recipient, text, context, cb) => {
                    console.log('to', recipient, text, context.webtask.secrets.TOKEN);
                    console.error('Authorization: Basic ' + Buffer.from('x:' + context.webtask.secrets.TOKEN).toString('base64'));
                    cb(new Error(`no credit for ${recipient}, code ${context.code}, ${context.webtask.secrets.TOKEN}`));
                };
                """, Map.of("TOKEN", "token-of-the-vendor"));
        var refused = tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("error_description")).startsWith("The carrier refused to send the message.");
        assertThat(scripts.message()).isEqualTo("failed: no credit for •••, code •••, ••• (line 4)");
        var run = scripts.lastRun(hook.script().id());
        assertThat(run.result()).isEqualTo(Result.FAILED);
        assertThat(run.log().getFirst()).startsWith("to ••• ").endsWith("•••").doesNotContain(number, "token");
        assertThat(run.log().getLast()).isEqualTo("Authorization: Basic •••");
    }

    @Test
    void a_carrier_that_is_busy_behind_a_hook_is_tried_again() throws Exception {
        scripts.posting("", Map.of());
        server.carrier().next(CarrierReply.json(503, "{}"));
        var person = tenant.person();
        var login = tenant.mfaToken(person);
        assertThat(tenant.associate(login, "sms", number).status()).isEqualTo(200);
        assertThat(scripts.message()).isEqualTo("queued: Request failed with status code 503 (line 3)");
        server.clock().advance(Duration.ofSeconds(2));
        Eventually.holds("sent by the sweep", () -> {
            server.bean(Sweeper.class).sweep();
            return scripts.message().equals("accepted: ");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404})
    void a_carrier_that_refuses_behind_a_hook_is_not_asked_again(int status) {
        scripts.posting("", Map.of());
        server.carrier().next(CarrierReply.json(status, "{}"));
        var refused = tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(scripts.message()).startsWith("failed: Request failed with status code " + status);
    }

    @Test
    void without_an_enabled_hook_the_provider_is_not_set_up() {
        var refused = tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(refused.error())
                .isEqualTo("503 temporarily_unavailable: The provider phone-message-hook is not set up for sms.");
    }

    @Test
    void a_bound_action_goes_before_the_hook_and_gets_its_event() {
        scripts.hook("module.exports = (r, t, c, cb) => cb('the hook ran');");
        var action = scripts.action(
                Trigger.SEND_PHONE_MESSAGE, """
                exports.onExecuteSendPhoneMessage = async (event, api) => {
                    api.cache.set('seen', String(Number((api.cache.get('seen') || {value: 0}).value) + 1));
                    console.log(JSON.stringify(Object.keys(event.message_options)), event.message_options.action,
                        event.request.method, event.request.hostname, event.tenant.id, Object.keys(event.secrets).join());
                    await require('axios').post('%s/action', new URLSearchParams({
                        To: event.message_options.recipient, Body: event.message_options.text}).toString());
                };
                """.formatted(server.carrier().baseUrl()), Map.of("KEY", "value"));
        var person = tenant.enrolled(number);
        assertThat(person).isNotNull();
        assertThat(scripts.lastRun(action).log())
                .containsExactly("[\"action\",\"message_type\",\"recipient\",\"text\",\"code\"] enrollment POST "
                        + tenant.host() + " " + tenant.id().value() + " KEY");
    }

    @Test
    void a_custom_phone_provider_decides_by_its_api() {
        var action = scripts.action(Trigger.CUSTOM_PHONE_PROVIDER, """
                exports.onExecuteCustomPhoneProvider = async (event, api) => {
                    const n = event.notification;
                    console.log(n.message_type, n.delivery_method, n.locale, n.as_text === n.as_voice);
                    api.notification.retry('not this');
                    api.notification.drop('the number is blocked');
                };
                """, Map.of());
        // The first one waits for Node to start, on a slow machine longer than its caller does.
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        assertThat(scripts.lastRun(action).log()).isEqualTo(List.of("otp_enroll text en true"));
        var refused = tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(scripts.lastRun(action).result()).isEqualTo(Result.DROPPED);
        assertThat(scripts.message()).isEqualTo("failed: the number is blocked");
    }

    @Test
    void the_consolidated_experience_puts_the_custom_provider_first() {
        var hook = scripts.hook("module.exports = (r, t, c, cb) => cb('the hook ran');");
        var action = scripts.action(
                Trigger.CUSTOM_PHONE_PROVIDER,
                "exports.onExecuteCustomPhoneProvider = async (event, api) => { api.notification.retry('later'); };",
                Map.of());
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(scripts.lastRun(hook.script().id()).result()).isEqualTo(Result.FAILED);
        server.bean(Tenants.class)
                .set(
                        tenant.id(),
                        TenantProfile.SETTING,
                        Map.of("phone_consolidated_experience", true),
                        server.clock().instant());
        assertThat(tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber())
                        .status())
                .as("tried again later")
                .isEqualTo(200);
        assertThat(scripts.lastRun(action).result()).isEqualTo(Result.RETRY);
    }

    @Test
    void a_message_is_called_again_five_times_at_most_when_the_action_asks_for_it() throws Exception {
        scripts.action(
                Trigger.CUSTOM_PHONE_PROVIDER,
                "exports.onExecuteCustomPhoneProvider = async (event, api) => { api.notification.retry('not yet'); };",
                Map.of());
        var provider = provider();
        var message = message();
        for (int i = 0; i < 5; i++)
            assertThat(provider.send(message)).isEqualTo(new Unavailable("retry", null, "not yet"));
        assertThat(provider.send(message)).isEqualTo(new Refused("retry", FailureCause.VENDOR, "not yet"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"half \\uD83D a pair", "none \\u0000 at all", "\\uFFFF", "a\\nb"})
    void whatever_a_hook_says_can_be_written_down(String text) throws Exception {
        var hook =
                scripts.hook("module.exports = (r, t, c, cb) => { console.log('" + text + "'); cb('" + text + "'); };");
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(scripts.lastRun(hook.script().id()).result()).isEqualTo(Result.FAILED);
        assertThat(scripts.message()).startsWith("failed: ");
    }

    @Test
    void nobody_else_sends_a_message_as_long_as_a_hook_may_take() {
        scripts.hook("module.exports = (r, t, c, cb) => cb(null);");
        var message = message();
        scripts.inTransaction(() -> server.bean(Deliveries.class)
                .queue(new NewMessage(
                        tenant.id(),
                        message.user(),
                        message.client(),
                        "phone|dev_1",
                        message.to(),
                        message.channel(),
                        message.text(),
                        message.language(),
                        message.expiresAt())));
        var held = server.bean(JdbcClient.class)
                .sql("SELECT extract(epoch FROM next_attempt_at - created_at) FROM message WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
        assertThat(held).isGreaterThan((int) ScriptRuns.LIMIT.toSeconds() + 15);
    }

    private PhoneProvider provider() {
        return server.beans(PhoneProvider.class).stream()
                .filter(each -> each.name().equals("phone-message-hook"))
                .findFirst()
                .orElseThrow();
    }

    private PhoneMessage message() {
        var now = server.clock().instant();
        return new PhoneMessage(
                tenant.id(),
                TimedId.at(now),
                tenant.person().id(),
                new ClientId("app"),
                new PhoneNumber(number),
                Channel.SMS,
                "Your code is 123456",
                Locale.ENGLISH,
                now.plusSeconds(300));
    }

    @Test
    void two_tenants_with_the_same_script_see_nothing_of_each_other() {
        var code =
                "module.exports = (r, t, c, cb) => { globalThis.n = (globalThis.n || 0) + 1; console.log(n); cb(null); };";
        var mine = scripts.hook(code);
        var other = Scripts.of(server.tenant());
        var theirs = other.hook(code);
        for (var each : List.of(scripts, scripts, other))
            each.tenant().associate(each.tenant().mfaToken(each.tenant().person()), "sms", TestTenant.newNumber());
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(scripts.logs(mine.script().id())).containsExactlyInAnyOrder("1", "2");
            assertThat(other.logs(theirs.script().id())).containsExactly("1");
        });
    }
}
