package io.ringcode.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestLimits;
import io.ringcode.TestTenant;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.management.Admin;
import io.ringcode.management.ManagementClient;
import io.ringcode.tenant.Tenants;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What an administrator's program sees of the guard against SMS pumping, and does about it. */
class FraudApiTest {
    private static final String FRAUD = "/guardian/factors/phone/fraud";
    private static final String BLOCKED = "PREFIX_2 +228901210";

    private final Pumping pumping = Pumping.fresh();
    private final TestTenant tenant = pumping.tenant();
    private final Admin admin = Admin.of(tenant);

    @BeforeEach
    void no_other_limits() {
        pumping.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        SendLimits.NAME,
                        TestLimits.all(new Bucket(100_000, 1)),
                        pumping.server().clock().instant());
    }

    /** @return how many messages were refused */
    private int attack(int messages) {
        int refused = 0;
        for (int i = 0; i < messages; i++) {
            if (pumping.enrol("+2289012%04d".formatted(1_000 + i), "203.0.113.7")
                    .isRefused()) refused++;
            pumping.pass(Duration.ofSeconds(20));
        }
        pumping.exchange();
        return refused;
    }

    private JsonNode get(String path) {
        var answer = admin.get(FRAUD + path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode scope(String key) {
        for (var one : get("/scopes").path("scopes"))
            if (one.path("scope_key").asString().equals(key)) return one;
        throw new AssertionError(key + " is not in " + get("/scopes"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void rule(String rule, String mode) {
        var answer = admin.put(FRAUD + "/rules", "{'rules':[{'rule':'" + rule + "','mode':'" + mode + "'}]}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    @Test
    void every_rule_has_a_mode_a_name_and_a_sentence_and_modes_are_set() {
        var rules = get("/rules").path("rules");
        assertThat(rules.size()).isEqualTo(FraudRule.values().length);
        for (var rule : rules) {
            assertThat(rule.path("mode").asString())
                    .isEqualTo(rule.path("rule").asString().equals("number_accounts") ? "shadow" : "on");
            assertThat(rule.path("description").asString()).endsWith(".");
        }
        rule("country", "shadow");
        assertThat(get("/rules").path("rules").get(2).path("mode").asString()).isEqualTo("shadow");
        rule("address", "off");
        assertThat(get("/rules").path("rules").get(2).path("mode").asString())
                .as("what is left out is as on a new tenant")
                .isEqualTo("on");
        assertThat(admin.get("/logs?q=type%3Agd_tenant_update&sort=date%3A-1")
                        .body()
                        .toString())
                .contains("fraud/rules");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'rules':[{'rule':'country','mode':'sometimes'}]}",
                "{'rules':[{'rule':'weather','mode':'on'}]}",
                "{'rules':[{'rule':'country'}]}",
                "{'rules':[{'rule':'country','mode':'on'},{'rule':'country','mode':'off'}]}"
            })
    void rules_that_cannot_be_meant_are_refused(String body) {
        assertThat(admin.put(FRAUD + "/rules", body).status()).isEqualTo(400);
    }

    @Test
    void an_attack_is_told_once_by_message_with_the_money_that_was_saved() {
        assertThat(admin.put(FRAUD + "/budgets", "{'currency':'EUR','assumed_price':0.2,'budgets':[]}")
                        .status())
                .isEqualTo(200);
        var refused = attack(25);
        assertThat(refused).isGreaterThan(10);
        var summary = get("/summary");
        assertThat(summary.path("currency").asString()).isEqualTo("EUR");
        for (var time : new String[] {"hour", "day", "week"}) {
            assertThat(summary.path(time).path("refused").asInt()).as(time).isEqualTo(refused);
            assertThat(summary.path(time).path("saved").decimalValue()).isEqualByComparingTo("" + refused * 2 / 10.0);
        }
        int byRule = 0;
        for (var rule : summary.path("rules"))
            byRule += rule.path("day").path("refused").asInt();
        assertThat(byRule).as("each message by one rule").isEqualTo(refused);

        var blocked = scope(BLOCKED);
        assertThat(blocked.path("state").asString()).isEqualTo("blocked");
        assertThat(blocked.path("rule").asString()).isEqualTo("adjacent_numbers");
        assertThat(blocked.path("refused").asInt()).isBetween(1, refused);
        assertThat(blocked.path("saved").decimalValue().doubleValue())
                .isEqualTo(blocked.path("refused").asInt() * 0.2, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(blocked.path("until").asString())
                .isGreaterThan(blocked.path("last_seen").asString());

        pumping.pass(Duration.ofHours(2));
        assertThat(get("/summary").path("hour").path("refused").asInt()).isZero();
        assertThat(get("/summary").path("day").path("refused").asInt()).isEqualTo(refused);
        assertThat(scope(BLOCKED).path("state").asString()).isEqualTo("watched");
        pumping.pass(Duration.ofDays(2));
        // The first token has expired.
        var later = tenant.token("client_credentials", "audience", tenant.issuer() + "api/v2/")
                .text("access_token");
        assertThat(new Admin(tenant, later)
                        .get(FRAUD + "/scopes")
                        .body()
                        .path("scopes")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void what_is_saved_is_counted_by_the_price_list() {
        admin.put(FRAUD + "/prices/twilio", "{'csv':'TG,,sms,0.5\\nTG,2289012,sms,0.75'}");
        admin.put(FRAUD + "/prices/vonage", "{'csv':'TG,,sms,0.9'}");
        var refused = attack(20);
        assertThat(get("/summary").path("day").path("saved").decimalValue())
                .isEqualByComparingTo("" + refused * 3 / 4.0);
        assertThat(get("/decisions?take=1")
                        .path("decisions")
                        .get(0)
                        .path("price")
                        .decimalValue())
                .isEqualByComparingTo("0.75");
    }

    @Test
    void decisions_are_walked_and_filtered() {
        attack(25);
        var seen = new HashSet<String>();
        var from = "";
        do {
            var page = get("/decisions?take=10" + (from.isEmpty() ? "" : "&from=" + from));
            for (var one : page.path("decisions")) {
                assertThat(seen.add(one.path("id").asString())).isTrue();
                assertThat(one.path("scope").asString()).isNotEmpty();
                assertThat(one.path("value").asDouble())
                        .isGreaterThanOrEqualTo(one.path("threshold").asDouble());
            }
            from = page.path("next").asString("");
        } while (!from.isEmpty());
        assertThat(seen).hasSizeGreaterThan(20);
        for (var one : get("/decisions?rule=address").path("decisions"))
            assertThat(one.path("rule").asString()).isEqualTo("address");
        var ofScope = get("/decisions?scope_key=" + encoded(BLOCKED).replace("+", "%2B"))
                .path("decisions");
        assertThat(ofScope.isEmpty()).isFalse();
        for (var one : ofScope) {
            assertThat(one.path("scope").asString()).isEqualTo("prefix:+228901210");
            assertThat(one.path("country").asString()).isEqualTo("TG");
        }
        var now = pumping.server().clock().instant();
        assertThat(get("/decisions?since=" + now.plusSeconds(5))
                        .path("decisions")
                        .isEmpty())
                .isTrue();
        assertThat(get("/decisions?since=" + now.minusSeconds(60))
                        .path("decisions")
                        .size())
                .isLessThan(seen.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rule=weather", "since=yesterday", "from=x", "message_id=x", "page=2", "rule=%00", "take=1000"})
    void a_list_that_cannot_be_meant_is_refused(String query) {
        assertThat(admin.get(FRAUD + "/decisions?" + query).status()).isEqualTo(400);
    }

    @Test
    void a_message_leads_to_its_decisions_and_they_lead_to_it() {
        rule("adjacent_numbers", "shadow");
        admin.put(FRAUD + "/rules", "{'rules':[" + allShadow() + "]}");
        for (int i = 0; i < 12; i++) {
            var login = tenant.mfaToken(tenant.person(), "enroll");
            assertThat(tenant.associate(login, "sms", "+2289012%04d".formatted(4_000 + i))
                            .status())
                    .isEqualTo(200);
            pumping.pass(Duration.ofMinutes(2));
        }
        pumping.exchange();
        var newest = get("/decisions?take=1").path("decisions").get(0);
        assertThat(newest.path("mode").asString()).isEqualTo("shadow");
        assertThat(newest.path("decision").asString()).isEqualTo("allow");
        var message = newest.path("message_id").asString();
        assertThat(admin.get("/guardian/factors/phone/messages/" + message).text("user_id"))
                .isEqualTo(newest.path("user_id").asString());
        var of = get("/decisions?message_id=" + message).path("decisions");
        assertThat(of.isEmpty()).isFalse();
        for (var one : of) assertThat(one.path("message_id").asString()).isEqualTo(message);
        var week = get("/summary").path("rules").get(0).path("week");
        assertThat(week.path("refused").asInt()).isZero();
        assertThat(week.path("would_refuse").asInt()
                        + week.path("would_challenge").asInt())
                .isPositive();
    }

    private JsonNode replay(String rules) {
        var answer = admin.post(FRAUD + "/rules/replay", "{'rules':[" + rules + "]}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void the_last_week_is_replayed_under_other_modes() {
        admin.put(FRAUD + "/budgets", "{'currency':'EUR','assumed_price':0.2,'budgets':[]}");
        var refused = attack(25);
        var asItIs = replay("");
        assertThat(asItIs.path("was")).isEqualTo(asItIs.path("would"));
        assertThat(asItIs.path("was").path("refused").asInt()).isEqualTo(refused);
        assertThat(asItIs.path("was").path("saved").decimalValue()).isEqualByComparingTo("" + refused * 2 / 10.0);
        assertThat(asItIs.path("currency").asString()).isEqualTo("EUR");

        var shadow = replay(allShadow());
        assertThat(shadow.path("was").path("refused").asInt()).isEqualTo(refused);
        assertThat(shadow.path("would").path("refused").asInt()).isZero();
        assertThat(shadow.path("would").path("saved").decimalValue()).isEqualByComparingTo("0");
        // The ranges would have been refused by others than the narrowest, later.
        var fewer = replay("{'rule':'adjacent_numbers','mode':'shadow'}")
                .path("would")
                .path("refused")
                .asInt();
        assertThat(fewer).isBetween(1, refused);
        assertThat(replay("{'rule':'adjacent_numbers','mode':'off'},{'rule':'address','mode':'off'},"
                                + "{'rule':'number_range','mode':'off'}")
                        .path("would")
                        .path("refused")
                        .asInt())
                .isLessThan(refused);
        assertThat(get("/rules").path("rules").get(0).path("mode").asString())
                .as("nothing changed")
                .isEqualTo("on");

        // Last week's attack under rules in shadow is what they would have refused, were they on.
        admin.put(FRAUD + "/rules", "{'rules':[" + allShadow() + "]}");
        pumping.pass(Duration.ofDays(6).plusHours(23));
        var later = new Admin(
                tenant,
                tenant.token("client_credentials", "audience", tenant.issuer() + "api/v2/")
                        .text("access_token"));
        for (int i = 0; i < 25; i++) {
            assertThat(pumping.enrol("+2289013%04d".formatted(1_000 + i), "203.0.113.8")
                            .isSent())
                    .isTrue();
            pumping.pass(Duration.ofSeconds(20));
        }
        pumping.exchange();
        pumping.pass(Duration.ofHours(1));
        var on = later.post(FRAUD + "/rules/replay", "{'rules':[]}").body();
        assertThat(on.path("was").path("refused").asInt())
                .as("a week and more ago")
                .isZero();
        assertThat(on.path("would").path("refused").asInt()).isBetween(10, 24);
    }

    @Test
    void of_decisions_that_were_only_counted_the_replay_tells_at_least_how_many() {
        for (int i = 0; i < 400; i++) {
            pumping.enrol("+2289014%04d".formatted(i), "203.0.113.9");
            pumping.pass(Duration.ofMillis(200));
        }
        pumping.pass(Duration.ofMinutes(2));
        pumping.exchange();
        var refused = get("/summary").path("week").path("refused").asInt();
        assertThat(refused).isGreaterThan(350);
        assertThat(replay("").path("was").path("refused").asInt()).isEqualTo(refused);
        assertThat(replay("").path("would").path("refused").asInt()).isBetween(refused * 9 / 10, refused);
        assertThat(replay(allShadow()).path("would").path("refused").asInt()).isZero();
    }

    private static String allShadow() {
        var all = new StringBuilder();
        for (var rule : FraudRule.values())
            all.append(all.isEmpty() ? "" : ",").append("{'rule':'" + rule.wire() + "','mode':'shadow'}");
        return all.toString();
    }

    @Test
    void a_scope_is_released_permitted_for_ever_and_judged_again() {
        attack(25);
        assertThat(admin.post(FRAUD + "/scopes/release", "{'scope_key':'" + BLOCKED + "'}")
                        .status())
                .isEqualTo(204);
        assertThat(scope(BLOCKED).path("state").asString()).isEqualTo("watched");
        assertThat(pumping.enrol("+22890121099", "198.51.100.1").isSent())
                .as("the wider ranges are refused still")
                .isFalse();
        for (var one : get("/scopes").path("scopes"))
            admin.post(
                    FRAUD + "/scopes/release",
                    Map.of("scope_key", one.path("scope_key").asString()));
        assertThat(pumping.enrol("+22890121099", "198.51.100.1").isSent()).isTrue();

        assertThat(admin.post(FRAUD + "/scopes/permitted", "{'scope_key':'" + BLOCKED + "'}")
                        .status())
                .isEqualTo(201);
        assertThat(get("/scopes").path("permitted").get(0).path("scope").asString())
                .isEqualTo("prefix:+228901210");
        for (var one : get("/scopes").path("scopes"))
            assertThat(one.path("scope_key").asString()).isNotEqualTo(BLOCKED);
        rule("country", "off");
        assertThat(get("/scopes").path("permitted").size()).as("rules leave it").isOne();

        var path = FRAUD + "/scopes/permitted/" + encoded("PREFIX_2 ") + "%2B228901210";
        assertThat(admin.delete(path).status()).isEqualTo(204);
        assertThat(admin.delete(path).status()).isEqualTo(404);
        assertThat(get("/scopes").path("permitted").isEmpty()).isTrue();
        var log = admin.get("/logs?q=type%3Asapi&sort=date%3A-1").body().toString();
        assertThat(log)
                .contains("Release a scope of the fraud guard")
                .contains("Permit a scope of the fraud guard")
                .contains("Judge a scope of the fraud guard again")
                .doesNotContain("+22890121099");
    }

    @ParameterizedTest
    @CsvSource({"release,nonsense", "release,PREFIX_9 +1", "permitted,COUNTRY", "permitted,"})
    void what_is_no_scope_is_refused(String what, String key) {
        assertThat(admin.post(FRAUD + "/scopes/" + what, "{'scope_key':'" + (key == null ? "" : key) + "'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void another_tenant_sees_nothing_of_it() {
        attack(15);
        var rival = Admin.of(Ringcode.shared().tenant());
        assertThat(rival.get(FRAUD + "/decisions").body().path("decisions").isEmpty())
                .isTrue();
        assertThat(rival.get(FRAUD + "/scopes").body().path("scopes").isEmpty()).isTrue();
        assertThat(rival.get(FRAUD + "/summary")
                        .body()
                        .path("week")
                        .path("refused")
                        .asInt())
                .isZero();
    }

    @Test
    void who_may_only_read_changes_nothing() {
        var other = Ringcode.shared().tenant();
        var reader = new Admin(
                other, ManagementClient.of(other, "read:attack_protection").token());
        assertThat(reader.get(FRAUD + "/scopes").status()).isEqualTo(200);
        assertThat(reader.put(FRAUD + "/rules", "{'rules':[]}").status()).isEqualTo(403);
        assertThat(reader.post(FRAUD + "/scopes/release", "{'scope_key':'COUNTRY TG'}")
                        .status())
                .isEqualTo(403);
        assertThat(reader.post(FRAUD + "/scopes/permitted", "{'scope_key':'COUNTRY TG'}")
                        .status())
                .isEqualTo(403);
        assertThat(reader.delete(FRAUD + "/scopes/permitted/COUNTRY%20TG").status())
                .isEqualTo(403);
    }

    @Test
    void sums_of_many_scopes_stay_few() {
        var db = pumping.server().bean(JdbcClient.class);
        db.sql("""
                INSERT INTO fraud_scope_sum (tenant_id, scope_key, scope, rule, first_at, last_at, refused, watched, saved, currency, expires_at)
                SELECT :tenant, 'COUNTRY ' || i, 'country:' || i, 'country', at, at, 1, 0, 0, 'USD', at + interval '30 days'
                  FROM generate_series(1, 5200) AS i, LATERAL (SELECT :now::timestamptz - i * interval '1 s') AS times (at)
                """)
                .param("tenant", tenant.id().value())
                .param("now", pumping.server().clock().instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
        attack(12);
        assertThat(db.sql("SELECT count(*) FROM fraud_scope_sum WHERE tenant_id = :tenant")
                        .param("tenant", tenant.id().value())
                        .query(Integer.class)
                        .single())
                .isBetween(4_900, 5_000);
        assertThat(get("/scopes").path("scopes").size()).isEqualTo(100);
    }
}
