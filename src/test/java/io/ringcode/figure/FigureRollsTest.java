package io.ringcode.figure;

import static io.ringcode.figure.FigureTenant.sums;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.database.BackgroundWork;
import io.ringcode.delivery.TestClock;
import io.ringcode.server.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FigureRollsTest {
    private static final FigureServer FIGURES = new FigureServer();
    private static final TestClock CLOCK = FIGURES.clock();

    private final FigureTenant figured = FIGURES.tenant();
    private final TestTenant tenant = figured.tenant();

    @AfterAll
    static void stop() {
        FIGURES.close();
    }

    @Test
    void what_comes_late_is_counted_and_the_sums_outlive_the_messages() {
        tenant.enrolled(TestTenant.newNumber());
        FIGURES.roll();
        CLOCK.advance(Duration.ofHours(20));
        figured.receipt("delivered", "0.05");
        FIGURES.roll();
        assertThat(figured.figures().path("total").path("cost").path("USD").decimalValue())
                .isEqualByComparingTo("0.05");
        CLOCK.advance(Duration.ofDays(3));
        FIGURES.roll();
        figured.db()
                .sql("DELETE FROM message WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .update();
        FIGURES.roll();
        var later = figured.figures();
        sums(later.path("total"), 1, 1, 1, 0, 1, 1);
        var today = LocalDate.ofInstant(CLOCK.instant(), java.time.ZoneOffset.UTC);
        for (var day : later.path("days"))
            if (day.path("messages").asInt() > 0)
                assertThat(LocalDate.parse(day.path("date").asString())).isBefore(today.minusDays(2));
    }

    @Test
    void a_server_that_stood_still_sums_what_it_missed() {
        tenant.enrolled(TestTenant.newNumber());
        CLOCK.advance(Duration.ofDays(1));
        tenant.enrolled(TestTenant.newNumber());
        CLOCK.advance(Duration.ofDays(4));
        var before = figured.figures();
        sums(before.path("total"), 2, 2, 2, 0, 2, 2);
        FIGURES.roll();
        assertThat(figured.db()
                        .sql("SELECT sum(verified) FROM figure WHERE tenant_id = :tenant")
                        .param("tenant", tenant.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        sums(figured.figures().path("total"), 2, 2, 2, 0, 2, 2);
    }

    @Test
    void days_are_summed_one_by_one_so_that_a_sum_that_was_ended_goes_on_where_it_was() {
        tenant.enrolled(TestTenant.newNumber());
        FIGURES.roll();
        CLOCK.advance(Duration.ofDays(1));
        tenant.enrolled(TestTenant.newNumber());
        CLOCK.advance(Duration.ofDays(1));
        tenant.enrolled(TestTenant.newNumber());
        var last = CLOCK.instant().toString().substring(0, 10);
        var db = figured.db();
        db.sql("""
                CREATE FUNCTION ends() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'ended' USING ERRCODE = '57014'; END $$
                """).update();
        db.sql("CREATE TRIGGER ends BEFORE INSERT ON figure FOR EACH ROW WHEN (NEW.day = '" + last
                        + "') EXECUTE FUNCTION ends()")
                .update();
        try {
            assertThatThrownBy(FIGURES::roll).hasMessageContaining("ended");
            assertThat(rolledDays()).isEqualTo(2);
            sums(figured.figures().path("total"), 3, 3, 3, 0, 3, 3);
        } finally {
            db.sql("DROP FUNCTION ends CASCADE").update();
        }
        FIGURES.roll();
        assertThat(rolledDays()).isEqualTo(3);
        sums(figured.figures().path("total"), 3, 3, 3, 0, 3, 3);
    }

    private int rolledDays() {
        return summed("count(DISTINCT day)");
    }

    private int messagesSummed() {
        return summed("sum(messages)");
    }

    private int summed(String what) {
        return figured.db()
                .sql("SELECT " + what + " FROM figure WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void what_is_new_is_added_where_whole_days_take_long_and_what_came_late_is_counted_once_they_are_summed_again() {
        untilTomorrow(Duration.ofHours(1));
        tenant.enrolled(TestTenant.newNumber());
        figured.receipt("delivered", "0.05");
        FIGURES.roll();
        wholeDaysTake(Duration.ofMinutes(4));
        CLOCK.advance(Duration.ofMinutes(10));
        FIGURES.carrier().next(CarrierReply.twilioError(400, 21211));
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        tenant.enrolled(TestTenant.newNumber());
        CLOCK.advance(Duration.ofHours(1));
        // On the next day, in the same sum.
        tenant.enrolled(TestTenant.newNumber());
        var fresh = figured.figures();
        sums(fresh.path("total"), 4, 3, 3, 1, 4, 3);
        FIGURES.roll();
        assertThat(figured.figures()).isEqualTo(fresh);
        assertThat(messagesSummed()).isEqualTo(4);

        figured.receipt("delivered", "0.07");
        FIGURES.roll();
        assertThat(cost()).isEqualTo("0.05");
        CLOCK.advance(Duration.ofHours(1));
        FIGURES.roll();
        assertThat(cost()).isEqualTo("0.12");
        sums(figured.figures().path("total"), 4, 3, 3, 1, 4, 3);
    }

    @Test
    void limits_that_hold_are_added_to_those_of_the_same_day() {
        untilTomorrow(Duration.ofHours(12));
        limitHolds();
        FIGURES.roll();
        wholeDaysTake(Duration.ofMinutes(4));
        limitHolds();
        var fresh = figured.figures().path("limits");
        assertThat(fresh.path(0).path("events").asInt()).isGreaterThan(1);
        FIGURES.roll();
        assertThat(figured.figures().path("limits")).isEqualTo(fresh);
    }

    private void limitHolds() {
        var number = TestTenant.newNumber();
        var token = tenant.mfaToken(tenant.enrolled(number));
        var challenged = tenant.challenge(token);
        for (int guess = 0; guess < 12; guess++)
            tenant.verify(token, challenged.text("oob_code"), tenant.wrongCode(number));
    }

    /** However long that takes: a message changes for a day, and so does the day before. */
    @Test
    void whole_days_are_summed_twice_a_day_at_least() {
        untilTomorrow(Duration.ofMinutes(40));
        tenant.enrolled(TestTenant.newNumber());
        figured.receipt("delivered", "0.05");
        FIGURES.roll();
        CLOCK.advance(Duration.ofHours(12));
        FIGURES.roll();
        wholeDaysTake(Duration.ofHours(3));
        CLOCK.advance(Duration.ofHours(11));
        figured.db()
                .sql("UPDATE receipt SET price = 0.07 WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .update();
        CLOCK.advance(Duration.ofHours(2));
        FIGURES.roll();
        assertThat(cost()).isEqualTo("0.07");
    }

    /** Another server goes on with the same tenant after this one has looked how far it is. */
    @Test
    void nothing_is_added_twice() throws Exception {
        tenant.enrolled(TestTenant.newNumber());
        FIGURES.roll();
        wholeDaysTake(Duration.ofMinutes(4));
        tenant.enrolled(TestTenant.newNumber());
        CLOCK.advance(Duration.ofMinutes(16));
        var sums = FIGURES.server().bean(FigureRolls.class);
        try (var other = figured.outside();
                var thread = Executors.newSingleThreadExecutor()) {
            other.setAutoCommit(false);
            goOn(other);
            var adding = thread.submit(() -> BackgroundWork.run(() -> sums.roll(CLOCK.instant())));
            Eventually.holds("an addition that waits", () -> waiting() > 0);
            other.commit();
            adding.get(1, TimeUnit.MINUTES);
        }
        assertThat(messagesSummed()).isEqualTo(1);
    }

    private void goOn(Connection other) throws SQLException {
        try (var statement = other.prepareStatement(
                "UPDATE figure_until SET until = until + interval '1 min' WHERE tenant_id = ?")) {
            statement.setString(1, tenant.id().value());
            statement.executeUpdate();
        }
    }

    private int waiting() {
        return figured.db()
                .sql(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE figure_until%'")
                .query(Integer.class)
                .single();
    }

    /** To so long before midnight (UTC). */
    private static void untilTomorrow(Duration left) {
        var midnight = CLOCK.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(2));
        CLOCK.advance(Duration.between(CLOCK.instant(), midnight.minus(left)));
    }

    private void wholeDaysTake(Duration time) {
        figured.db()
                .sql("UPDATE figure_until SET whole_ms = :ms WHERE tenant_id = :tenant")
                .param("ms", time.toMillis())
                .param("tenant", tenant.id().value())
                .update();
    }

    private String cost() {
        return figured.figures()
                .path("total")
                .path("cost")
                .path("USD")
                .decimalValue()
                .toPlainString();
    }
}
