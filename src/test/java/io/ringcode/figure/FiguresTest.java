package io.ringcode.figure;

import static io.ringcode.figure.FigureTenant.sums;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.console.Console;
import io.ringcode.delivery.TestClock;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class FiguresTest {
    private static final FigureServer FIGURES = new FigureServer();
    private static final FakeCarrier CARRIER = FIGURES.carrier();
    private static final TestClock CLOCK = FIGURES.clock();
    private static final Ringcode SERVER = FIGURES.server();

    private final FigureTenant figured = FIGURES.tenant();
    private final TestTenant tenant = figured.tenant();

    @AfterAll
    static void stop() {
        FIGURES.close();
    }

    private Answer get(String path) {
        return figured.get(path);
    }

    private JsonNode figures() {
        return figured.figures();
    }

    private static void roll() {
        FIGURES.roll();
    }

    /** Sums what is older than two minutes, as time goes on. */
    private static void rollEarly() {
        SERVER.bean(FigureRolls.class).roll(CLOCK.instant().plus(Duration.ofMinutes(13)));
    }

    @Test
    void a_tenant_without_messages_has_zeros_for_each_day() {
        var figures = figures();
        sums(figures.path("total"), 0, 0, 0, 0, 0, 0);
        assertThat(figures.path("days")).hasSize(7);
        assertThat(figures.path("days").path(6).path("date").asString())
                .isEqualTo(CLOCK.instant().toString().substring(0, 10));
        assertThat(figures.path("carriers")).isEmpty();
        assertThat(figures.path("limits")).isEmpty();
    }

    @Test
    void a_message_that_is_summed_while_figures_are_read_counts_once() throws Exception {
        tenant.enrolled("+4915112345670");
        CLOCK.advance(Duration.ofMinutes(16));
        try (var sum = figured.outside();
                var statement = sum.createStatement();
                var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            sum.setAutoCommit(false);
            statement.execute("LOCK TABLE figure IN ACCESS EXCLUSIVE MODE");
            var reading = readers.submit(this::figures);
            Eventually.holds("a reader that knows until when sums go, and waits for them", this::someoneWaits);
            // As it is kept in one transaction.
            statement.execute("""
                    INSERT INTO figure (tenant_id, day, provider, channel, country, currency,
                                        messages, sent, delivered, failed, codes, verified, cost)
                    VALUES ('%1$s', '%2$s', 'twilio', 'sms', 'DE', '', 1, 1, 1, 0, 1, 1, 0);
                    INSERT INTO figure_until (tenant_id, until) VALUES ('%1$s', '%2$s')
                    ON CONFLICT (tenant_id) DO UPDATE SET until = excluded.until
                    """.formatted(tenant.id().value(), CLOCK.instant()));
            sum.commit();
            sums(reading.get().path("total"), 1, 1, 1, 0, 1, 1);
        }
    }

    private boolean someoneWaits() {
        return figured.db()
                .sql("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'figure'::regclass")
                .query(Boolean.class)
                .single();
    }

    @Test
    void a_code_counts_from_its_message_to_its_typing_and_summing_changes_nothing() {
        tenant.enrolled("+4915112345678");
        CLOCK.advance(Duration.ofSeconds(1));
        figured.receipt("delivered", "0.0079");
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", "+447400123456");
        CLOCK.advance(Duration.ofSeconds(1));
        CARRIER.next(CarrierReply.twilioError(400, 21211));
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", "+4915112345679");

        var fresh = figures();
        sums(fresh.path("total"), 3, 2, 1, 1, 3, 1);
        assertThat(fresh.path("total").path("cost").path("USD").decimalValue()).isEqualByComparingTo("0.0079");
        assertThat(fresh.path("total").path("priced").path("USD").asInt()).isEqualTo(1);
        sums(fresh.path("days").path(6), 3, 2, 1, 1, 3, 1);
        assertThat(fresh.path("countries").path(0).path("country").asString()).isEqualTo("DE");
        sums(fresh.path("countries").path(0), 2, 1, 1, 1, 2, 1);
        sums(fresh.path("countries").path(1), 1, 1, 0, 0, 1, 0);
        var carrier = fresh.path("carriers").path(0);
        assertThat(carrier.path("provider").asString()).isEqualTo("twilio");
        assertThat(carrier.path("accepted_ms").path("of").asInt()).isEqualTo(2);
        assertThat(carrier.path("delivered_ms").path("p50").asInt()).isBetween(2_000, 5_000);

        roll();
        assertThat(figures()).isEqualTo(fresh);
        roll();
        assertThat(figures()).isEqualTo(fresh);
        tenant.enrolled(TestTenant.newNumber());
        sums(figures().path("total"), 4, 3, 2, 1, 4, 2);
    }

    @Test
    void a_code_that_took_two_messages_is_one_code() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        CLOCK.advance(Duration.ofMinutes(1));
        var token = tenant.mfaToken(person);
        tenant.challenge(token);
        CLOCK.advance(Duration.ofMinutes(1));
        var challenged = tenant.challenge(token);
        assertThat(tenant.verify(token, challenged.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        sums(figures().path("total"), 3, 3, 3, 0, 2, 2);
        roll();
        sums(figures().path("total"), 3, 3, 3, 0, 2, 2);
    }

    @Test
    void a_login_over_midnight_is_one_code_of_two_days() {
        var noon = CLOCK.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36));
        CLOCK.advance(Duration.between(CLOCK.instant(), noon));
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        CLOCK.advance(Duration.ofHours(11).plusMinutes(58));
        var token = tenant.mfaToken(person);
        tenant.challenge(token);
        CLOCK.advance(Duration.ofMinutes(3));
        var challenged = tenant.challenge(token);
        tenant.verify(token, challenged.text("oob_code"), tenant.code(number));
        var fresh = figures();
        sums(fresh.path("days").path(5), 2, 2, 2, 0, 2, 1);
        sums(fresh.path("days").path(6), 1, 1, 1, 0, 0, 1);
        roll();
        assertThat(figures()).isEqualTo(fresh);
    }

    @Test
    void limits_that_held_are_counted_by_what_they_said() {
        var number = TestTenant.newNumber();
        var token = tenant.mfaToken(tenant.enrolled(number));
        var challenged = tenant.challenge(token);
        for (int guess = 0; guess < 12; guess++)
            tenant.verify(token, challenged.text("oob_code"), tenant.wrongCode(number));
        var limits = figures().path("limits");
        assertThat(limits.path(0).path("what").asString()).isEqualTo("Too many wrong codes");
        assertThat(limits.path(0).path("events").asInt()).isPositive();
        roll();
        assertThat(figures().path("limits")).isEqualTo(limits);
    }

    @Test
    void a_message_tells_when_its_code_was_typed() {
        tenant.enrolled(TestTenant.newNumber());
        var list = "/guardian/factors/phone/messages?take=1";
        var typed =
                get(list).body().path("messages").path(0).path("verified_at").asString("");
        assertThat(typed).isNotEmpty();
        roll();
        CLOCK.advance(Duration.ofDays(2));
        SERVER.bean(JdbcClient.class)
                .sql("DELETE FROM challenge WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .update();
        assertThat(get(list).body().path("messages").path(0).path("verified_at").asString(""))
                .isEqualTo(typed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "367", "-1", "x", "9999", "1.5", ""})
    void days_are_1_to_366(String days) {
        var answer = get("/guardian/factors/phone/figures?days=" + days);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("errorCode")).isEqualTo("invalid_query_string");
    }

    /** Each number that the console shows, with the list that it leads to. */
    private static List<MatchResult> counts(Console console, String page) {
        return Pattern.compile("<a class=\"count\" href=\"([^\"]+)\">([0-9,]+)</a>")
                .matcher(console.open(page).html())
                .results()
                .toList();
    }

    @Test
    void each_figure_leads_to_a_list_that_is_as_long() {
        var console = Console.of(tenant);
        tenant.enrolled("+4915112345670");
        CLOCK.advance(Duration.ofSeconds(1));
        figured.receipt("delivered", "0.0079");
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", "+447400123450");
        CARRIER.next(CarrierReply.twilioError(400, 21211));
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", "+4915112345671");
        CLOCK.advance(Duration.ofHours(2));
        var number = TestTenant.newNumber();
        var token = tenant.mfaToken(tenant.enrolled(number));
        tenant.challenge(token);
        CLOCK.advance(Duration.ofMinutes(4));
        SERVER.bean(FigureRolls.class).roll(CLOCK.instant());
        var challenged = tenant.challenge(token);
        tenant.verify(token, challenged.text("oob_code"), tenant.wrongCode(number));
        tenant.verify(token, challenged.text("oob_code"), tenant.code(number));
        var other = TestTenant.newNumber();
        var locked = tenant.mfaToken(tenant.enrolled(other));
        var guessed = tenant.challenge(locked).text("oob_code");
        for (int guess = 0; guess < 12; guess++) tenant.verify(locked, guessed, tenant.wrongCode(other));
        var today = CLOCK.instant().toString().substring(0, 10);
        var seen = new HashSet<String>();
        for (var page : List.of("/console?days=30", "/console/days?days=30", "/console/hours?day=" + today))
            for (var count : counts(console, page)) {
                CLOCK.advance(Duration.ofMillis(500)); // the API's rate
                var list = count.group(1).replace("&amp;", "&");
                var csv = console.open(list.replaceFirst("\\?", ".csv?")).html();
                assertThat(csv.strip().lines().skip(1).count())
                        .as(page + " -> " + list)
                        .isEqualTo(Long.parseLong(count.group(2)));
                assertThat(console.open(list).status()).isEqualTo(200);
                seen.add(list.replaceAll(".*counted_as=", "").replaceFirst("[?].*", ""));
            }
        assertThat(seen)
                .contains("sent", "delivered", "failed", "codes", "verified")
                .contains("/console/messages", "/console/log")
                .hasSize(7);
        assertThat(counts(console, "/console?days=90"))
                .as("there are no lists of what is not kept")
                .isEmpty();
    }

    /** Requested, checked, sent and accepted, delivered by the receipt, entered: in this order. */
    @Test
    void a_story_is_told_from_the_request_to_the_code() {
        // Before, since an administrator gets a code too, and the newest message stands first.
        var console = Console.of(tenant);
        CLOCK.advance(Duration.ofSeconds(1));
        tenant.enrolled(TestTenant.newNumber());
        figured.receipt("delivered", "0.0079");
        var link = Pattern.compile("href=\"(/console/messages/[0-9a-f-]{36})\"")
                .matcher(console.open("/console/messages?counted_as=delivered").html());
        assertThat(link.find()).isTrue();
        assertThat(console.open(link.group(1)).html())
                .containsPattern(
                        "(?s)<h3>Requested</h3>.*<h3>Fraud check</h3>.*<h3>Sent by Twilio</h3>.*>accepted</span> after"
                                + ".*Reported <span class=\"state delivered\">delivered</span>.*0[.]0079 USD.*<h3>Code entered</h3>");
    }

    @Test
    void a_day_is_told_by_the_hour() {
        var hour = CLOCK.instant().atOffset(java.time.ZoneOffset.UTC).getHour();
        tenant.enrolled(TestTenant.newNumber());
        figured.receipt("delivered", "0.01");
        var day = get("/guardian/factors/phone/figures/hours").body();
        assertThat(day.path("hours")).hasSize(24);
        var of = day.path("hours").path(hour);
        sums(of, 1, 1, 1, 0, 1, 1);
        assertThat(of.path("delivered_ms").path("of").asInt()).isOne();
        assertThat(of.path("delivered_ms").path("p50").asInt()).isBetween(2_500, 4_000);
        sums(day.path("hours").path((hour + 1) % 24), 0, 0, 0, 0, 0, 0);
        var console = Console.of(tenant);
        assertThat(console.open("/console/hours").html())
                .contains("Codes by hour", "Delivery time by hour", "Each hour")
                .containsPattern("aria-label=\"%02d:00 to [^\"]*codes requested 2, verified 2".formatted(hour));
        for (var wrong : new String[] {"x", "2020-01-01", "9999-12-31"})
            assertThat(get("/guardian/factors/phone/figures/hours?day=" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
    }

    @Test
    void a_login_whose_messages_lie_before_and_after_a_sum_is_one_code() {
        var number = TestTenant.newNumber();
        var token = tenant.mfaToken(tenant.enrolled(number));
        tenant.challenge(token);
        CLOCK.advance(Duration.ofMinutes(4));
        rollEarly();
        tenant.challenge(token);
        sums(figures().path("total"), 3, 3, 1, 0, 2, 1);
        roll();
        sums(figures().path("total"), 3, 3, 1, 0, 2, 1);
    }

    @Test
    void a_tenant_sees_its_own() {
        tenant.enrolled(TestTenant.newNumber());
        roll();
        assertThat(Admin.of(SERVER.tenant())
                        .get("/guardian/factors/phone/figures")
                        .body()
                        .path("total")
                        .path("messages")
                        .asInt())
                .isZero();
    }
}
