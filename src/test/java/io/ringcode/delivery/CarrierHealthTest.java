package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.TestDatabase;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.receipt.ReceiptMatching;
import io.ringcode.delivery.routing.CarrierHealth;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a carrier is left alone, and how it is tried again. */
class CarrierHealthTest {
    private static final SendResult BUSY = new Unavailable("http_503", null);

    private final TestClock clock = new TestClock();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), URI.create("http://127.0.0.1:1"), clock);
    private final ScriptedCarrier ant = node.scripted("ant");
    private final ScriptedCarrier bee = node.scripted("bee");

    @AfterEach
    void close() {
        node.close();
    }

    private DispatchResult send() {
        return node.send(node.promise(Channel.SMS, "x"));
    }

    /** What becomes of the messages that it takes opens the breaker of that. */
    private void losesMessages() {
        for (int message = 0; message < 20; message++) {
            var promised = node.promise(Channel.SMS, "x");
            node.send(promised);
            var lost = Receipt.of("ant-" + promised.id(), Receipt.State.UNDELIVERED);
            node.bean(ReceiptMatching.class).store(DeliveryNode.TENANT, "ant", lost, true);
        }
    }

    @Test
    void a_carrier_that_keeps_failing_is_left_alone_and_tried_again_carefully() {
        node.route("ant", "bee");
        ant.answers(BUSY);
        for (int message = 0; message < 30; message++) assertThat(send()).isEqualTo(new DispatchResult.Accepted());
        assertThat(ant.asked()).isEqualTo(10);

        clock.advance(CarrierHealth.LEFT_ALONE.plusMillis(1));
        for (int message = 0; message < 30; message++) send();
        assertThat(ant.asked()).as("three trials").isEqualTo(13);

        ant.works();
        clock.advance(CarrierHealth.LEFT_ALONE.plusMillis(1));
        for (int message = 0; message < 30; message++) send();
        assertThat(ant.asked()).as("well again").isEqualTo(43);
    }

    @Test
    void it_is_left_alone_for_that_country_only() {
        node.route("ant", "bee");
        ant.answers(BUSY);
        for (int message = 0; message < 10; message++) send();
        var wish = node.message(Channel.SMS, "x");
        var german = new NewMessage(
                wish.tenant(),
                wish.user(),
                wish.client(),
                wish.enrollment(),
                new PhoneNumber("+4915112345678"),
                wish.channel(),
                wish.text(),
                wish.language(),
                wish.expiresAt());
        ant.works();
        node.send((Promised) node.queue(german));
        assertThat(ant.asked()).isEqualTo(11);
    }

    @Test
    void a_carrier_that_names_a_time_is_left_alone_until_then() {
        node.route("ant", "bee");
        ant.answers(new Unavailable("http_429", Duration.ofSeconds(7)));
        send();
        send();
        assertThat(ant.asked()).isOne();
        clock.advance(Duration.ofSeconds(7));
        send();
        assertThat(ant.asked()).isEqualTo(2);
    }

    @Test
    void when_all_are_left_alone_the_message_waits_for_the_first_that_may_be_tried() {
        node.route("ant", "bee");
        ant.answers(new Unavailable("http_429", Duration.ofSeconds(60)));
        bee.answers(new Unavailable("http_429", Duration.ofSeconds(40)));
        send();
        var promised = node.promise(Channel.SMS, "x");
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Pending());
        assertThat(ant.asked() + bee.asked()).isEqualTo(2);
        ant.works();
        bee.works();
        clock.advance(Duration.ofSeconds(39));
        assertThat(node.sweep()).isZero();
        clock.advance(Duration.ofSeconds(2));
        assertThat(node.sweep()).isEqualTo(2);
        await().until(() -> node.state(promised).startsWith("accepted"));
        assertThat(ant.asked()).isOne();
    }

    @Test
    void a_carrier_that_is_the_only_one_is_not_left_alone() {
        node.route("ant");
        ant.answers(BUSY);
        for (int message = 0; message < 15; message++) send();
        assertThat(ant.asked()).isEqualTo(15);
    }

    @ParameterizedTest
    @EnumSource(names = {"NUMBER", "OPT_OUT"})
    void numbers_that_cannot_work_use_no_trial_up(FailureCause fault) {
        node.route("ant", "bee");
        losesMessages();
        send();
        assertThat(bee.asked()).as("left alone").isOne();

        clock.advance(CarrierHealth.LEFT_ALONE_FOR_SILENCE.plusMillis(1));
        var asked = ant.asked();
        ant.answers(new Refused("no", fault));
        for (int message = 0; message < 10; message++) send();
        assertThat(ant.asked()).as("asked every time").isEqualTo(asked + 10);
        ant.works();
        for (int message = 0; message < 10; message++) send();
        assertThat(ant.asked()).as("five trials, of which nothing is known yet").isEqualTo(asked + 15);
    }
}
