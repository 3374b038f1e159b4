package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.TestDatabase;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.MessageSettled.Result;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.outbox.Settlement;
import io.ringcode.delivery.routing.RouteSettings;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.Tenants;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

class RetryTest {
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final TestClock clock = new TestClock();
    private final FakeCarrier carrier = new FakeCarrier();
    private final TestDatabase.Database database = TestDatabase.freshDatabase();
    private final DeliveryNode node = new DeliveryNode(database, carrier.baseUrl(), clock);

    @AfterEach
    void close() {
        node.close();
        carrier.close();
    }

    private void settles(Promised promised, String state) {
        await().atMost(Duration.ofSeconds(10)).until(() -> node.state(promised), state::equals);
    }

    @Test
    void a_busy_carrier_is_asked_again_later_and_again() {
        node.useTwilio();
        carrier.next(CarrierReply.json(503, "{}"), CarrierReply.json(500, "{}"));
        var promised = node.promise(Channel.SMS, "x");

        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Pending());
        assertThat(node.state(promised)).isEqualTo("queued");
        assertThat(node.sweep()).isZero();
        clock.advance(Duration.ofMillis(1300));
        assertThat(node.sweep()).isOne();
        settles(promised, "queued");
        clock.advance(Duration.ofMillis(1300));
        assertThat(node.sweep()).isZero();
        clock.advance(Duration.ofMillis(1300));
        assertThat(node.sweep()).isOne();
        settles(promised, "accepted, erased");

