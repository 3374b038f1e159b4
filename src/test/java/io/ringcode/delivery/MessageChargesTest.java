package io.ringcode.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.TestDatabase;
import io.ringcode.budget.Brake;
import io.ringcode.budget.BudgetScope;
import io.ringcode.budget.BudgetSettings;
import io.ringcode.budget.BudgetSettings.Budget;
import io.ringcode.budget.Budgets;
import io.ringcode.budget.Money;
import io.ringcode.budget.Period;
import io.ringcode.budget.Prices;
import io.ringcode.delivery.Queued.OverBudget;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.receipt.Receipts;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Each time that a carrier is asked is paid for before, by the tenant's budget. An ant costs 0.10, a bee 0.20. */
class MessageChargesTest {
    private static final Unavailable BUSY = new Unavailable("http_503", null);

    private final TestClock clock = new TestClock();
    private final TestDatabase.Database database = TestDatabase.freshDatabase();
    private final DeliveryNode node = new DeliveryNode(database, URI.create("http://127.0.0.1:1"), clock);
    private final ScriptedCarrier ant = node.scripted("ant");
    private final ScriptedCarrier bee = node.scripted("bee");

    @BeforeEach
    void prices() {
        node.route("ant", "bee");
        var prices = node.bean(Prices.class);
        prices.set(DeliveryNode.TENANT, "ant", "country,prefix,channel,price\nUS,,sms,0.10", clock.instant());
        prices.set(DeliveryNode.TENANT, "bee", "*,,sms,0.20", clock.instant());
        budget("10");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void budget(String limit) {
        node.bean(Tenants.class)
                .set(
                        DeliveryNode.TENANT,
                        BudgetSettings.NAME,
                        new BudgetSettings(
                                "USD",
                                1_000_000,
                                List.of(new Budget(BudgetScope.TENANT, Period.DAY, Money.of(new BigDecimal(limit))))),
                        clock.instant());
    }

    private String spent() {
        return node.bean(Budgets.class)
                .spending(DeliveryNode.TENANT)
                .getFirst()
                .spent()
                .amount()
                .toPlainString();
    }

    @Test
    void what_is_taken_is_spent_when_it_is_queued() {
        var promised = node.promise(Channel.SMS, "x");
        assertThat(spent()).isEqualTo("0.1");
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Accepted());
        assertThat(spent()).isEqualTo("0.1");
    }

    @Test
    void what_is_not_held_for_as_long_as_a_carrier_may_take_is_not_asked_and_given_back() {
        var promised = node.promise(Channel.SMS, "x");
        clock.advance(Duration.ofSeconds(6));
        assertThat(node.send(promised)).isEqualTo(new DispatchResult.Pending());
        assertThat(ant.asked()).isZero();
        assertThat(spent()).isEqualTo("0");
        clock.advance(Duration.ofSeconds(10));
        node.sweep();
        await().until(() -> node.state(promised).equals("accepted, erased"));
        assertThat(spent()).isEqualTo("0.1");
    }

    @Test
    void what_is_not_asked_as_its_account_cannot_be_read_is_given_back() {
        ant.answers(_ -> {
            throw new CannotGetJdbcConnectionException("away", new SQLTransientConnectionException("away", "08001"));
        });
        assertThat(node.send(node.promise(Channel.SMS, "x"))).isEqualTo(new DispatchResult.Pending());
        assertThat(spent()).isEqualTo("0");
    }

    @Test
    void what_is_rolled_back_is_not_spent() {
        node.queueAndRollBack(node.message(Channel.SMS, "x"));
        assertThat(spent()).isEqualTo("0");
    }

    @Test
    void what_is_refused_is_given_back() {
        ant.answers(new Refused("no", FailureCause.NUMBER));
        node.send(node.promise(Channel.SMS, "x"));
        assertThat(spent()).isEqualTo("0");
    }

    @Test
    void the_next_carrier_is_paid_in_place_of_one_that_surely_has_nothing() {
        ant.answers(BUSY);
        assertThat(node.send(node.promise(Channel.SMS, "x"))).isEqualTo(new DispatchResult.Accepted());
        assertThat(spent()).isEqualTo("0.2");
    }

    @Test
    void the_next_carrier_is_paid_besides_one_that_may_have_the_message() {
        ant.answers(new Unknown("timeout"));
        assertThat(node.send(node.promise(Channel.SMS, "x"))).isEqualTo(new DispatchResult.Accepted());
        assertThat(spent()).isEqualTo("0.3");
    }

