package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.TestDatabase;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.outbox.Dispatcher;
import io.ringcode.delivery.outbox.Settlement;
import io.ringcode.delivery.routing.RouteSettings.Route;
import io.ringcode.delivery.routing.Routes;
import io.ringcode.delivery.routing.RoutingDecision;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoutesTest {
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

    private List<String> attempts(Promised promised) {
        return node.db()
                .sql("""
                SELECT concat_ws(' ', number, provider, result, code, array_to_string(passed_over, ','))
                  FROM attempt WHERE message_id = :id ORDER BY number
                """)
                .param("id", promised.id())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    private DispatchResult send() {
        return node.send(node.promise(Channel.SMS, "x"));
    }

    @Test
    void a_carrier_that_fails_for_now_hands_on_at_once() {
        node.route("ant", "bee");
        ant.answers(BUSY);
        var promised = node.promise(Channel.SMS, "x");
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Accepted());
        assertThat(node.state(promised)).isEqualTo("accepted, erased");
        assertThat(attempts(promised)).containsExactly("1 ant unavailable http_503", "2 bee accepted ant:http_503");
    }

    @ParameterizedTest
    @EnumSource(names = {"NUMBER", "OPT_OUT"})
    void what_is_the_numbers_fault_goes_to_nobody_else(FailureCause fault) {
        node.route("ant", "bee");
        ant.answers(new Refused("no", fault));
        assertThat(send()).isEqualTo(new DispatchResult.Refused("no", fault));
        assertThat(bee.asked()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"VENDOR", "ACCOUNT", "REQUEST"})
    void what_is_the_carriers_fault_goes_on_and_never_back(FailureCause fault) {
        node.route("ant", "bee");
        ant.answers(new Refused("no", fault));
        bee.answers(BUSY);
        var promised = node.promise(Channel.SMS, "x");
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Pending());
        assertThat(node.state(promised)).isEqualTo("queued");
        bee.works();
        clock.advance(Duration.ofSeconds(2));
        assertThat(node.sweep()).isOne();
        await().until(() -> node.state(promised).startsWith("accepted"));
        assertThat(ant.asked()).isOne();
    }

    @Test
    void the_last_refusal_is_told() {
        node.route("ant", "bee");
        ant.answers(new Refused("no_route", FailureCause.VENDOR));
        bee.answers(new Refused("no_credit", FailureCause.ACCOUNT));
        var promised = node.promise(Channel.SMS, "x");
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Refused("no_credit", FailureCause.ACCOUNT));
        assertThat(node.state(promised)).isEqualTo("failed, erased");
    }

    @Test
    void when_all_fail_the_message_waits_and_begins_anew() {
        node.route("ant", "bee");
        ant.answers(BUSY);
        bee.answers(BUSY);
        var promised = node.promise(Channel.SMS, "x");
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Pending());
        assertThat(node.sweep()).isZero();
        ant.works();
        clock.advance(Duration.ofMillis(1300));
        assertThat(node.sweep()).isOne();
        await().until(() -> node.state(promised).startsWith("accepted"));
        assertThat(attempts(promised))
                .containsExactly(
                        "1 ant unavailable http_503", "2 bee unavailable http_503 ant:http_503", "3 ant accepted");
    }

    @Test
    void a_carrier_without_an_account_is_passed_over() {
        node.route("bee");
        node.routes(new Route("sms", List.of(), List.of(), List.of("ant", "bee")));
        var promised = node.promise(Channel.SMS, "x");
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Accepted());
        assertThat(attempts(promised)).containsExactly("1 bee accepted ant:not_set_up");
    }

    @ParameterizedTest
    @CsvSource({"+4915112345678, cat", "+493012345678, bee", "+14155550123, ant", "+33612345678, ant"})
    void the_longest_prefix_wins_then_the_country_then_what_is_for_all(String number, String carrier) {
        node.route("ant", "bee", "cat");
        node.routes(
                new Route("voice", List.of("DE", "US", "FR"), List.of(), List.of("bee")),
                new Route("sms", List.of(), List.of(), List.of("ant")),
                new Route("sms", List.of("DE", "AT"), List.of(), List.of("bee")),
                new Route("sms", List.of(), List.of("+4", "+49151"), List.of("cat")));
        if (number.startsWith("+4930"))
            node.routes(
                    new Route("sms", List.of(), List.of(), List.of("ant")),
                    new Route("sms", List.of("DE"), List.of(), List.of("bee")),
                    new Route("sms", List.of(), List.of("+49151"), List.of("cat")));
        var to = new PhoneNumber(number);
        assertThat(node.bean(Routes.class).of(DeliveryNode.TENANT, Channel.SMS, to, to.region()))
                .contains(List.of(carrier));
    }

    @Test
    void an_answer_after_the_lease_leads_nowhere() throws Exception {
        node.route("ant", "bee");
        var asked = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        ant.answers(message -> {
            asked.countDown();
            try {
                go.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return BUSY;
        });
        var promised = node.promise(Channel.SMS, "x");
        var late = node.bean(Dispatcher.class).dispatch(promised.claimed());
        asked.await();
        clock.advance(Duration.ofSeconds(15));
        ant.works();
        assertThat(node.sweep()).isOne();
        await().until(() -> node.state(promised).startsWith("accepted"));
        go.countDown();
        assertThat(late.get()).isEqualTo(new DispatchResult.Pending());
        assertThat(bee.asked()).isZero();
    }

    @Test
    void what_a_node_left_behind_between_two_carriers_goes_on_elsewhere() {
        node.route("ant", "bee");
        var promised = node.promise(Channel.SMS, "x");
        var settled = node.bean(Settlement.class)
                .settle(
                        promised.claimed(),
                        BUSY,
                        Duration.ZERO,
                        new RoutingDecision.Ask("bee", List.of(new SkippedCarrier("ant", "http_503"))));
        assertThat(settled.onward()).isNotNull();
        // The node dies here, before it has asked the second carrier.
        assertThat(node.sweep()).isZero();
        clock.advance(Duration.ofSeconds(15));
        assertThat(node.sweep()).isOne();
        await().until(() -> node.state(promised).startsWith("accepted"));
        assertThat(ant.asked() + bee.asked()).isOne();
    }

    @Test
    void a_code_that_was_typed_meanwhile_does_not_go_to_the_next_carrier() {
        node.route("ant", "bee");
        var login = java.util.UUID.randomUUID();
        ant.answers(_ -> {
            node.type(login);
            return new SendResult.Unknown("timeout");
        });
        var promised = (Queued.Promised) node.queue(node.message(Channel.SMS, login));
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.NotNeeded());
        assertThat(node.state(promised)).isEqualTo("not_needed, erased");
        assertThat(bee.asked()).isZero();
    }

    @Test
    void a_carrier_that_may_have_the_message_is_passed_over_for_a_while() {
        node.route("ant", "bee");
        ant.answers(new SendResult.Unknown("timeout"));
        bee.answers(BUSY);
        var promised = node.promise(Channel.SMS, "x");
        node.send(promised);
        ant.works();
        for (int second = 0; second < 12; second += 3) {
            clock.advance(Duration.ofSeconds(3));
            node.sweep();
            await().until(() -> node.state(promised).equals("queued"));
        }
        assertThat(ant.asked()).isOne();
        assertThat(bee.asked()).isGreaterThan(1);
        clock.advance(Duration.ofSeconds(30));
        node.sweep();
        await().until(() -> node.state(promised).startsWith("accepted"));
        assertThat(ant.asked()).isEqualTo(2);
    }
}
