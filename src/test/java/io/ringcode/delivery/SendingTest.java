package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.TestDatabase;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.MessageSettled.Result;
import io.ringcode.delivery.Queued.ChannelNotOffered;
import io.ringcode.delivery.Queued.NotConfigured;
import io.ringcode.delivery.outbox.Dispatcher;
import io.ringcode.phone.Channel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SendingTest {
    private final TestClock clock = new TestClock();
    private final FakeCarrier carrier = new FakeCarrier();
    private final DeliveryNode node = new DeliveryNode(TestDatabase.freshDatabase(), carrier.baseUrl(), clock);

    @AfterEach
    void close() {
        node.close();
        carrier.close();
    }

    @Test
    void a_new_tenant_sends_to_the_inbox() {
        var promised = node.promise(Channel.SMS, "Your code is 123456");

        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Accepted());
        assertThat(node.inbox()).containsExactly(new DeliveryNode.InboxText(DeliveryNode.PHONE, "Your code is 123456"));
        assertThat(node.state(promised)).isEqualTo("accepted, erased");
    }

    @Test
    void the_inbox_takes_no_calls() {
        assertThat(node.queue(node.message(Channel.VOICE, "1.2.3.4.5.6")))
                .isEqualTo(new ChannelNotOffered("auth0", Channel.VOICE));
    }

    @Test
    void a_provider_without_account_or_hook_is_not_configured() {
        node.select("twilio");
        assertThat(node.queue(node.message(Channel.SMS, "x"))).isEqualTo(new NotConfigured("twilio"));
        node.select("phone-message-hook");
        assertThat(node.queue(node.message(Channel.SMS, "x"))).isEqualTo(new NotConfigured("phone-message-hook"));
    }

    @Test
    void the_carrier_gets_the_text_and_the_database_forgets_it() {
        node.useTwilio();
        var promised = node.promise(Channel.SMS, "Your code is 123456");
        assertThat(node.state(promised)).isEqualTo("sending");

        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Accepted());
        assertThat(carrier.lastCode(DeliveryNode.PHONE.e164())).isEqualTo("123456");
        assertThat(node.state(promised)).isEqualTo("accepted, erased");
    }

    @Test
    void every_attempt_leaves_a_row_and_is_told() {
        node.useTwilio();
        carrier.next(CarrierReply.twilioError(400, 21610));
        var promised = node.promise(Channel.SMS, "x");

        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Refused("21610", FailureCause.OPT_OUT));
        assertThat(node.state(promised)).isEqualTo("failed, erased");
        assertThat(node.db()
                        .sql("SELECT number || provider || result || code FROM attempt")
                        .query(String.class)
                        .list())
                .containsExactly("1twiliorefused21610");
        assertThat(node.settled()).singleElement().satisfies(event -> {
            assertThat(event.result()).isEqualTo(Result.REFUSED);
            assertThat(event.code()).isEqualTo("21610");
            assertThat(event.to()).isEqualTo("XXXXXXXX0123");
            assertThat(event.region()).isEqualTo("US");
        });
    }

    @Test
    void number_and_text_lie_sealed() {
        node.promise(Channel.SMS, "Your code is 123456");
        assertThat(node.db()
                        .sql("SELECT message::text FROM message")
                        .query(String.class)
                        .single())
                .doesNotContain("123456", "5550123");
    }

    @Test
    void whoever_waits_too_little_is_told_so_and_the_message_still_goes() throws Exception {
        node.useTwilio();
        carrier.next(new CarrierReply.After(Duration.ofMillis(300), CarrierReply.json(201, "{\"sid\":\"SM1\"}")));
        var promised = node.promise(Channel.SMS, "x");

        assertThat(node.bean(Deliveries.class).send(promised, Duration.ofMillis(20)))
                .isEqualTo(new DispatchResult.Pending());
        node.bean(Dispatcher.class).drain(Duration.ofSeconds(10));
        assertThat(node.state(promised)).isEqualTo("accepted, erased");
    }

    @Test
    void promises_are_made_inside_a_transaction_and_kept_outside() {
        var deliveries = node.bean(Deliveries.class);
        var message = node.message(Channel.SMS, "x");
        assertThatThrownBy(() -> deliveries.queue(message)).isInstanceOf(IllegalStateException.class);

        var promised = node.promise(Channel.SMS, "x");
        var transaction = new TransactionTemplate(node.bean(PlatformTransactionManager.class));
        assertThatThrownBy(() -> transaction.execute(_ -> deliveries.send(promised, Duration.ofSeconds(1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sends_are_counted_by_country_and_never_by_number() {
        node.send(node.promise(Channel.SMS, "x"));
        var meters = node.bean(MeterRegistry.class);
        assertThat(meters.get("ringcode.sends")
                        .tags("provider", "auth0", "channel", "sms", "country", "US", "result", "accepted")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("ringcode.send").timer().count()).isEqualTo(1);
        assertThat(meters.getMeters())
                .noneMatch(meter -> meter.getId().toString().contains("0123"));
    }
}
