package io.ringcode.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.TestDatabase;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.receipt.Receipts;
import io.ringcode.delivery.routing.RouteSettings;
import io.ringcode.delivery.routing.RouteSettings.NextCarrier;
import io.ringcode.delivery.routing.RouteSettings.OtherChannel;
import io.ringcode.delivery.routing.RouteSettings.Route;
import io.ringcode.phone.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What silence of a carrier means, by what it normally reports, and what follows from it. */
class SilenceTest {
    private final TestClock clock = new TestClock();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), URI.create("http://127.0.0.1:1"), clock);

    @BeforeEach
    void route() {
        node.route("ant", "bee");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Promised sent() {
        var promised = (Promised) node.queue(node.message(Channel.SMS, UUID.randomUUID()));
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Accepted());
        return promised;
    }

    private void report(String carrier, Promised promised, String state) {
        var token = node.bean(CarrierAccounts.class)
                .receiptToken(DeliveryNode.TENANT, carrier)
                .orElseThrow();
        var url = URI.create("https://mfa.example.org/receipts/x/x");
        var body = carrier + "-" + promised.id() + " " + state;
        var call = new VendorCall("POST", url, Map.of("x-key", "a-key"), body.getBytes(UTF_8), clock.instant());
        assertThat(node.bean(Receipts.class)
                        .receive(DeliveryNode.TENANT, carrier, token, call)
                        .status())
                .isEqualTo(200);
    }

    private int arrivals(String result) {
        return (int) node.bean(MeterRegistry.class).find("ringcode.arrivals").tags("result", result).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void wait(Duration duration) {
        clock.advance(duration);
        while (node.sweep() > 0) Thread.onSpinWait();
    }

    private Deliveries.Help help(MessageInTrouble trouble) {
        return node.bean(Deliveries.class).help(trouble).orElseThrow();
    }

    private Promised replace(MessageInTrouble trouble, UUID login) {
        var transaction = new TransactionTemplate(node.bean(PlatformTransactionManager.class));
        var remedy = help(trouble).remedy();
        var channel = remedy == Failover.NEXT_CARRIER ? Channel.SMS : Channel.VOICE;
        return (Promised) transaction.execute(_ -> node.bean(Deliveries.class)
                .replace(node.message(channel, login), trouble, remedy)
                .orElseThrow());
    }

    @Test
    void sent_is_the_last_word_where_the_carrier_normally_says_no_more() {
        for (int message = 0; message < 10; message++) report("ant", sent(), "SENT");
        wait(Duration.ofMinutes(2));
        report("ant", sent(), "SENT");
        wait(Duration.ofSeconds(20));
        assertThat(arrivals("missing")).isZero();
        assertThat(node.troubles()).isEmpty();
        for (int message = 0; message < 30; message++) {
            report("ant", sent(), "SENT");
            wait(Duration.ofSeconds(20));
        }
        assertThat(node.scripted("bee").asked())
                .as("the carrier is not left alone")
                .isZero();
    }

    @Test
    void sent_is_not_the_last_word_where_the_arrival_is_normally_told() {
        for (int message = 0; message < 10; message++) {
            var promised = sent();
            report("ant", promised, "SENT");
            report("ant", promised, "DELIVERED");
        }
        var lost = sent();
        report("ant", lost, "SENT");
        wait(Duration.ofSeconds(20));
        assertThat(arrivals("missing")).isOne();
        assertThat(node.troubles())
                .containsExactly(new MessageInTrouble(DeliveryNode.TENANT, lost.id(), TroubleReason.NO_RECEIPT));
    }

    @Test
    void what_is_normal_differs_by_country() {
        for (int message = 0; message < 10; message++) {
            var promised = sent();
            report("ant", promised, "SENT");
            report("ant", promised, "DELIVERED");
        }
        node.db().sql("UPDATE message SET region = 'DE'").update();
        for (int message = 0; message < 10; message++) report("ant", sent(), "SENT");
        wait(Duration.ofMinutes(2));
        var before = arrivals("missing");
        report("ant", sent(), "SENT");
        wait(Duration.ofSeconds(20));
        assertThat(arrivals("missing")).isEqualTo(before);
    }

    @Test
    void a_final_sent_ends_the_wait() {
        for (int message = 0; message < 10; message++) report("ant", sent(), "DELIVERED");
        var last = sent();
        report("ant", last, "SENT_FINAL");
        wait(Duration.ofSeconds(20));
        assertThat(node.troubles()).isEmpty();
        assertThat(arrivals("missing")).isZero();
        assertThat(node.state(last)).isEqualTo("accepted, erased");
    }

    @Test
    void a_message_without_a_receipt_goes_once_more_by_the_next_carrier() {
        report("ant", sent(), "DELIVERED");
        var login = UUID.randomUUID();
        var silent = (Promised) node.queue(node.message(Channel.SMS, login));
        node.send(silent);
        wait(Duration.ofSeconds(20));
        var trouble = new MessageInTrouble(DeliveryNode.TENANT, silent.id(), TroubleReason.NO_RECEIPT);
        assertThat(node.troubles()).containsExactly(trouble);
        assertThat(help(trouble).remedy()).isEqualTo(Failover.NEXT_CARRIER);

        var second = replace(trouble, login);
        node.send(second);
        assertThat(node.scripted("bee").asked()).isOne();
        assertThat(node.scripted("ant").asked()).as("the first two").isEqualTo(2);
        assertThat(node.bean(Deliveries.class).help(trouble))
                .as("nothing is replaced twice")
                .isPresent();
        var again = new TransactionTemplate(node.bean(PlatformTransactionManager.class))
                .execute(_ -> node.bean(Deliveries.class)
                        .replace(node.message(Channel.SMS, login), trouble, Failover.NEXT_CARRIER));
        assertThat(again).isEmpty();
        var secondToo = new MessageInTrouble(DeliveryNode.TENANT, second.id(), TroubleReason.NO_RECEIPT);
        assertThat(node.bean(Deliveries.class).help(secondToo)).as("once").isEmpty();
    }

    @Test
    void a_retry_of_what_replaced_a_message_passes_the_silent_carrier_over() {
        report("ant", sent(), "DELIVERED");
        var login = UUID.randomUUID();
        var silent = (Promised) node.queue(node.message(Channel.SMS, login));
        node.send(silent);
        wait(Duration.ofSeconds(20));
        replace(node.troubles().getFirst(), login);
        // The server dies here; another one finds the message when its lease has ended.
        wait(Duration.ofSeconds(16));
        org.awaitility.Awaitility.await().until(() -> node.scripted("bee").asked() == 1);
        assertThat(node.scripted("ant").asked()).isEqualTo(2);
    }

    @Test
    void without_another_carrier_it_is_the_other_channel_where_that_is_on() {
        node.set(new RouteSettings(
                List.of(new Route("sms", List.of(), List.of(), List.of("ant"))),
                new OtherChannel(true, 2),
                NextCarrier.ON,
                20));
        report("ant", sent(), "DELIVERED");
        sent();
        wait(Duration.ofSeconds(20));
        assertThat(help(node.troubles().getFirst()).remedy()).isEqualTo(Failover.OTHER_CHANNEL);
    }

    @Test
    void a_tenant_that_wants_neither_waits() {
        node.set(new RouteSettings(
                List.of(new Route("sms", List.of(), List.of(), List.of("ant", "bee"))),
                OtherChannel.OFF,
                new NextCarrier(false),
                20));
        report("ant", sent(), "DELIVERED");
        sent();
        wait(Duration.ofSeconds(20));
        assertThat(node.troubles()).isEmpty();
        assertThat(arrivals("missing")).isOne();
    }
}
