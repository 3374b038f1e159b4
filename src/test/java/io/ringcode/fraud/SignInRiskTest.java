package io.ringcode.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.fraud.SignInRisk.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the guard says of the address of a sign-in. */
class SignInRiskTest {
    private static final String ADDRESS = "203.0.113.7";

    private final Pumping pumping = Pumping.fresh();
    private final SignInRisk risk = pumping.server().bean(SignInRisk.class);

    private Level of(String address) {
        return risk.of(pumping.tenant().id(), address);
    }

    @Test
    void an_address_whose_codes_are_not_typed_is_of_high_risk_until_the_rule_is_switched_off() {
        assertThat(of(ADDRESS)).isEqualTo(Level.LOW);
        for (int i = 0; i < 30; i++) {
            pumping.enrol("+49151" + (23_000_000 + i * 1_737_373), ADDRESS);
            pumping.pass(Duration.ofSeconds(40));
        }
        pumping.pass(Duration.ofMinutes(20));
        assertThat(of(ADDRESS)).isEqualTo(Level.HIGH);
        assertThat(of("198.51.100.20")).isEqualTo(Level.LOW);
        pumping.rules(FraudRules.DEFAULT.with(FraudRule.ADDRESS, RuleMode.OFF));
        pumping.pass(Duration.ofSeconds(1));
        assertThat(of(ADDRESS)).isEqualTo(Level.LOW);
    }

    @Test
    void a_data_centre_is_of_medium_risk() {
        assertThat(of("2001:db8:a5::1")).isEqualTo(Level.MEDIUM);
        assertThat(risk.of(pumping.tenant().id(), null)).isEqualTo(Level.LOW);
    }
}
