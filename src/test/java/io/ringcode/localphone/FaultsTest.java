package io.ringcode.localphone;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.delivery.builtin.LocalNetwork;
import io.ringcode.delivery.builtin.PhoneBehavior;
import io.ringcode.delivery.outbox.Sweeper;
import io.ringcode.management.Admin;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.server.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the server hears of a fault that was chosen for a phone. */
class FaultsTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);
    private final String number = TestTenant.newNumber();

    @Test
    void a_phone_that_is_switched_off_is_reported_as_undelivered_and_one_that_confirms_as_delivered() throws Exception {
        sent(PhoneBehavior.UNREACHABLE);
        ends("undelivered");
        // The list is in the order of time.
        Ringcode.shared().clock().advance(Duration.ofSeconds(1));
        sent(PhoneBehavior.CONFIRMS);
        ends("delivered");
    }

    @Test
    void a_number_that_the_carrier_refuses_is_told_to_the_application() {
        use(PhoneBehavior.REFUSED);
        var refused = tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("error_description")).isEqualTo("The phone number is invalid.");
    }

    private void sent(PhoneBehavior behavior) {
        use(behavior);
        assertThat(tenant.associate(tenant.mfaToken(tenant.person()), "sms", number)
                        .status())
                .isEqualTo(200);
    }

    private void use(PhoneBehavior behavior) {
        admin.put("/guardian/factors/phone/selected-provider", "{'provider':'auth0'}");
        Ringcode.shared().bean(LocalNetwork.class).choose(tenant.id(), new PhoneNumber(number), behavior);
    }

    /** The receipt comes before the answer to the request it is about is written down, so it waits for the sweep. */
    private void ends(String state) throws Exception {
        Eventually.holds(state, () -> {
            Ringcode.shared().bean(Sweeper.class).sweep();
            var newest = admin.get("/guardian/factors/phone/messages?take=1").body();
            return newest.path("messages").path(0).path("state").asString().equals(state);
        });
    }
}
