package io.ringcode.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestLimits;
import io.ringcode.TestTenant;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.management.Admin;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.server.Eventually;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Budgets as an administrator sets them, and people and applications meet them. */
class BudgetsTest {
    private static final String BUDGETS = "/guardian/factors/phone/fraud/budgets";
    private static final String BRAKE = "/guardian/factors/phone/fraud/brake";
    private static final String USED_UP =
            "429 invalid_request: The message budget is used up. Use another method until an administrator raises it.";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    private void plenty() {
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        SendLimits.NAME,
                        TestLimits.all(new Bucket(100_000, 0.001)),
                        tenant.server().clock().instant());
    }

    private Answer budget(String scope, String limit) {
        return admin.put(
                BUDGETS,
                "{'currency':'USD','assumed_price':0.01,'budgets':[{" + scope + ",'period':'day','limit':" + limit
                        + "}]}");
    }

    private Answer budget(String limit) {
        return budget("'scope':'tenant'", limit);
    }

    private String spent() {
        return admin.get(BUDGETS).body().at("/budgets/0/spent").asString();
    }

    private long log(String where) {
        return tenant.server()
                .bean(JdbcClient.class)
                .sql("SELECT count(*) FROM log WHERE tenant_id = :tenant AND " + where)
                .param("tenant", tenant.id().value())
                .query(Long.class)
                .single();
    }

    @Test
    void five_hundred_at_once_on_two_servers_spend_what_a_hundred_cost_and_the_others_are_told() throws Exception {
        plenty();
        var people = new ArrayList<TestTenant.Person>();
        for (int i = 0; i < 10; i++) people.add(tenant.enrolled(TestTenant.newNumber()));
        assertThat(budget("1.00").status()).isEqualTo(200);
        var before = tenant.server().carrier().count();
        var asked = new ArrayList<Callable<Answer>>();
        try (var other = Ringcode.besideShared(8);
                var threads = Executors.newFixedThreadPool(50)) {
            var there = tenant.at(other);
            for (int i = 0; i < 500; i++) {
                var login = tenant.mfaToken(people.get(i % people.size()));
                var door = i % 2 == 0 ? tenant : there;
                asked.add(() -> whenNotBusy(() -> door.challenge(login)));
            }
            int sent = 0;
            int refused = 0;
            for (var answer : threads.invokeAll(asked)) {
                if (answer.get().status() == 200) sent++;
                else {
                    assertThat(answer.get().error()).isEqualTo(USED_UP);
                    refused++;
                }
            }
            assertThat(sent).isEqualTo(100);
            assertThat(refused).isEqualTo(400);
        }
        assertThat(tenant.server().carrier().count() - before).isEqualTo(100);
        assertThat(spent()).isEqualTo("1");
        assertThat(log("type = 'limit_phone' AND data -> 'details' ->> 'rule' = 'budget'"))
                .isEqualTo(400);
        for (var percent : new int[] {50, 80, 100})
            assertThat(log("type = 'limit_budget' AND data -> 'details' ->> 'percent' = '" + percent + "'"))
                    .as(percent + " %")
                    .isOne();
    }

    /** What is asked again is neither sent nor refused. */
    private static Answer whenNotBusy(Callable<Answer> ask) throws Exception {
        for (int tries = 0; tries < 50; tries++) {
            var answer = ask.call();
            if (answer.status() != 503 && !answer.error().startsWith("429 too_many_requests: The server is busy"))
                return answer;
            Thread.sleep(100);
        }
        throw new AssertionError("Busy all the time");
    }

    @Test
    void a_new_budget_has_what_was_spent_since_its_day_began_and_the_next_day_is_a_new_one() {
        plenty();
        var person = tenant.enrolled(TestTenant.newNumber());
        budget("5");
        for (int i = 0; i < 3; i++)
            assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
        assertThat(budget("'scope':'country','of':'US'", "0.03")
                        .body()
                        .at("/budgets/0/spent")
                        .asString())
                .isEqualTo("0.03");
        assertThat(tenant.challenge(tenant.mfaToken(person)).error()).isEqualTo(USED_UP);
        budget("'scope':'country','of':'FR'", "0.03");
        assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
        budget("'scope':'application','of':'" + tenant.clientId() + "'", "0.04");
        var denied = tenant.challenge(tenant.mfaToken(person));
        assertThat(denied.error()).isEqualTo(USED_UP);
        assertThat(denied.retryAfter()).isBetween(1L, 86_400L);
        tenant.server().clock().advance(Duration.ofSeconds(denied.retryAfter()));
        assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
    }

    @Test
    void a_first_enrolment_that_cannot_be_paid_leaves_nothing() {
        budget("0.005");
        var person = tenant.person();
        var login = tenant.mfaToken(person);
        var number = TestTenant.newNumber();
        assertThat(tenant.associate(login, "sms", number).error()).isEqualTo(USED_UP);
        assertThat(log("type = 'limit_phone'")).isOne();
        budget("1");
        assertThat(tenant.associate(login, "sms", number).status()).isEqualTo(200);
        assertThat(spent()).isEqualTo("0.01");
    }

    @Test
    void a_test_message_is_paid_too_and_the_carriers_refusal_is_free() {
        budget("0.015");
        var id = admin.get("/branding/phone/providers")
                .body()
                .at("/providers/0/id")
                .asString();
        var trial = "{'to':'" + TestTenant.newNumber() + "'}";
        assertThat(admin.post("/branding/phone/providers/" + id + "/try", trial).status())
                .isEqualTo(202);
        assertThat(spent()).isEqualTo("0.01");
        assertThat(admin.post("/branding/phone/providers/" + id + "/try", trial).text("message"))
                .isEqualTo("The message was not sent: the budget is used up");
    }

    @Test
    void the_brake_stops_everything_on_both_servers() {
        var person = tenant.enrolled(TestTenant.newNumber());
        try (var other = Ringcode.besideShared(4)) {
            var there = tenant.at(other);
            assertThat(there.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
            assertThat(admin.put(BRAKE, "{'on':true}").body().path("on").asBoolean())
                    .isTrue();
            var stopped = "503 temporarily_unavailable: An administrator has stopped all messages. Use another method.";
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            there.challenge(tenant.mfaToken(person)).error().equals(stopped));
            assertThat(tenant.challenge(tenant.mfaToken(person)).error()).isEqualTo(stopped);
            admin.put(BRAKE, "{'on':false}");
            assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
        }
    }

    @Test
    void scopes_and_periods_are_read_as_they_are_set() {
        budget("'scope':'country','of':'TG'", "3");
        var read = admin.get(BUDGETS).body().path("budgets").get(0);
        assertThat(read.path("scope").asString()).isEqualTo("country");
        assertThat(read.path("period").asString()).isEqualTo("day");
    }

    @Test
    void tenants_spend_their_own() {
        var rival = Ringcode.shared().tenant();
        budget("0.02");
        rival.enrolled(TestTenant.newNumber());
        assertThat(spent()).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'currency':'usd','budgets':[]} | currency",
                "{'currency':'USD','budgets':[{'scope':'tenant','period':'week','limit':1}]} | period",
                "{'currency':'USD','budgets':[{'scope':'tenant','of':'x','period':'day','limit':1}]} | of",
                "{'currency':'USD','budgets':[{'scope':'country','period':'day','limit':1}]} | of",
                "{'currency':'USD','budgets':[{'scope':'country','of':'Togo','period':'day','limit':1}]} | of",
                "{'currency':'USD','budgets':[{'scope':'tenant','period':'day','limit':-1}]} | limit",
                "{'currency':'USD','budgets':[{'scope':'tenant','period':'day','limit':0.0000001}]} | limit",
            })
    void what_is_no_budget_is_refused_with_its_member(String body, String member) {
        var answer = admin.put(BUDGETS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains(member);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "US,,sms,abc | Line 1: the price must be a number such as 0.0075",
                "US,,sms | Line 1: expected country,prefix,channel,price",
                "usa,,sms,1 | Line 1: the country must be two capital letters (ISO 3166-1), or * for all others",
                "US,,fax,1 | Line 1: the channel must be one of sms, voice",
            })
    void a_list_that_cannot_be_read_is_refused_with_its_line(String csv, String why) {
        var answer = admin.put("/guardian/factors/phone/fraud/prices/twilio", "{'csv':'" + csv + "'}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains(why);
    }

    @Test
    void a_price_list_binds_on_another_server_within_a_second() throws Exception {
        var there = new Prices(tenant.server().bean(JdbcClient.class));
        var number = new PhoneNumber("+22890123456");
        assertThat(there.least(tenant.id(), number, Channel.SMS)).isEmpty();
        for (var price : List.of("0.25", "0.5")) {
            tenant.server()
                    .bean(Prices.class)
                    .set(
                            tenant.id(),
                            "twilio",
                            "TG,,sms," + price,
                            tenant.server().clock().instant());
            Eventually.holds(
                    "the price",
                    Duration.ofSeconds(1),
                    () -> there.least(tenant.id(), number, Channel.SMS)
                            .filter(least -> least.equals(Money.of(new BigDecimal(price))))
                            .isPresent());
        }
    }

    @Test
    void a_price_list_is_kept_replaced_and_removed() {
        var path = "/guardian/factors/phone/fraud/prices";
        assertThat(admin.put(path + "/nobody", "{'csv':''}").status()).isEqualTo(404);
        assertThat(admin.put(path + "/twilio", "{'csv':'US,,sms,0.5'}").status())
                .isEqualTo(200);
        assertThat(admin.get(path).body().at("/prices/0/csv").asString()).isEqualTo("US,,sms,0.5");
        assertThat(admin.delete(path + "/twilio").status()).isEqualTo(204);
        assertThat(admin.delete(path + "/twilio").status()).isEqualTo(404);
    }
}
