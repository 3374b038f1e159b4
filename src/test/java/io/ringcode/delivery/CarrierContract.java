package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestDatabase;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.SendResult.Accepted;
import io.ringcode.delivery.SendResult.Refused;
import io.ringcode.delivery.SendResult.Unavailable;
import io.ringcode.phone.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every carrier's adapter must do, whatever its API looks like. One subclass per carrier. */
@Timeout(30) // whatever has no end of its own fails here instead of hanging
public abstract class CarrierContract {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    protected final TestClock clock = new TestClock();
    protected final FakeCarrier carrier = new FakeCarrier();
    protected final DeliveryNode node = new DeliveryNode(
            TestDatabase.freshDatabase(),
            carrier.baseUrl(),
            clock,
            Map.of("ringcode.delivery.carrier-timeout", "500ms", "ringcode.delivery.connect-timeout", "500ms"));

    /** The provider's name. */
    protected abstract String name();

    /** Sets an account with which both channels can be used, as far as the carrier has them. */
    protected abstract void configure();

    /** An acceptance, and the id in it. */
    protected abstract CarrierReply accepts(String vendorId);

    /** A 2xx that lacks the id. */
    protected abstract CarrierReply acceptsWithoutId();

    /** A permanent refusal, and what is to be made of it. */
    protected abstract Map<CarrierReply, Refused> refusals();

    @BeforeEach
    void select() {
        configure();
        node.select(name());
    }

    @AfterEach
    void close() {
        node.close();
        carrier.close();
    }

    protected SendResult ask(Channel channel) {
        var wish = node.message(channel, channel == Channel.SMS ? "Your code is 123456" : "Code \uE000 1.2.3.4.5.6");
        return ask(wish);
    }

    protected SendResult ask(NewMessage wish) {
        var message = new PhoneMessage(
                wish.tenant(),
                UUID.randomUUID(),
                wish.user(),
                wish.client(),
                wish.to(),
                wish.channel(),
                wish.text(),
                wish.language(),
                wish.expiresAt());
        return node.bean(Dispatcher.class).ask(new Parcel(message, name(), "US", 1, wish.expiresAt()));
    }

    @ParameterizedTest
    @EnumSource
    void an_acceptance_brings_the_vendors_id(Channel channel) {
        carrier.next(accepts("id-1"));
        assertThat(ask(channel)).isEqualTo(new Accepted("id-1"));
        assertThat(carrier.lastCode(DeliveryNode.PHONE.e164())).isEqualTo("123456");
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_is_final_and_says_whose_fault_it_is(Channel channel) {
        refusals().forEach((reply, refused) -> {
            carrier.next(reply);
            assertThat(ask(channel)).isEqualTo(refused);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void trouble_of_theirs_passes(int status) {
        carrier.next(CarrierReply.json(status, "{}"));
        assertThat(ask(Channel.SMS)).isEqualTo(new Unavailable("http_" + status, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "Tue, 01 Jan 2030 00:00:07 GMT"})
    void the_time_they_ask_for_is_heard(String retryAfter) {
        carrier.next(CarrierReply.tooManyRequests(retryAfter));
        assertThat(ask(Channel.SMS))
                .isInstanceOfSatisfying(
                        Unavailable.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "99999999999999999999", "Tue, 01 Jan 2019 00:00:07 GMT"})
    void a_time_that_is_none_is_not(String retryAfter) {
        carrier.next(CarrierReply.tooManyRequests(retryAfter));
        assertThat(ask(Channel.SMS))
                .isInstanceOfSatisfying(
                        Unavailable.class, busy -> assertThat(busy.retryAfter()).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "null", "{\"sid\":null}", "{\"sid\":17", "\u0000"})
    void a_2xx_that_cannot_be_understood_is_asked_again(String body) {
        carrier.next(CarrierReply.json(201, body), acceptsWithoutId());
        assertThat(ask(Channel.SMS)).isInstanceOf(Unavailable.class);
        assertThat(ask(Channel.SMS)).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @EnumSource
    void every_way_to_break_off_is_unavailable(Channel channel) {
        carrier.next(new CarrierReply.Reset(), new CarrierReply.Noise(), new CarrierReply.Flood());
        assertThat(ask(channel)).isEqualTo(new Unavailable("io", null));
        assertThat(ask(channel)).isEqualTo(new Unavailable("io", null));
        assertThat(ask(channel)).isEqualTo(new Unavailable("io", null));
        assertThat(carrier.count()).as("no repeats of the client's own").isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void silence_and_drips_end_with_the_time_out(Channel channel) {
        carrier.next(new CarrierReply.Hang(), new CarrierReply.Drip(TIMEOUT.dividedBy(10)));
        assertThat(ask(channel)).isEqualTo(new Unavailable("timeout", null));
        assertThat(ask(channel)).isEqualTo(new Unavailable("timeout", null));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void nobody_sends_us_elsewhere(int status) {
        carrier.next(new CarrierReply.Answer(status, Map.of("Location", carrier.baseUrl() + "/elsewhere"), ""));
        assertThat(ask(Channel.SMS)).isEqualTo(new Refused("http_" + status, Fault.VENDOR));
        assertThat(carrier.count()).isOne();
    }
}
