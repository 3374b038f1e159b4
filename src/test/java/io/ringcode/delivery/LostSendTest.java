package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.ServerProcess;
import io.ringcode.TestTenant;
import io.ringcode.authorization.GrantType;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.server.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed between its commit and the carrier's answer owes the message, and the next one sends it. */
class LostSendTest {
    private static final String[] SETTINGS = {
        "ringcode.delivery.connect-timeout=1s",
        "ringcode.delivery.carrier-timeout=4s",
        "ringcode.delivery.permit-wait=500ms",
        "ringcode.delivery.sweep-interval=200ms"
    };

    private final FakeCarrier carrier = new FakeCarrier();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    @TempDir
    Path temp;

    @Test
    @Timeout(120)
    void what_a_killed_server_had_in_hand_arrives_once_its_lease_has_ended() throws Exception {
        var folder = ServerProcess.folder(temp);
        var tenant = Ringcode.inFolder(folder, carrier);
        var ann = tenant.mfaToken(tenant.person());
        var bob = tenant.mfaToken(tenant.person());
        tenant.server().close();

        carrier.usually(new CarrierReply.Hang());
        var toAnn = TestTenant.newNumber();
        var toBob = TestTenant.newNumber();
        var first = ServerProcess.start(folder, carrier, SETTINGS);
        var promised = associate(first, ann, toAnn);
        assertThat(promised.status()).isEqualTo(200);
        var cutOff = Thread.ofVirtual().start(() -> {
            try {
                associate(first, bob, toBob);
            } catch (IOException killed) {
                // Bob is never answered; the message was committed all the same.
            }
        });
        Eventually.holds("both messages at the carrier", () -> carrier.count() == 2);
        first.kill();
        cutOff.join();

        carrier.usually(request -> {
            accepted.add(request.field("To"));
            return carrier.twilioAccepts(request);
        });
        var second = ServerProcess.start(folder, carrier, SETTINGS);
        try {
            Eventually.holds("both messages accepted", () -> accepted.containsAll(List.of(toAnn, toBob)));
            var tokens = second.post(
                    "/oauth/token",
                    null,
                    Map.of(
                            "grant_type",
                            GrantType.MFA_OOB.wire(),
                            "client_id",
                            tenant.clientId(),
                            "client_secret",
                            tenant.clientSecret(),
                            "mfa_token",
                            ann,
                            "oob_code",
                            promised.text("oob_code"),
                            "binding_code",
                            carrier.lastCode(toAnn)));
            assertThat(tokens.status()).isEqualTo(200);
        } finally {
            second.stop();
            carrier.close();
        }
    }

    private static Answer associate(ServerProcess server, String login, String number) throws IOException {
        return server.post(
                "/mfa/associate",
                login,
                Map.of("authenticator_types", List.of("oob"), "oob_channels", List.of("sms"), "phone_number", number));
    }
}
