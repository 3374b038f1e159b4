package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestLimits;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.management.Admin;
import io.ringcode.tenant.Tenants;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages that somebody wants sent who should not be able to have them sent, and who is told of it. */
class SendingTest {
    private static final TestDatabase.Database DATABASE = TestDatabase.freshDatabase();
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final TestClock CLOCK = new TestClock();
    private static final Ringcode HERE = Ringcode.on(DATABASE, CARRIER, CLOCK);
    private static final Ringcode THERE = Ringcode.on(DATABASE, CARRIER, CLOCK);
    private static final Bucket PLENTY = new Bucket(1_000, 1);

    private final TestTenant tenant = HERE.tenant();
    private final Admin admin = Admin.of(tenant);
    private final String number = TestTenant.newNumber();

    @AfterAll
    static void stop() {
        THERE.close();
        HERE.close();
        CARRIER.close();
    }

    @Test
    void strangers_who_enrol_a_number_take_nothing_from_its_owner() {
        var owner = tenant.enrolled(number);
        var sent = 0;
        for (int stranger = 0; stranger < 9; stranger++)
            if (enrol(tenant, number).status() == 200) sent++;
        assertThat(sent).as("messages that strangers had sent to the owner").isLessThanOrEqualTo(4);
        for (int login = 0; login < 9; login++)
            assertThat(tenant.challenge(tenant.mfaToken(owner)).status()).isEqualTo(200);
    }

    @Test
    void a_lowered_limit_binds_on_all_servers_within_a_second() {
        var there = tenant.at(THERE);
        assertThat(enrol(tenant, TestTenant.newNumber()).status()).isEqualTo(200);
        assertThat(enrol(there, TestTenant.newNumber()).status()).isEqualTo(200);

        assertThat(admin.put("/guardian/factors/phone/limits", "{'tenant':{'at_once':1,'per_hour':1}}")
                        .status())
                .isEqualTo(200);
        var bound = System.nanoTime() + 1_000_000_000;
        while (limit(HERE) != 1 || limit(THERE) != 1)
            assertThat(System.nanoTime()).as("a second has passed").isLessThan(bound);
        var sent = 0;
        for (int message = 0; message < 20; message++)
            if (enrol(message % 2 == 0 ? tenant : there, TestTenant.newNumber()).status() == 200) sent++;
        assertThat(sent).isLessThanOrEqualTo(1);
    }

    private int limit(Ringcode server) {
        return SendLimits.of(server.bean(Tenants.class).settings(tenant.id()))
                .get(Limit.TENANT)
                .size();
    }

    @Test
    void a_refusal_for_each_reason_is_a_line_with_the_rule_that_refused_and_its_sentence_is_true() {
        var person = tenant.enrolled(number);
        for (int login = 0; login < 9; login++) tenant.challenge(tenant.mfaToken(person));
        assertThat(tenant.challenge(tenant.mfaToken(person)).error()).contains("Too many SMS sent by the user.");
        assertThat(rules()).containsExactly("user/sign_in");

        limits(TestLimits.all(PLENTY).with(Limit.ENROLLMENT_NUMBER, new Bucket(1, 60)));
        enrol(tenant, number);
        assertThat(enrol(tenant, number).error()).contains("Too many messages were sent.");
        assertThat(rules()).endsWith("enrollment_number/enrollment");

        limits(TestLimits.all(PLENTY).with(Limit.TENANT, new Bucket(1, 60)));
        enrol(tenant, TestTenant.newNumber());
        var refused = enrol(tenant, TestTenant.newNumber());
        assertThat(refused.error()).contains("Too many messages were sent.");
        assertThat(refused.retryAfter()).isPositive();
        assertThat(rules()).endsWith("tenant/enrollment");

        permitOnly("DE");
        assertThat(enrol(tenant, TestTenant.newNumber()).status()).isEqualTo(400);
        assertThat(rules()).endsWith("country/enrollment");
        var counted = HERE.bean(MeterRegistry.class);
        for (var rule : List.of("user", "enrollment_number", "tenant", "country"))
            assertThat(counted.counter("ringcode.challenges", "channel", "sms", "result", "denied_" + rule)
                            .count())
                    .as(rule)
                    .isPositive();
    }

    /** A refused message has taken its place in the buckets that had room, until it is rolled back; they did not refuse it. */
    @Test
    void only_a_limit_that_is_reached_is_named() {
        limits(TestLimits.all(PLENTY).with(Limit.USER, new Bucket(3, 3_600)).with(Limit.NUMBER, new Bucket(1, 600)));
        var person = tenant.enrolled(number);
        assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
        var refused = tenant.challenge(tenant.mfaToken(person));
        assertThat(refused.error()).contains("Too many messages were sent.");
        assertThat(refused.retryAfter()).isEqualTo(600);
        assertThat(rules()).containsExactly("number/sign_in");
    }

    @Test
    void a_test_message_is_judged_by_the_same_rules() {
        permitOnly("DE");
        var before = CARRIER.count();
        assertThat(attempt(number).status()).isEqualTo(400);
        assertThat(CARRIER.count()).isEqualTo(before);
        assertThat(rules()).containsExactly("country/trial");

        permitOnly("US");
        limits(TestLimits.all(PLENTY).with(Limit.NUMBER, new Bucket(1, 3_600)));
        assertThat(attempt(number).status()).isEqualTo(202);
        assertThat(attempt(number).status()).isEqualTo(429);
        assertThat(rules()).endsWith("number/trial");
    }

    private io.ringcode.Answer attempt(String to) {
        var account = admin.get("/branding/phone/providers")
                .body()
                .path("providers")
                .get(0)
                .path("id")
                .asString();
        return admin.post("/branding/phone/providers/" + account + "/try", Map.of("to", to, "delivery_method", "text"));
    }

    private static io.ringcode.Answer enrol(TestTenant tenant, String number) {
        return tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
    }

    private void permitOnly(String country) {
        var body = "{'country_codes':{'mode':'allow','list':['" + country + "']}}";
        assertThat(admin.patch("/tenants/settings", body).status()).isEqualTo(200);
    }

    private void limits(SendLimits limits) {
        HERE.bean(Tenants.class).set(tenant.id(), SendLimits.NAME, limits, CLOCK.instant());
    }

    /** Rule and cause of each refusal in the log, the oldest first. */
    private List<@org.jspecify.annotations.Nullable String> rules() {
        return HERE.bean(JdbcClient.class)
                .sql("SELECT data #>> '{details,rule}' || '/' || (data #>> '{details,cause}') FROM log"
                        + " WHERE tenant_id = :tenant AND type = 'limit_phone' ORDER BY id")
                .param("tenant", tenant.id().value())
                .query(String.class)
                .list();
    }
}
