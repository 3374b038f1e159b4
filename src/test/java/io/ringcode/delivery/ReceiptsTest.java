package io.ringcode.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.TestDatabase;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.ledger.Ledger;
import io.ringcode.delivery.receipt.ReceiptMatching;
import io.ringcode.delivery.receipt.Receipts;
import io.ringcode.delivery.routing.RouteSettings;
import io.ringcode.delivery.routing.RouteSettings.OtherChannel;
import io.ringcode.phone.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptsTest {
    private static final Map<String, String> KEY = Map.of("x-key", "a-key");

    private final TestClock clock = new TestClock();
    private final DeliveryNode node =
            new DeliveryNode(TestDatabase.freshDatabase(), URI.create("http://127.0.0.1:1"), clock);
    private final ScriptedCarrier ant = node.scripted("ant");

    @BeforeEach
    void route() {
        node.route("ant");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private int hear(Map<String, String> headers, String body) {
        var token = node.bean(CarrierAccounts.class)
                .receiptToken(DeliveryNode.TENANT, "ant")
                .orElseThrow();
        return hear(token, headers, body);
    }

    private int hear(String token, Map<String, String> headers, String body) {
        var url = URI.create("https://mfa.example.org/receipts/ant/x");
        var call = new VendorCall("POST", url, headers, body.getBytes(UTF_8), clock.instant());
        return node.bean(Receipts.class)
                .receive(DeliveryNode.TENANT, "ant", token, call)
                .status();
    }

    private Promised sent() {
        var promised = node.promise(Channel.SMS, "x");
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Accepted());
        return promised;
    }

    private static String told(Promised promised, String state) {
        return "ant-" + promised.id() + " " + state;
    }

    private double counted(String result) {
        var counter = node.bean(MeterRegistry.class)
                .find("ringcode.receipts")
                .tags("provider", "ant", "result", result)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @ParameterizedTest
    @CsvSource({
        "SENT DELIVERED, delivered",
        "DELIVERED SENT, delivered",
        "DELIVERED DELIVERED, delivered",
        "UNDELIVERED DELIVERED, undelivered",
        "DELIVERED UNDELIVERED, delivered",
        "FAILED, undelivered",
        "SENT, accepted",
    })
    void a_state_only_moves_forward_and_an_end_is_the_end(String states, String end) {
        var promised = sent();
        for (var state : states.split(" ", -1))
            assertThat(hear(KEY, told(promised, state))).isEqualTo(200);
        assertThat(node.state(promised)).isEqualTo(end + ", erased");
    }

    @Test
    void a_receipt_that_is_said_again_is_kept_once() {
        var promised = sent();
        hear(KEY, told(promised, "DELIVERED"));
        hear(KEY, told(promised, "DELIVERED"));
        assertThat(counted("heard")).isEqualTo(1);
        assertThat(counted("repeated")).isEqualTo(1);
        assertThat(node.bean(Ledger.class)
                        .attempts(DeliveryNode.TENANT, promised.id())
                        .getFirst()
                        .receipts())
                .hasSize(1);
    }

    @Test
    void what_is_forged_stale_or_unreadable_changes_nothing() {
        var promised = sent();
        var delivered = told(promised, "DELIVERED");
        assertThat(hear(Map.of("x-key", "another"), delivered)).isEqualTo(403);
        assertThat(hear(Map.of("x-key", "a-key", "x-age", "301"), delivered)).isEqualTo(403);
        assertThat(hear(KEY, "what")).isEqualTo(400);
        assertThat(hear("a-guess", KEY, delivered)).isEqualTo(404);
        assertThat(hear("", KEY, delivered)).isEqualTo(404);
        assertThat(node.state(promised)).isEqualTo("accepted, erased");
        assertThat(counted("forged")).isEqualTo(3);
        assertThat(counted("stale")).isEqualTo(1);
        assertThat(counted("unreadable")).isEqualTo(1);
    }

    @Test
    void of_many_forged_calls_one_a_minute_is_told() {
        for (int call = 0; call < 5; call++) hear(Map.of("x-key", "another"), "x DELIVERED");
        clock.advance(Duration.ofSeconds(61));
        hear(Map.of("x-key", "another"), "x DELIVERED");
        assertThat(node.refusals()).hasSize(2);
    }

    @Test
    void a_call_with_an_id_is_heard_once() {
        var promised = sent();
        var once = Map.of("x-key", "a-key", "x-id", "one");
        hear(once, told(promised, "SENT"));
        hear(once, told(promised, "DELIVERED"));
        assertThat(node.state(promised)).isEqualTo("accepted, erased");
        assertThat(counted("replayed")).isEqualTo(1);
    }

    @Test
    void a_receipt_that_comes_before_the_answer_waits_for_it() {
        ant.answers(message -> {
            assertThat(hear(KEY, "ant-" + message.id() + " DELIVERED")).isEqualTo(200);
            return ant.accepts(message);
        });
        var promised = sent();
        assertThat(node.state(promised)).isEqualTo("accepted, erased");
        node.bean(ReceiptMatching.class).matchEarly();
        assertThat(node.state(promised)).isEqualTo("delivered, erased");
    }

    @Test
    void a_receipt_for_nothing_is_forgotten() {
        hear(KEY, "ant-nothing DELIVERED");
        node.bean(ReceiptMatching.class).matchEarly();
        clock.advance(Duration.ofMinutes(11));
        node.bean(ReceiptMatching.class).matchEarly();
        assertThat(node.db()
                        .sql("SELECT count(*) FROM receipt")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void another_tenants_message_is_not_found() {
        var promised = sent();
        node.db().sql("UPDATE attempt SET tenant_id = 'other'").update();
        node.db().sql("UPDATE message SET tenant_id = 'other'").update();
        hear(KEY, told(promised, "DELIVERED"));
        assertThat(node.db()
                        .sql("SELECT state FROM message")
                        .query(String.class)
                        .single())
                .isEqualTo("accepted");
    }

    @Test
    void a_carrier_that_takes_messages_and_drops_them_is_left_alone() {
        node.route("ant", "bee");
        var bee = node.scripted("bee");
        hear(KEY, told(sent(), "DELIVERED"));
        for (int message = 0; message < 25; message++) sent();
        assertThat(bee.asked()).isZero();
        clock.advance(Duration.ofSeconds(20));
        assertThat(node.sweep()).isEqualTo(25);
        node.send(node.promise(Channel.SMS, "x"));
        assertThat(bee.asked()).isOne();
        assertThat(node.sweep()).as("each is counted once").isZero();
    }

    @Test
    void silence_says_nothing_of_a_carrier_that_never_told() {
        node.route("ant", "bee");
        for (int message = 0; message < 25; message++) sent();
        clock.advance(Duration.ofSeconds(20));
        assertThat(node.sweep()).isEqualTo(25);
        sent();
        assertThat(node.scripted("bee").asked()).isZero();
    }

    @Test
    void trouble_is_told_where_the_tenant_wants_the_other_channel() {
        node.set(new RouteSettings(
                List.of(new RouteSettings.Route("sms", List.of(), List.of(), List.of("ant", "bee"))),
                new OtherChannel(true, 2),
                RouteSettings.NextCarrier.ON,
                20));
        node.account("bee", ScriptedCarrier.ACCOUNT);
        hear(KEY, told(sent(), "DELIVERED"));
        var silent = sent();
        var undelivered = sent();
        hear(KEY, told(undelivered, "UNDELIVERED"));
        assertThat(node.sweep()).isOne();
        clock.advance(Duration.ofSeconds(20));
        node.sweep();
        ant.answers(new SendResult.Unavailable("http_503", null));
        node.scripted("bee").answers(new SendResult.Unavailable("http_503", null));
        var failing = node.promise(Channel.SMS, "x");
        node.send(failing);
        assertThat(node.troubles())
                .contains(
                        new MessageInTrouble(DeliveryNode.TENANT, undelivered.id(), TroubleReason.UNDELIVERED),
                        new MessageInTrouble(DeliveryNode.TENANT, silent.id(), TroubleReason.NO_RECEIPT),
                        new MessageInTrouble(DeliveryNode.TENANT, failing.id(), TroubleReason.FAILURES));
    }

    @Test
    void a_claim_in_which_nobody_was_asked_is_no_failure_of_a_carrier() {
        node.set(new RouteSettings(
                List.of(new RouteSettings.Route("sms", List.of(), List.of(), List.of("ant"))),
                new OtherChannel(true, 2),
                RouteSettings.NextCarrier.ON,
                20));
        ant.answers(new SendResult.Unavailable("http_503", null));
        var left = node.promise(Channel.SMS, "x");
        clock.advance(Duration.ofSeconds(20));
        node.sweep();
        await().until(() -> node.state(left).equals("queued"));
        assertThat(node.troubles()).isEmpty();
        clock.advance(Duration.ofSeconds(20));
        node.sweep();
        await().until(() -> !node.troubles().isEmpty());
        assertThat(ant.asked()).isEqualTo(2);
    }
}
