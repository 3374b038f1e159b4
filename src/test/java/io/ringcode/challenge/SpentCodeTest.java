package io.ringcode.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A carrier that delivers and then does not answer: whoever has used the code is not sent it again. */
class SpentCodeTest {
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final TestClock CLOCK = new TestClock();
    private static final Ringcode SERVER = Ringcode.on(TestDatabase.freshDatabase(), CARRIER, CLOCK);

    private final TestTenant tenant = SERVER.tenant();
    private final String number = TestTenant.newNumber();

    @AfterAll
    static void stop() {
        SERVER.close();
        CARRIER.close();
    }

    @BeforeEach
    void works() {
        CARRIER.usually(CARRIER::twilioAccepts);
    }

    private long asked() {
        return CARRIER.requests().stream()
                .filter(one -> one.field("To").equals(number))
                .count();
    }

    private List<String> states() {
        return SERVER.bean(JdbcClient.class)
                .sql("SELECT state FROM message WHERE tenant_id = :tenant ORDER BY id")
                .param("tenant", tenant.id().value())
                .query((row, _) -> row.getString("state"))
                .list();
    }

    /** One of the messages is in that state in the end. */
    private void becomes(String state) {
        await().atMost(Duration.ofMinutes(1)).until(() -> states().contains(state));
    }

    @Test
    void a_code_that_was_typed_is_not_sent_again() {
        var login = tenant.mfaToken(tenant.enrolled(number));
        CARRIER.usually(new CarrierReply.Reset());
        var oob = tenant.challenge(login).text("oob_code");
        assertThat(tenant.verify(login, oob, tenant.code(number)).status()).isEqualTo(200);
        var before = asked();

        CLOCK.advance(Duration.ofSeconds(90));
        becomes("not_needed");
        assertThat(asked()).isEqualTo(before);
    }

    @Test
    void a_code_that_a_newer_one_replaced_is_not_sent_again() {
        SERVER.bean(Tenants.class).set(tenant.id(), ResendSettings.NAME, new ResendSettings(true), CLOCK.instant());
        var login = tenant.mfaToken(tenant.enrolled(number));
        CARRIER.usually(new CarrierReply.Reset());
        tenant.challenge(login);
        var old = tenant.code(number);
        CLOCK.advance(Duration.ofSeconds(31)); // the pause between two messages to one phone
        await().until(() -> asked() >= 3);
        CARRIER.usually(CARRIER::twilioAccepts);
        assertThat(tenant.challenge(login).status()).isEqualTo(200);
        assertThat(tenant.code(number)).isNotEqualTo(old);
        var before = asked();

        CLOCK.advance(Duration.ofSeconds(90));
        await().atMost(Duration.ofMinutes(1)).until(() -> states().contains("not_needed"));
        assertThat(asked()).isEqualTo(before);
        assertThat(states()).containsOnlyOnce("not_needed").containsOnly("accepted", "not_needed");
    }

    @Test
    void a_code_that_can_no_longer_be_guessed_at_is_not_sent_again() {
        var login = tenant.mfaToken(tenant.enrolled(number));
        CARRIER.usually(new CarrierReply.Reset());
        var oob = tenant.challenge(login).text("oob_code");
        for (int guess = 0; guess < Challenges.TRIES; guess++) tenant.verify(login, oob, tenant.wrongCode(number));
        var before = asked();

        CLOCK.advance(Duration.ofSeconds(90));
        becomes("not_needed");
        assertThat(asked()).isEqualTo(before);
    }
}
