package io.ringcode.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestDatabase.Database;
import io.ringcode.budget.Prices;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.phone.Channel;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.server.Eventually;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one server has learned, the others know; and one that is started anew. */
class SharedTrafficTest {
    private static final Database DATABASE = TestDatabase.freshDatabase();
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final TestClock CLOCK = new TestClock();
    private static Ringcode one;
    private static Ringcode two;

    @BeforeAll
    static void two_servers() {
        one = start();
        two = start();
    }

    private static Ringcode start() {
        return Ringcode.on(DATABASE, CARRIER, CLOCK);
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    private static Pumping fresh() {
        var pumping = new Pumping(one, one.tenant());
        pumping.rules(FraudRules.DEFAULT);
        return pumping;
    }

    private static String number(int last) {
        return "+2289112" + "%04d".formatted(last);
    }

    /** One range, four a minute, from anywhere. @return how many were sent */
    private static int attack(Pumping pumping, int first, int count) {
        int sent = 0;
        for (int i = 0; i < count; i++) {
            if (pumping.enrol(number(first + i * 7 % 900), "203.1." + i + ".2").isSent()) sent++;
            pumping.pass(Duration.ofSeconds(15));
        }
        return sent;
    }

    @Test
    void the_number_of_the_network_that_an_address_belongs_to_is_known_to_all() {
        var pumping = fresh();
        pumping.enrol(number(1), "2001:db8:a5::9");
        pumping.enrol(number(2), "192.0.2.9");
        pumping.exchange();
        assertThat(one.bean(JdbcClient.class)
                        .sql("SELECT asn, flags & 32 AS hosting FROM fraud_event WHERE tenant_id = ? ORDER BY asn")
                        .param(pumping.tenant().id().value())
                        .query((row, _) -> row.getInt("asn") + " " + row.getInt("hosting"))
                        .list())
                .containsExactly("0 0", "64500 32");
    }

    @Test
    void the_age_of_an_account_and_a_known_price_are_told_to_all() {
        var pumping = fresh();
        var tenant = pumping.tenant();
        pumping.enrol(number(11), "192.0.2.11");
        one.bean(Prices.class).set(tenant.id(), "twilio", "TG,,sms,0.25", CLOCK.instant());
        var account = tenant.person().id().value();
        pumping.enrolAs(account, number(12), "192.0.2.12");
        CLOCK.advance(Duration.ofDays(31));
        pumping.enrolAs(account, number(13), "192.0.2.13");
        pumping.exchange();
        assertThat(one.bean(JdbcClient.class)
                        .sql("SELECT flags & (64 + 128) AS age, price FROM fraud_event WHERE tenant_id = ? ORDER BY id")
                        .param(tenant.id().value())
                        .query((row, _) -> row.getInt("age") + " " + row.getString("price"))
                        .list())
                .containsExactly("0 null", "64 0.25", "128 0.25");
    }

    @Test
    void an_attack_that_comes_by_two_servers_is_one_attack() {
        var first = fresh();
        var second = first.at(two);
        int sent = 0;
        for (int i = 0; i < 60; i++) {
            var by = i % 2 == 0 ? first : second;
            if (by.enrol(number(1_000 + i * 7), "203.1." + i + ".2").isSent()) sent++;
            CLOCK.advance(Duration.ofSeconds(15));
            first.exchange();
            second.exchange();
        }
        assertThat(sent).isLessThanOrEqualTo(14);
        assertThat(second.enrol(number(1_999), "203.2.2.2").isRefused()).isTrue();
    }

    @Test
    void a_code_that_another_server_judged_counts_for_what_it_was_sent_with() {
        var first = fresh();
        var second = first.at(two);
        for (int i = 0; i < 60; i++) {
            var asked = first.enrol(number(2_000 + i), "203.0.113.20");
            assertThat(asked.isSent()).as("number %d", i).isTrue();
            CLOCK.advance(Duration.ofSeconds(20));
            first.exchange();
            second.exchange();
            second.type(asked);
            second.exchange();
            first.exchange();
        }
    }

    @Test
    void a_server_that_starts_in_the_middle_of_an_attack_knows_of_it() {
        var first = fresh();
        first.person("+4915112345671", "198.51.100.1");
        assertThat(attack(first, 3_000, 60)).isLessThan(25);
        first.exchange();
        CLOCK.advance(Duration.ofSeconds(70));
        first.exchange();
        var third = start();
        try {
            var again = first.at(third);
            // The first message makes it read what is stored.
            again.enrol("+4915112345672", "198.51.100.2");
            again.exchange();
            assertThat(attack(again, 3_010, 40)).isLessThanOrEqualTo(1);
        } finally {
            third.close();
        }
    }

    @Test
    void codes_that_wait_survive_a_start_as_well() {
        var first = fresh();
        first.person("+4915112345673", "198.51.100.1");
        int before = attack(first, 4_000, 6);
        first.exchange();
        var third = start();
        try {
            var again = first.at(third);
            again.enrol("+4915112345674", "198.51.100.2");
            again.exchange();
            assertThat(before + attack(again, 4_500, 40)).isLessThanOrEqualTo(20);
        } finally {
            third.close();
        }
    }

    @Test
    void who_has_typed_a_code_passes_on_a_server_that_never_heard_of_it() {
        var first = fresh();
        var known = first.person(number(8_500), "198.51.100.1");
        assertThat(known.isSent()).isTrue();
        first.exchange();
        // The code's events are gone; that he has proved himself is not.
        CLOCK.advance(Duration.ofDays(80));
        var third = start();
        try {
            var again = first.at(third);
            again.person("+4915112345677", "198.51.100.2");
            attack(again, 8_000, 60);
            assertThat(again.enrol(number(8_501), "198.51.100.3").isRefused()).isTrue();
            assertThat(again.enrol(number(8_500), "198.51.100.4").isSent()).isTrue();
            CLOCK.advance(Duration.ofDays(11));
        } finally {
            third.close();
        }
    }

    @Test
    void a_release_holds_on_all_servers_within_a_second_and_so_does_a_permission() throws Exception {
        var first = fresh();
        var second = first.at(two);
        first.person("+4915112345675", "198.51.100.1");
        attack(first, 5_000, 60);
        first.exchange();
        second.enrol("+4915112345676", "198.51.100.3");
        second.exchange();
        assertThat(second.enrol(number(5_999), "198.51.100.4").isRefused()).isTrue();
        var tenant = first.tenant().id();
        var blocks = two.bean(FraudBlocks.class);
        assertThat(blocks.list(tenant)).isNotEmpty().allMatch(one -> one.scope().startsWith("prefix:+2289"));
        assertThat(one.bean(FraudBlocks.class).list(tenant)).isNotEmpty();
        for (var block : blocks.list(tenant))
            assertThat(blocks.release(tenant, block.scopeKey())).isTrue();
        Eventually.holds(
                "released on the other server too",
                Duration.ofSeconds(1),
                () -> one.bean(FraudBlocks.class).list(tenant).isEmpty());
        assertThat(first.enrol(number(5_998), "198.51.100.5").isSent()).isTrue();
        attack(first, 6_000, 60);
        assertThat(first.enrol(number(6_999), "198.51.100.6").isRefused()).isTrue();
        for (var block : one.bean(FraudBlocks.class).list(tenant))
            assertThat(blocks.permit(tenant, block.scopeKey())).isTrue();
        CLOCK.advance(Duration.ofDays(1));
        assertThat(blocks.release(tenant, "no key")).isFalse();
        assertThat(blocks.permit(tenant, "PREFIX_2 ")).isFalse();
    }

    @Test
    void a_tenant_neither_sees_nor_fills_anothers_counters() {
        var attacked = fresh();
        var other = fresh();
        attack(attacked, 7_000, 60);
        attacked.exchange();
        assertThat(attacked.enrol(number(7_998), "198.51.100.7").isRefused()).isTrue();
        assertThat(other.enrol(number(7_999), "198.51.100.7").isSent()).isTrue();
        assertThat(one.bean(FraudBlocks.class).list(other.tenant().id())).isEmpty();
        assertThat(one.bean(FraudDecisions.class).list(other.tenant().id(), FraudDecisions.Filter.ALL, 10))
                .isEmpty();
        assertThat(one.bean(FraudDecisions.class).list(attacked.tenant().id(), FraudDecisions.Filter.ALL, 10))
                .isNotEmpty();
    }

    @Test
    void what_is_stored_of_an_attack_is_bounded_and_holds_no_number() {
        var attacked = fresh();
        for (int i = 0; i < 400; i++) {
            var number = "+4915" + "%09d".formatted(200_000_000 + i * 1_234_567).substring(0, 9);
            attacked.ask(
                    UUID.randomUUID(),
                    "auth0|bot" + i,
                    number,
                    "203.0.113.9",
                    Ownership.CLAIMED,
                    Proof.IMPOSSIBLE,
                    Channel.SMS);
            CLOCK.advance(Duration.ofMillis(100));
        }
        attacked.exchange();
        // All codes' lives are over then, so nothing is left to be written later.
        CLOCK.advance(Duration.ofMinutes(12));
        attacked.exchange();
        var db = one.bean(JdbcClient.class);
        var tenant = attacked.tenant().id().value();
        assertThat(rows(db, "fraud_decision", tenant))
                .isBetween(10, 2 * FraudDecisions.SINGLE + 4 * FraudDecisions.GROUPS);
        var refused = db.sql("SELECT sum(count) FROM fraud_decision WHERE tenant_id = :tenant AND done = 'REFUSE'")
                .param("tenant", tenant)
                .query(Integer.class)
                .single();
        assertThat(refused).isGreaterThan(370);
        assertThat(rows(db, "fraud_event", tenant)).isLessThan(40);
        var digits = db.sql("SELECT max(length(digits)) FROM fraud_event WHERE tenant_id = :tenant")
                .param("tenant", tenant)
                .query(Integer.class)
                .single();
        assertThat(digits).isEqualTo("+4915123456789".length() - 2);
        CLOCK.advance(Duration.ofDays(91));
        for (var task : one.beans(RecurringTask.class)) if (task.name().equals("expired-rows")) task.run();
        for (var table : new String[] {"fraud_event", "fraud_scope", "fraud_proved", "fraud_decision"})
            assertThat(rows(db, table, tenant)).as(table).isZero();
    }

    @Test
    void a_tenant_that_is_deleted_meanwhile_takes_nobody_elses_events_along() throws Exception {
        var staying = fresh();
        var going = fresh();
        var db = one.bean(JdbcClient.class);
        var asked = going.enrol(number(6_002), "203.0.113.62");
        staying.exchange();
        try (var connection = DriverManager.getConnection(DATABASE.url(), DATABASE.user(), DATABASE.password());
                var deletion = connection.prepareStatement("DELETE FROM tenant WHERE id = ?")) {
            connection.setAutoCommit(false);
            deletion.setString(1, going.tenant().id().value());
            deletion.executeUpdate();
            assertThat(staying.enrol(number(6_001), "203.0.113.61").isSent()).isTrue();
            going.type(asked);
            var exchange = CompletableFuture.runAsync(staying::exchange);
            var waiting =
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%fraud_%'";
            Eventually.holds(
                    "the events wait for the deletion",
                    () -> db.sql(waiting).query(Integer.class).single() > 0);
            connection.commit();
            exchange.get();
        }
        assertThat(rows(db, "fraud_event", staying.tenant().id().value())).isPositive();
        assertThat(one.bean(MeterRegistry.class)
                        .timer("ringcode.task", "task", "fraud-traffic", "outcome", "failed")
                        .count())
                .isZero();
    }

    private static int rows(JdbcClient db, String table, String tenant) {
        return db.sql("SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant")
                .param("tenant", tenant)
                .query(Integer.class)
                .single();
    }
}
