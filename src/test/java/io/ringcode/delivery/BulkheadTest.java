package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.TestDatabase;
import io.ringcode.budget.BudgetScope;
import io.ringcode.budget.BudgetSettings;
import io.ringcode.budget.BudgetSettings.Budget;
import io.ringcode.budget.Budgets;
import io.ringcode.budget.Money;
import io.ringcode.budget.Period;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.outbox.Sweeper;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A carrier named ant does not answer; one named bee does. */
class BulkheadTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final DispatchResult ACCEPTED = new DispatchResult.Accepted();
    private static final DispatchResult PENDING = new DispatchResult.Pending();

    private final TestClock clock = new TestClock();
    private final DeliveryNode node = new DeliveryNode(
            TestDatabase.freshDatabase(),
            URI.create("http://127.0.0.1:1"),
            clock,
            Map.of("ringcode.delivery.permit-wait", "1m"));
    private final Deliveries deliveries = node.bean(Deliveries.class);
    private final ScriptedCarrier slow = node.scripted("ant");
    private final CountDownLatch answer = new CountDownLatch(1);

    @BeforeEach
    void hang() {
        slow.answers(message -> {
            if (message.tenant().equals(DeliveryNode.TENANT)) until(answer);
            return slow.accepts(message);
        });
        node.route("ant");
    }

    @AfterEach
    void close() {
        answer.countDown();
        node.close();
    }

    @Test
    void so_many_callers_wait_for_a_slow_account_and_others_are_answered_without_it() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<DispatchResult>>();
            for (int caller = 0; caller < Bulkhead.MOST_WAITING; caller++) {
                var promised = node.promise(Channel.SMS, "x");
                waiting.add(callers.submit(() -> deliveries.send(promised, PATIENCE)));
            }
            await().until(() -> slow.asked() == Bulkhead.MOST_WAITING);

            var further = node.promise(Channel.SMS, "x");
            assertThat(deliveries.send(further, PATIENCE)).isEqualTo(PENDING);
            assertThat(byOtherCarrier()).isEqualTo(ACCEPTED);
            assertThat(ofOtherTenant()).isEqualTo(ACCEPTED);
            assertThat(waiting).noneMatch(Future::isDone);

            answer.countDown();
            for (var caller : waiting) assertThat(caller.get()).isEqualTo(ACCEPTED);
            await().until(() -> node.state(further).equals("accepted, erased"));
            node.route("ant");
            assertThat(deliveries.send(node.promise(Channel.SMS, "x"), PATIENCE))
                    .isEqualTo(ACCEPTED);
        } finally {
            answer.countDown();
        }
    }

    @Test
    void so_many_messages_are_in_hand_with_a_slow_account_and_further_ones_wait_in_the_outbox_unpaid() {
        budget();
        var inHand = unsent(Bulkhead.MOST_IN_HAND);
        for (var message : inHand)
            assertThat(deliveries.send(message, Duration.ZERO)).isEqualTo(PENDING);
        var further = node.promise(Channel.SMS, "x");
        assertThat(deliveries.send(further, PATIENCE)).isEqualTo(PENDING);
        assertThat(spent()).isEqualTo(Bulkhead.MOST_IN_HAND);
        assertThat(byOtherCarrier()).isEqualTo(ACCEPTED);
        assertThat(ofOtherTenant()).isEqualTo(ACCEPTED);

        answer.countDown();
        await().until(() -> inHand.stream().allMatch(this::isTaken));
        assertThat(node.state(further)).isEqualTo("sending");
        clock.advance(Duration.ofMinutes(2));
        // Those whose receipts are overdue come first.
        sweepAll();
        await().until(() -> isTaken(further));
        assertThat(spent()).isEqualTo(Bulkhead.MOST_IN_HAND + 2);
    }

    @Test
    void the_sweep_takes_so_many_messages_of_a_slow_account_and_those_of_others_behind_them() {
        var inHand = unsent(Sweeper.MOST_OF_ONE);
        var further = unsent(1).getFirst();
        var theirs = node.promiseOfOtherTenant();
        clock.advance(Duration.ofMinutes(2));
        sweepAll();
        await().until(() -> isTaken(theirs));
        assertThat(isClaimedAnew(inHand.getLast())).isTrue();
        assertThat(isClaimedAnew(further)).isFalse();

        answer.countDown();
        await().until(() -> inHand.stream().allMatch(this::isTaken));
        sweepAll();
        await().until(() -> isTaken(further));
    }

    private List<Promised> unsent(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(_ -> node.promise(Channel.SMS, "x"))
                .toList();
    }

    private void sweepAll() {
        while (node.sweep() > 0) {}
    }

    private boolean isClaimedAnew(Promised message) {
        return node.db()
                .sql("SELECT attempts > 1 FROM message WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", message.tenant().value())
                .param("id", message.id())
                .query(Boolean.class)
                .single();
    }

    private boolean isTaken(Promised message) {
        return node.state(message).equals("accepted, erased");
    }

    private DispatchResult byOtherCarrier() {
        node.route("bee");
        return deliveries.send(node.promise(Channel.SMS, "x"), PATIENCE);
    }

    private DispatchResult ofOtherTenant() {
        return deliveries.send(node.promiseOfOtherTenant(), PATIENCE);
    }

    /** A message costs 1. */
    private void budget() {
        var limit = new Budget(BudgetScope.TENANT, Period.DAY, Money.of(new BigDecimal(10_000)));
        node.bean(Tenants.class)
                .set(
                        DeliveryNode.TENANT,
                        BudgetSettings.NAME,
                        new BudgetSettings("USD", 1_000_000, List.of(limit)),
                        clock.instant());
    }

    private int spent() {
        return node.bean(Budgets.class)
                .spending(DeliveryNode.TENANT)
                .getFirst()
                .spent()
                .amount()
                .intValueExact();
    }

    private static void until(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
