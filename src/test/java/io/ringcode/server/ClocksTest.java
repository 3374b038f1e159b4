package io.ringcode.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.database.DatabaseClock;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Servers whose machines' clocks differ live by the database's. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(180)
class ClocksTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @Test
    void what_one_server_promised_another_keeps_though_its_clock_is_an_hour_ahead(CapturedOutput output)
            throws Exception {
        var database = TestDatabase.freshDatabase();
        try (var carrier = new FakeCarrier();
                var right = Ringcode.ahead(Duration.ZERO, database, carrier);
                var wrong = Ringcode.ahead(Duration.ofHours(1), database, carrier)) {
            assertThat(wrong.bean(Clock.class).instant())
                    .isCloseTo(right.bean(Clock.class).instant(), within(500, ChronoUnit.MILLIS));
            var tenant = TestTenant.prepare(right, TenantId.DEFAULT, "localhost");
            var number = TestTenant.newNumber();
            var person = tenant.person();
            var login = tenant.mfaToken(person);
            // Two sweeps of the other server's fall into the time in which this one has the message in hand.
            carrier.usually(
                    message -> new CarrierReply.After(Duration.ofMillis(2_500), carrier.twilioAccepts(message)));
            var started = tenant.associate(login, "sms", number);
            assertThat(started.status()).as("" + started.body()).isEqualTo(200);
            Eventually.holds(
                    "the carrier's answer",
                    () -> TestDatabase.count(database, "SELECT count(*) FROM message WHERE state = 'accepted'") == 1);
            assertThat(carrier.count()).as("messages to one phone").isEqualTo(1);
            var there = tenant.at(wrong);
            assertThat(there.verify(login, started.text("oob_code"), carrier.lastCode(number))
                            .status())
                    .isEqualTo(200);
            assertThat(output.getAll())
                    .containsPattern(
                            "This machine's clock is 3(600|599)\\.[0-9]+ s ahead of the database's, whose time is used");
            assertThat(there.text("/metrics").body()).containsPattern("\nringcode_clock_offset_seconds -3(600|599)\\.");
        }
    }

    @Test
    void a_second_is_worth_a_line_and_less_is_not(CapturedOutput output) {
        var clock = new DatabaseClock(Clock.fixed(NOON, ZoneOffset.UTC));
        clock.measured(NOON, NOON.plusMillis(900), NOON);
        assertThat(output.getAll()).doesNotContain("This machine's clock");
        clock.measured(NOON, NOON.plusMillis(1_100), NOON);
        clock.measured(NOON, NOON.plusMillis(1_200), NOON);
        assertThat(output.getAll()).containsOnlyOnce("This machine's clock is 1.1 s behind the database's");
        clock.measured(NOON, NOON, NOON);
        assertThat(output.getAll()).contains("agree again");
    }

    @Test
    void an_offset_within_the_error_of_its_measurement_is_none() {
        var clock = new DatabaseClock(Clock.fixed(NOON, ZoneOffset.UTC));
        clock.measured(NOON, NOON.plusMillis(90), NOON.plusMillis(150));
        assertThat(clock.offset()).isEqualTo(Duration.ZERO);
        clock.measured(NOON, NOON.plusSeconds(30), NOON.plusMillis(10));
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(29_995));
        clock.measured(NOON, NOON.plusMillis(30_010), NOON.plusMillis(10));
        assertThat(clock.instant()).as("no jump for a few milliseconds").isEqualTo(NOON.plusMillis(29_995));
        clock.measured(NOON, NOON, NOON.minusSeconds(5));
        assertThat(clock.instant()).as("set while it was asked").isEqualTo(NOON.plusMillis(29_995));
        clock.measured(NOON, NOON.plusMillis(4), NOON.plusMillis(4));
        assertThat(clock.offset()).isEqualTo(Duration.ZERO);
    }
}
