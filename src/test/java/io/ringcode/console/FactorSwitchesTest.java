package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Authenticator apps and recovery codes are turned on and off on the page of factors. */
class FactorSwitchesTest {
    private static final String AT = "/console/settings/factors";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    private boolean isOn(String factor) {
        return api.get("/guardian/factors")
                .body()
                .valueStream()
                .anyMatch(one -> one.path("name").asString().equals(factor)
                        && one.path("enabled").asBoolean());
    }

    @Test
    void a_factor_is_turned_off_after_a_second_look_that_counts_its_users_and_on_again() {
        tenant.enrolled(TestTenant.newNumber());
        assertThat(console.open("/console/settings/factor").html())
                .containsPattern("id=\"otp\"[^>]* checked")
                .containsPattern("id=\"recovery-code\"[^>]* checked");
        var asked = console.post(AT, "otp", "true");
        assertThat(asked.html())
                .contains("What will happen")
                .containsPattern("[1-9][0-9]* users? with a recovery code can no longer sign in with it")
                .doesNotContain("with an authenticator app");
        assertThat(isOn("recovery-code")).as("not yet").isTrue();
        assertThat(console.sure(AT, "otp", "true").html()).contains("Saved.");
        assertThat(isOn("recovery-code")).isFalse();
        assertThat(isOn("otp")).isTrue();
        assertThat(isOn("sms")).as("what the form does not have stays").isTrue();
        var back = console.post(AT, "otp", "true", "recovery-code", "true");
        assertThat(back.html()).contains("Saved.").containsPattern("id=\"recovery-code\"[^>]* checked");
        assertThat(isOn("recovery-code")).isTrue();
    }

    @Test
    void who_may_not_change_factors_is_refused() {
        var reader = Console.of(tenant, Set.of("read:guardian_factors"));
        assertThat(reader.sure(AT, "otp", "true").html())
                .contains("Insufficient scope, expected any of: update:guardian_factors");
        assertThat(isOn("recovery-code")).isTrue();
    }
}
