package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.action.Draft;
import io.ringcode.action.Hooks;
import io.ringcode.action.Trigger;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.tenant.Tenants;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A machine without Node.js: everything else works, and hooks say what to install. */
class NoNodeTest {
    private static final String INSTALL = "Hooks need Node.js 20 or newer, and none was found on this server:"
            + " install nodejs and npm, or let RINGCODE_NODE name the program.";
    private static final String CODE = "module.exports = (recipient, text, context, cb) => cb(null);";

    @Test
    void saving_and_running_say_what_to_install_and_other_providers_send() {
        var carrier = new FakeCarrier();
        // A program, and not Node.js.
        var without = Map.of("RINGCODE_NODE", "/bin/true");
        try (carrier;
                var server = Ringcode.on(TestDatabase.freshDatabase(), carrier, new TestClock(), without)) {
            var tenant = server.tenant();
            var admin = ScriptCalls.of(
                    tenant, "create:hooks", "update:hooks", "read:hooks", "create:actions", "update:guardian_factors");
            var save = admin.call(
                    "POST", "/hooks", "{'name':'hook','script':'%s','triggerId':'send-phone-message'}".formatted(CODE));
            assertThat(save.status()).isEqualTo(403);
            assertThat(save.text("errorCode")).isEqualTo("operation_not_supported");
            assertThat(save.text("message")).isEqualTo(INSTALL);
            var action = "{'name':'a','supported_triggers':[{'id':'send-phone-message'}]}";
            assertThat(admin.call("POST", "/actions/actions", action).text("message"))
                    .isEqualTo(INSTALL);

            // As another server of the installation, which has Node.js, may have saved it.
            var hook = savedElsewhere(tenant);
            assertThat(admin.get("/hooks/" + hook).status()).isEqualTo(200);
            assertThat(admin.call("POST", "/hooks/" + hook + "/try", "{'recipient':'+1'}")
                            .text("message"))
                    .isEqualTo(INSTALL);
            select(tenant, "phone-message-hook");
            var refused = tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
            assertThat(refused.status()).isEqualTo(503);
            assertThat(server.bean(JdbcClient.class)
                            .sql("SELECT code FROM attempt")
                            .query(String.class)
                            .single())
                    .isEqualTo("no_node");
            var route = "{'routes':[{'channel':'sms','providers':['phone-message-hook','twilio']}]}";
            assertThat(admin.call("PUT", "/guardian/factors/phone/routes", route)
                            .status())
                    .isEqualTo(200);
            assertThat(tenant.enrolled(TestTenant.newNumber()))
                    .as("by the carrier behind the hook")
                    .isNotNull();
            select(tenant, "twilio");
            admin.call("PUT", "/guardian/factors/phone/routes", "{'routes':[]}");
            assertThat(tenant.enrolled(TestTenant.newNumber())).isNotNull();
        }
    }

    private static String savedElsewhere(TestTenant tenant) {
        var server = tenant.server();
        return new TransactionTemplate(server.bean(PlatformTransactionManager.class)).execute(_ -> {
            try {
                var draft = new Draft(CODE, Map.of(), null);
                return server.bean(Hooks.class)
                        .create(tenant.id(), "hook", Trigger.SEND_PHONE_MESSAGE, true, draft)
                        .script()
                        .id();
            } catch (io.ringcode.action.ScriptRefused no) {
                throw new IllegalStateException(no);
            }
        });
    }

    private static void select(TestTenant tenant, String provider) {
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        SelectedProvider.SETTING,
                        new SelectedProvider(provider),
                        tenant.server().clock().instant());
    }
}