        assertThat(node.db()
                        .sql("SELECT result FROM attempt ORDER BY number")
                        .query(String.class)
                        .list())
                .containsExactly("unavailable", "unavailable", "accepted");
        assertThat(node.settled())
                .extracting(MessageSettled::result)
                .containsExactly(Result.UNAVAILABLE, Result.UNAVAILABLE, Result.ACCEPTED);
    }

    @Test
    void an_account_that_cannot_be_read_is_no_carriers_fault_and_messages_go_when_their_leases_end() {
        node.route("ant");
        var ant = node.scripted("ant");
        ant.answers(_ -> {
            throw new CannotGetJdbcConnectionException("away", new SQLTransientConnectionException("away", "08001"));
        });
        // More than open a circuit breaker.
        for (int i = 0; i < 30; i++)
            assertThat(node.send(node.promise(Channel.SMS, "x"))).isEqualTo(new DispatchResult.Pending());
        assertThat(node.settled()).isEmpty();
        ant.works();
        clock.advance(LEASE.plusSeconds(1));
        assertThat(node.sweep()).isEqualTo(30);
        await().atMost(Duration.ofSeconds(10)).until(() -> node.settled().size() == 30);
        assertThat(node.settled()).extracting(MessageSettled::result).containsOnly(Result.ACCEPTED);
    }

    @Test
    void messages_that_cannot_be_prepared_hold_up_none_of_those_claimed_with_them() {
        node.route("ant");
        for (int i = 0; i < 20; i++) node.promise(Channel.SMS, "x");
        var theirs = node.promiseOfOtherTenant();
        node.bean(Tenants.class).set(DeliveryNode.TENANT, RouteSettings.NAME, "no routes at all", clock.instant());
        clock.advance(LEASE.plusSeconds(1));
        assertThat(node.sweep()).isEqualTo(21);
        settles(theirs, "accepted, erased");
        node.route("ant");
        clock.advance(LEASE.plusSeconds(1));
        assertThat(node.sweep()).isEqualTo(20);
        await().atMost(Duration.ofSeconds(10)).until(() -> node.settled().size() == 21);
        assertThat(node.settled()).extracting(MessageSettled::result).containsOnly(Result.ACCEPTED);
    }

    @Test
    void a_carrier_that_did_not_answer_is_given_the_message_again_much_later() {
        node.useTwilio();
        carrier.next(new CarrierReply.Reset(), new CarrierReply.Reset());
        var promised = node.promise(Channel.SMS, "x");

        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Pending());
        clock.advance(Duration.ofSeconds(19));
        assertThat(node.sweep()).isZero();
        clock.advance(Duration.ofSeconds(2));
        assertThat(node.sweep()).isOne();
        settles(promised, "queued");
        clock.advance(Duration.ofSeconds(38));
        assertThat(node.sweep()).isZero();
        clock.advance(Duration.ofSeconds(3));
        assertThat(node.sweep()).isOne();
        settles(promised, "accepted, erased");
        assertThat(node.db()
                        .sql("SELECT result FROM attempt ORDER BY number")
                        .query(String.class)
                        .list())
                .containsExactly("unknown", "unknown", "accepted");
        assertThat(node.settled())
                .extracting(MessageSettled::result)
                .containsExactly(Result.UNKNOWN, Result.UNKNOWN, Result.ACCEPTED);
    }

    @Test
    void a_carrier_that_could_not_be_reached_surely_has_nothing_and_is_asked_again_soon() {
        try (var unreached = new DeliveryNode(database, java.net.URI.create("http://127.0.0.1:1"), clock)) {
            unreached.useTwilio();
            var promised = unreached.promise(Channel.SMS, "x");
            assertThat(unreached.send(promised)).isEqualTo(new DispatchResult.Pending());
            assertThat(unreached.settled()).extracting(MessageSettled::result).containsExactly(Result.UNAVAILABLE);
            clock.advance(Duration.ofMillis(1300));
            assertThat(unreached.sweep()).isOne();
        }
    }

    @Test
    void a_message_whose_code_was_typed_is_not_sent_again_and_ends() {
        node.useTwilio();
        carrier.next(CarrierReply.json(503, "{}"));
        var login = java.util.UUID.randomUUID();
        var promised = (Promised) node.queue(node.message(Channel.SMS, login));
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Pending());
        node.type(login);
        clock.advance(Duration.ofSeconds(5));
        assertThat(node.sweep()).isOne();
        settles(promised, "not_needed, erased");
        assertThat(carrier.count()).isOne();
        assertThat(node.settled()).extracting(MessageSettled::result).contains(Result.NOT_NEEDED);
    }

    @Test
    void a_carrier_that_names_a_time_is_left_alone_until_then() {
        node.useTwilio();
        carrier.next(CarrierReply.tooManyRequests("60"));
        var promised = node.promise(Channel.SMS, "x");

        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Pending());
        clock.advance(Duration.ofSeconds(59));
        assertThat(node.sweep()).isZero();
        clock.advance(Duration.ofSeconds(2));
        assertThat(node.sweep()).isOne();
        settles(promised, "accepted, erased");
    }

    @Test
    void a_chance_that_comes_after_the_codes_life_is_none() {
        node.useTwilio();
        carrier.next(CarrierReply.tooManyRequests("3600"));
        var promised = node.promise(Channel.SMS, "x");

        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Refused("20429", FailureCause.VENDOR));
        assertThat(node.state(promised)).isEqualTo("expired, erased");
        assertThat(node.settled()).extracting(MessageSettled::result).containsExactly(Result.EXPIRED);
    }

    @Test
    void what_a_dead_node_left_behind_another_sends_once() {
        node.useTwilio();
        var promised = node.promise(Channel.SMS, "Your code is 123456");
        // The promising node dies here: nobody calls send.
        try (var other = new DeliveryNode(database, carrier.baseUrl(), clock)) {
            clock.advance(LEASE.minusMillis(1));
            assertThat(other.sweep()).isZero();
            clock.advance(Duration.ofMillis(1));
            assertThat(other.sweep() + other.sweep()).isOne();
            settles(promised, "accepted, erased");
            clock.advance(LEASE.multipliedBy(2));
            other.sweep(); // looks for a receipt, and sends nothing
        }
        assertThat(carrier.count()).isOne();
        assertThat(carrier.lastCode(DeliveryNode.PHONE.e164())).isEqualTo("123456");
    }

    @Test
    void a_node_that_slept_through_its_lease_does_not_send() {
        node.useTwilio();
        var promised = node.promise(Channel.SMS, "x");
        clock.advance(LEASE);
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Pending());
        assertThat(carrier.count()).isZero();
    }

    @Test
    void a_late_answer_does_not_settle_the_attempt_that_followed() {
        node.useTwilio();
        var promised = node.promise(Channel.SMS, "x");
        var late = promised.claimed();
        clock.advance(LEASE);
        carrier.next(new CarrierReply.After(Duration.ofMillis(500), CarrierReply.json(503, "{}")));
        assertThat(node.sweep()).isOne();

        var settlement = node.bean(Settlement.class);
        settlement.settle(late, new SendResult.Refused("21211", FailureCause.NUMBER), Duration.ZERO);
        assertThat(node.state(promised)).isEqualTo("sending");
        settles(promised, "queued");
        settlement.settle(late, new SendResult.Refused("21211", FailureCause.NUMBER), Duration.ZERO);
        assertThat(node.state(promised)).isEqualTo("queued");
        assertThat(node.settled()).extracting(MessageSettled::result).containsExactly(Result.UNAVAILABLE);
    }

    @Test
    void what_nobody_sent_in_time_expires_and_its_text_goes() {
        node.useTwilio();
        var promised = node.promise(Channel.SMS, "x");
        clock.advance(Duration.ofMinutes(5));

        assertThat(node.sweep()).isOne();
        assertThat(node.state(promised)).isEqualTo("expired, erased");
        assertThat(node.settled()).extracting(MessageSettled::result).containsExactly(Result.EXPIRED);
        assertThat(carrier.count()).isZero();
    }

    @Test
    void a_message_that_no_longer_opens_fails_and_holds_nobody_up() {
        node.useTwilio();
        var damaged = node.promise(Channel.SMS, "x");
        var whole = node.promise(Channel.SMS, "x");
        node.db()
                .sql("UPDATE message SET text_sealed = '\\x00' WHERE id = :id")
                .param("id", damaged.id())
                .update();
        clock.advance(LEASE);

        assertThat(node.sweep()).isEqualTo(2);
        settles(whole, "accepted, erased");
        assertThat(node.state(damaged)).isEqualTo("failed, erased");
    }

    @Test
    void the_loop_sweeps_by_itself_and_stops_after_what_is_in_hand() {
        node.useTwilio();
        var promised = node.promise(Channel.SMS, "x");
        clock.advance(LEASE);
        carrier.next(new CarrierReply.After(Duration.ofMillis(500), CarrierReply.json(201, "{\"sid\":\"SM1\"}")));
        var loop = new DeliveryNode(
                database, carrier.baseUrl(), clock, Map.of("ringcode.delivery.sweep-interval", "10ms"));
        await().until(() -> carrier.count() == 1);
        loop.close();
        assertThat(node.state(promised)).isEqualTo("accepted, erased");
    }
}
