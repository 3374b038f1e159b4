package io.ringcode.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person is told, whatever the carrier does. */
class CarrierAnswersTest {
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final TestClock CLOCK = new TestClock();
    private static final Ringcode SERVER = Ringcode.on(TestDatabase.freshDatabase(), CARRIER, CLOCK, Map.of());

    private final TestTenant tenant = SERVER.tenant();
    private final String number = TestTenant.newNumber();
    private final String login = tenant.mfaToken(tenant.person());

    @AfterEach
    void as_usual_again() {
        CARRIER.usually(CARRIER::twilioAccepts);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        CARRIER.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "21211 | 400 invalid_request: The phone number is invalid.",
                "21614 | 400 invalid_request: The phone number is invalid.",
                "21610 | 400 invalid_request: The owner of this phone number has opted out of messages.",
                "20003 | 503 temporarily_unavailable: The carrier refused to send the message. Try another method.",
                "30007 | 503 temporarily_unavailable: The carrier refused to send the message. Try another method."
            })
    void a_refusal_is_told_as_what_the_person_can_do_about_it(int code, String told) {
        CARRIER.next(CarrierReply.twilioError(400, code));
        assertThat(associate().error()).isEqualTo(told);
        assertThat(associate().status()).as("asked again").isEqualTo(200);
    }

    static Stream<CarrierReply> trouble() {
        return Stream.of(
                new CarrierReply.Hang(),
                new CarrierReply.Reset(),
                new CarrierReply.Noise(),
                new CarrierReply.Drip(Duration.ofMillis(100)),
                CarrierReply.json(200, "<html>not what was promised</html>"),
                CarrierReply.twilioError(503, 20503),
                CarrierReply.tooManyRequests("1"));
    }

    @ParameterizedTest
    @MethodSource("trouble")
    void trouble_at_the_carrier_is_waited_for_briefly_and_the_message_follows(CarrierReply trouble) throws Exception {
        var before = CARRIER.count();
        CARRIER.next(trouble);
        var since = System.nanoTime();
        var answer = associate();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(4));
        Eventually.holds("a second attempt", () -> {
            CLOCK.advance(Duration.ofSeconds(1)); // by which retries and leases are counted
            return CARRIER.count() > before + 1;
        });
        assertThat(tenant.verify(tenant.mfaToken(tenant.person()), answer.text("oob_code"), tenant.code(number))
                        .status())
                .as("another login's")
                .isEqualTo(400);
    }

    @Test
    void a_retried_code_is_the_one_that_works() throws Exception {
        CARRIER.next(new CarrierReply.Reset());
        var before = CARRIER.count();
        var answer = associate();
        Eventually.holds("a second attempt", () -> {
            CLOCK.advance(Duration.ofSeconds(1));
            return CARRIER.count() > before + 1;
        });
        assertThat(tenant.verify(login, answer.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
    }

    private Answer associate() {
        return tenant.associate(login, "sms", number);
    }
}
