package io.ringcode.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A route over the tenant's own script and another carrier: whichever comes first and fails, the other one sends. */
class HookRoutesTest {
    private final Ringcode server = Ringcode.shared();
    private final TestTenant tenant = server.tenant();
    private final Scripts scripts = Scripts.of(tenant);
    private final String number = TestTenant.newNumber();

    private void route(String first, String second) {
        var route = "{'routes':[{'channel':'sms','providers':['%s','%s']}]}".formatted(first, second);
        assertThat(Admin.of(tenant).put("/guardian/factors/phone/routes", route).status())
                .isEqualTo(200);
    }

    /** Who was asked, and what came of it. */
    private List<String> attempts() {
        return server.bean(JdbcClient.class)
                .sql(
                        "SELECT concat_ws(' ', provider, result, code) FROM attempt WHERE tenant_id = :tenant ORDER BY number")
                .param("tenant", tenant.id().value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    /** Also where the first one takes longer than an application waits. */
    private void enrols() throws Exception {
        var login = tenant.mfaToken(tenant.person());
        var started = tenant.associate(login, "sms", number);
        assertThat(started.status()).isEqualTo(200);
        Eventually.holds("sent by the second", () -> attempts().size() == 2);
        assertThat(tenant.verify(login, started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            throw new Error('broken') | refused failed
            cb('no credit') | refused failed
            cb(Object.assign(new Error('busy'), {status: 503})) | unavailable http_503
            cb(Object.assign(new Error('gone'), {code: 'ECONNRESET'})) | unavailable ECONNRESET
            for (const all = []; ;) all.push(new Array(100000).fill('x')) | unknown died
            """)
    void a_hook_that_fails_hands_on_to_the_carrier_behind_it(String hook, String outcome) throws Exception {
        route("phone-message-hook", "twilio");
        scripts.hook("module.exports = (recipient, text, context, cb) => { " + hook + "; };");
        enrols();
        assertThat(attempts()).containsExactly("phone-message-hook " + outcome, "twilio accepted");
    }

    @Test
    void a_hook_that_hangs_hands_on_when_its_time_is_over() throws Exception {
        route("phone-message-hook", "twilio");
        scripts.hook("module.exports = () => {};");
        enrols();
        assertThat(attempts()).containsExactly("phone-message-hook unknown timeout", "twilio accepted");
    }

    @Test
    void a_hook_that_cannot_be_started_hands_on() throws Exception {
        route("phone-message-hook", "twilio");
        scripts.inTransaction(() -> {
            // As another server saved it, whose packages this one cannot get.
            var draft = new Draft("module.exports = () => {};", Map.of("gone", "1.0.0"), "{}");
            return scripts.hooks().create(tenant.id(), "not here", Trigger.SEND_PHONE_MESSAGE, true, draft);
        });
        enrols();
        assertThat(attempts()).containsExactly("phone-message-hook unavailable not_run", "twilio accepted");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429, 503})
    void a_carrier_that_fails_hands_on_to_the_hook_behind_it(int status) throws Exception {
        route("twilio", "phone-message-hook");
        scripts.posting("", Map.of());
        server.carrier().next(CarrierReply.twilioError(status, 20000));
        enrols();
        assertThat(attempts()).hasSize(2).last().isEqualTo("phone-message-hook accepted");
    }

    @Test
    void a_carrier_that_breaks_off_hands_on_to_the_hook_behind_it() throws Exception {
        route("twilio", "phone-message-hook");
        scripts.posting("", Map.of());
        server.carrier().next(new CarrierReply.Reset());
        enrols();
        assertThat(attempts()).containsExactly("twilio unknown io", "phone-message-hook accepted");
    }

    @Test
    void what_a_carrier_says_of_the_number_is_not_asked_of_the_hook() {
        route("twilio", "phone-message-hook");
        scripts.posting("", Map.of());
        server.carrier().next(CarrierReply.twilioError(400, 21211));
        var refused = tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(refused.error()).isEqualTo("400 invalid_request: The phone number is invalid.");
        assertThat(attempts()).containsExactly("twilio refused 21211");
    }
}