    @Test
    void a_carrier_that_cannot_be_paid_is_not_asked() {
        budget("0.25");
        ant.answers(new Unknown("timeout"));
        var promised = node.promise(Channel.SMS, "x");
        assertThat(node.send(promised)).isInstanceOf(DispatchResult.Refused.class);
        assertThat(bee.asked()).isZero();
        assertThat(node.state(promised)).isEqualTo("failed, erased");
        assertThat(spent()).isEqualTo("0.1");
    }

    @Test
    void a_retry_is_paid_before_it_is_made() {
        ant.answers(new Unknown("timeout"));
        bee.answers(new Unknown("timeout"));
        var promised = node.promise(Channel.SMS, "x");
        node.send(promised);
        assertThat(spent()).isEqualTo("0.3");
        ant.works();
        clock.advance(Duration.ofMinutes(1));
        assertThat(node.sweep()).isOne();
        await().until(() -> node.state(promised).startsWith("accepted"));
        assertThat(spent()).isEqualTo("0.4");
    }

    @Test
    void each_segment_costs() {
        node.promise(Channel.SMS, "x".repeat(161));
        assertThat(spent()).isEqualTo("0.2");
    }

    @Test
    void what_no_list_prices_costs_what_is_assumed() {
        node.promise(Channel.VOICE, "x");
        assertThat(spent()).isEqualTo("1");
    }

    @Test
    void what_does_not_fit_is_not_queued() {
        budget("0.15");
        node.promise(Channel.SMS, "x");
        assertThat(node.queue(node.message(Channel.SMS, "x"))).isInstanceOf(OverBudget.class);
        assertThat(spent()).isEqualTo("0.1");
        clock.advance(Duration.ofDays(1));
        assertThat(node.queue(node.message(Channel.SMS, "x"))).isInstanceOf(Promised.class);
    }

    @Test
    void a_receipt_puts_the_price_right_and_is_learned_from() {
        for (int times = 0; times < 3; times++) {
            var promised = node.promise(Channel.SMS, "x");
            node.send(promised);
            hear("ant-" + promised.id() + " DELIVERED 0.015 USD");
        }
        assertThat(spent()).isEqualTo("0.045");
        // This node knows its prices for half a second, another one reads them.
        try (var other = new DeliveryNode(database, URI.create("http://127.0.0.1:1"), clock)) {
            other.promise(Channel.SMS, "x");
        }
        assertThat(spent()).isEqualTo("0.06");
    }

    @Test
    void a_price_in_another_currency_says_nothing() {
        var promised = node.promise(Channel.SMS, "x");
        node.send(promised);
        hear("ant-" + promised.id() + " DELIVERED 0.015 EUR");
        assertThat(spent()).isEqualTo("0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E-1999999999 USD", "1E+1999999999 USD", "1000000001 USD", "0.015 $"})
    void what_is_no_price_says_nothing_and_costs_nothing(String price) {
        var promised = node.promise(Channel.SMS, "x");
        node.send(promised);
        hear("ant-" + promised.id() + " DELIVERED " + price);
        assertThat(spent()).isEqualTo("0.1");
        assertThat(node.state(promised)).isEqualTo("delivered, erased");
    }

    @Test
    void the_brake_stops_what_is_queued_already() {
        ant.answers(BUSY);
        bee.answers(BUSY);
        var promised = node.promise(Channel.SMS, "x");
        node.send(promised);
        var asked = ant.asked();
        node.bean(Tenants.class).set(DeliveryNode.TENANT, Brake.NAME, new Brake(true), clock.instant());
        ant.works();
        clock.advance(Duration.ofMinutes(1));
        assertThat(node.sweep()).isOne();
        await().until(() -> node.state(promised).startsWith("failed"));
        assertThat(ant.asked()).isEqualTo(asked);
        assertThat(spent()).isEqualTo("0");
    }

    private void hear(String words) {
        var token = node.bean(CarrierAccounts.class)
                .receiptToken(DeliveryNode.TENANT, "ant")
                .orElseThrow();
        var url = URI.create("https://mfa.example.org/receipts/ant/x");
        var call = new VendorCall("POST", url, Map.of("x-key", "a-key"), words.getBytes(UTF_8), clock.instant());
        assertThat(node.bean(Receipts.class)
                        .receive(DeliveryNode.TENANT, "ant", token, call)
                        .status())
                .isBetween(200, 299);
    }
}
