package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.fraud.NumberCheckGuard;
import io.ringcode.login.Browser;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Actions that are asked before a phone number is trusted. */
class NumberActionsTest {
    private static final String SENTENCE = "This phone number can’t be used";
    private static final String OTHER_SENTENCE = "isn’t enough to verify your identity";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Scripts scripts = new Scripts(tenant);
    private final PostLogins logins = new PostLogins(tenant, WebApp.of(tenant));
    private final Admin admin = Admin.of(tenant);
    private final Browser browser = new Browser(tenant);
    private final String number = TestTenant.newNumber();

    private String binding(String statement) {
        return saying(Trigger.PRE_BIND_NUMBER, statement);
    }

    private String sending(String statement) {
        return saying(Trigger.PRE_SEND, statement);
    }

    private String saying(Trigger trigger, String statement) {
        var code = "exports.%s = async (event, api) => { %s };".formatted(trigger.entry(), statement);
        return scripts.action(trigger, code, Map.of());
    }

    private Browser.Place typeNumber() {
        var page = logins.password(browser, tenant.person());
        page = browser.send(page, "action", "phone");
        assertThat(page.screen()).isEqualTo("mfa-phone-enrollment");
        return browser.send(page, "phone", number, "type", "sms");
    }

    /** How many messages have gone to the number. */
    private long sent() {
        return tenant.server().carrier().requests().stream()
                .filter(request -> request.field("To").equals(number))
                .count();
    }

    @Test
    void an_action_sees_the_number_and_who_asks_from_where() {
        var id = binding("""
                console.log(JSON.stringify({n: event.number, c: event.client.client_id, u: event.user.email,
                    f: event.user.enrolledFactors, g: event.request.geoip.countryCode, t: typeof event.transaction.id}));
                """);
        var person = tenant.enrolled(number);
        var told = scripts.logs(id).getFirst();
        assertThat(told)
                .contains("\"country_code\":\"US\"", "\"message_type\":\"sms\"", "\"kind\":\"ordinary\"")
                .contains("\"c\":\"app\"", person.email(), "\"f\":[]", "\"g\":\"NZ\"", "\"t\":\"string\"")
                .doesNotContain(number.substring(5));
    }

    @Test
    void a_number_that_is_refused_is_not_bound_at_the_api_and_the_log_says_why() {
        binding("api.number.deny('Ported on Tuesday, ' + event.number.phone_number);");
        var started = tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(started.error())
                .startsWith("403 access_denied: Ported on Tuesday, ")
                .doesNotContain(number);
        assertThat(sent()).isZero();
        var line = admin.get("/logs?q=type:number_refused").body().path(0);
        assertThat(line.path("description").asString()).startsWith("An action does not trust the phone number: Ported");
        assertThat(line.at("/details/trigger_id").asString()).isEqualTo("pre-bind-number");
        assertThat(line.at("/details/result").asString()).isEqualTo("refused");
        assertThat(line.toString()).contains("XXXXXXXX").doesNotContain(number);
        assertThat(tenant.text("/metrics").body())
                .contains("ringcode_numbers_refused_total{result=\"refused\",trigger=\"pre-bind-number\"}");
    }

    @Test
    void on_the_pages_a_sentence_stands_beside_the_number_and_another_way_is_offered() {
        binding("api.number.deny('A landline');");
        var page = typeNumber();
        assertThat(page.screen()).isEqualTo("mfa-phone-enrollment");
        assertThat(page.html()).contains(SENTENCE, "pick-authenticator").doesNotContain("A landline");
        assertThat(sent()).isZero();
    }

    @Test
    void who_is_asked_for_another_factor_chooses_among_the_others() {
        binding("api.number.requireOtherFactor('Swapped');");
        var page = typeNumber();
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        assertThat(page.html()).contains(OTHER_SENTENCE);
        page = browser.send(page, "action", "otp");
        assertThat(page.screen()).isEqualTo("mfa-otp-enrollment-qr");
    }

