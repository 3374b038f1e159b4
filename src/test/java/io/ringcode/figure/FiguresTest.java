package io.ringcode.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.console.Console;
import io.ringcode.delivery.TestClock;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class FiguresTest {
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final TestClock CLOCK = new TestClock();
    private static final Ringcode SERVER = Ringcode.on(TestDatabase.freshDatabase(), CARRIER, CLOCK);

    private final TestTenant tenant = SERVER.tenant();

    @AfterAll
    static void stop() {
        SERVER.close();
        CARRIER.close();
    }

    FiguresTest() {
        Admin.of(tenant); // grants it
    }

    /** By a token of this moment: days pass here. */
    private Answer get(String path) {
        var granted = tenant.token("client_credentials", "audience", tenant.issuer() + "api/v2/");
        return new Admin(tenant, granted.text("access_token")).get(path);
    }

    private JsonNode figures() {
        var answer = get("/guardian/factors/phone/figures?days=7");
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    /** Sums all that there is. */
    private static void roll() {
        CLOCK.advance(Duration.ofMinutes(16));
        SERVER.bean(FigureRolls.class).roll(CLOCK.instant());
    }

    /** Sums what is older than two minutes, as time goes on. */
    private static void rollEarly() {
        SERVER.bean(FigureRolls.class).roll(CLOCK.instant().plus(Duration.ofMinutes(13)));
    }

    private static void sums(JsonNode of, int messages, int sent, int delivered, int failed, int codes, int verified) {
        assertThat(of.path("messages").asInt()).as("messages").isEqualTo(messages);
        assertThat(of.path("sent").asInt()).as("sent").isEqualTo(sent);
        assertThat(of.path("delivered").asInt()).as("delivered").isEqualTo(delivered);
        assertThat(of.path("failed").asInt()).as("failed").isEqualTo(failed);
        assertThat(of.path("codes").asInt()).as("codes").isEqualTo(codes);
        assertThat(of.path("verified").asInt()).as("verified").isEqualTo(verified);
    }

    /** A receipt as carriers send them, put where they end. */
    private void receipt(String state, String price) {
        SERVER.bean(JdbcClient.class)
                .sql("""
                        INSERT INTO receipt (tenant_id, provider, vendor_id, state, price, currency, signed, received_at, waiting)
                        SELECT tenant_id, provider, vendor_id, :state, :price::numeric, 'USD', true, at + interval '3 s', false
                          FROM attempt WHERE tenant_id = :tenant ORDER BY message_id DESC LIMIT 1
                        """)
                .param("tenant", tenant.id().value())
                .param("state", state)
                .param("price", price)
                .update();
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
    void a_code_counts_from_its_message_to_its_typing_and_summing_changes_nothing() {
        tenant.enrolled("+4915112345678");
        CLOCK.advance(Duration.ofSeconds(1));
        receipt("delivered", "0.0079");
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
    void what_comes_late_is_counted_and_the_sums_outlive_the_messages() {
        tenant.enrolled(TestTenant.newNumber());
        roll();
        CLOCK.advance(Duration.ofHours(20));
        receipt("delivered", "0.05");
        roll();
        assertThat(figures().path("total").path("cost").path("USD").decimalValue())
                .isEqualByComparingTo("0.05");
        CLOCK.advance(Duration.ofDays(3));
        roll();
        SERVER.bean(JdbcClient.class)
                .sql("DELETE FROM message WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .update();
        roll();
        var later = figures();
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
        var before = figures();
        sums(before.path("total"), 2, 2, 2, 0, 2, 2);
        roll();
        assertThat(SERVER.bean(JdbcClient.class)
                        .sql("SELECT sum(verified) FROM figure WHERE tenant_id = :tenant")
                        .param("tenant", tenant.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        sums(figures().path("total"), 2, 2, 2, 0, 2, 2);
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
        receipt("delivered", "0.0079");
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
        for (var page : List.of("/console?days=30", "/console/hours?day=" + today))
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

    @Test
    void a_day_is_told_by_the_hour() {
        var hour = CLOCK.instant().atOffset(java.time.ZoneOffset.UTC).getHour();
        tenant.enrolled(TestTenant.newNumber());
        receipt("delivered", "0.01");
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
                .containsPattern("aria-label=\"%02d:00 to [^\"]*codes asked for 2, verified 2".formatted(hour));
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