    @Test
    void a_ticket_is_no_way_round() {
        binding("api.number.deny('A landline');");
        var person = tenant.person();
        var body = Map.of("user_id", person.id().value(), "send_mail", false);
        var ticket = admin.post("/guardian/enrollments/ticket", body).text("ticket_url");
        var page = browser.open("/" + ticket.substring(tenant.issuer().length()));
        page = browser.send(page, "action", "phone");
        page = browser.send(page, "phone", number, "type", "sms");
        assertThat(page.html()).contains(SENTENCE);
        assertThat(sent()).isZero();
    }

    @Test
    void a_code_that_was_sent_before_anybody_was_asked_binds_no_number() {
        var login = tenant.mfaToken(tenant.person());
        var started = tenant.associate(login, "sms", number);
        binding("");
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .error())
                .startsWith("403 access_denied: This phone number cannot be used.");
        started = tenant.associate(login, "sms", number);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_refusal_takes_back_the_trust_that_a_code_on_its_way_had() {
        binding("");
        var page = typeNumber();
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        binding("api.number.deny('Swapped meanwhile');");
        var again = browser.send(page, "action", "resend-code");
        assertThat(again.html()).contains(SENTENCE);
        var refused = browser.send(page, "code", tenant.code(number));
        assertThat(refused.html()).contains(SENTENCE);
        assertThat(refused.screen()).isEqualTo("mfa-sms-challenge");
    }

    @Test
    void before_a_code_goes_to_a_bound_number_another_action_is_asked() {
        var person = tenant.enrolled(number);
        sending("api.number.requireOtherFactor('Swapped');");
        var before = sent();
        assertThat(tenant.challenge(tenant.mfaToken(person)).error()).isEqualTo("403 access_denied: Swapped");
        var page = logins.password(browser, person);
        page = page.screen().equals("mfa-phone-challenge") ? browser.send(page, "type", "sms") : page;
        assertThat(page.screen()).as("the recovery code is left").isEqualTo("mfa-login-options");
        assertThat(page.html()).contains(OTHER_SENTENCE, "recovery-code");
        assertThat(sent()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        SignInPolicy.DENY + ", 403 access_denied: The phone number could not be checked.",
        SignInPolicy.ASK + ", 403 access_denied: The phone number could not be checked.",
        SignInPolicy.IGNORE + ","
    })
    void what_a_failed_action_comes_to_is_set_as_for_sign_ins(String setting, String error) {
        logins.policy(new SignInPolicy(List.of(), setting));
        binding("throw new Error('the vendor is away');");
        var started = tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        if (error == null) assertThat(started.status()).isEqualTo(200);
        else assertThat(started.error()).isEqualTo(error);
        assertThat(admin.get("/logs?q=type:actions_execution_failed")
                        .body()
                        .path(0)
                        .at("/details/trigger_id")
                        .asString())
                .isEqualTo("pre-bind-number");
    }

    @Test
    void several_are_asked_until_one_refuses_and_a_refusal_holds_when_its_action_fails_after_it() {
        binding("api.number.deny('First').requireOtherFactor('Second'); throw new Error('late');");
        var started = tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(started.error()).isEqualTo("403 access_denied: First");
    }

    @Test
    void nobody_makes_it_ask_a_vendor_without_end() {
        binding("api.number.deny('No');");
        var login = tenant.mfaToken(tenant.person());
        for (int i = 0; i < NumberCheckGuard.LIMIT.size(); i++)
            assertThat(tenant.associate(login, "sms", number).status()).isEqualTo(403);
        assertThat(tenant.associate(login, "sms", number).status()).isEqualTo(429);
    }

    @Test
    void they_are_bound_by_the_triggers_api() {
        var triggers = admin.get("/actions/triggers").body().toString();
        assertThat(triggers).contains("\"pre-bind-number\"", "\"pre-send\"");
        var code = "exports.onExecutePreSend = async (event, api) => {};";
        var wanted = Map.of("id", "pre-send", "version", "v1");
        var made = admin.post(
                "/actions/actions", Map.of("name", "ask", "supported_triggers", List.of(wanted), "code", code));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        admin.post("/actions/actions/" + made.text("id") + "/deploy", Map.of());
        var ref = Map.of("type", "action_name", "value", "ask");
        var bound = admin.patch("/actions/triggers/pre-send/bindings", Map.of("bindings", List.of(Map.of("ref", ref))));
        assertThat(bound.status()).as(bound.body().toString()).isEqualTo(200);
    }
}
