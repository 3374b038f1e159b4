package io.ringcode.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestLimits;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.ProofAsked;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.Pumping.Asked;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guard learns, and what it does about it. Numbers are of Togo unless a test says otherwise. */
class SmsPumpingTest {
    private final Pumping pumping = Pumping.fresh();

    /** So that only what is learned refuses. */
    @BeforeEach
    void no_other_limits() {
        pumping.server()
                .bean(Tenants.class)
                .set(
                        pumping.tenant().id(),
                        SendLimits.NAME,
                        TestLimits.all(new Bucket(100_000, 1)),
                        pumping.server().clock().instant());
    }

    private static String number(int last) {
        return "+2289012" + "%04d".formatted(last);
    }

    private static long sent(List<Asked> asked) {
        return asked.stream().filter(Asked::isSent).count();
    }

    private static Rule rule(Asked asked) {
        return ((Denied) asked.admission()).rule();
    }

    @Test
    void of_25_new_users_with_consecutive_numbers_from_one_address_most_get_nothing() {
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < 25; i++) {
            asked.add(pumping.enrol(number(1_000 + i), "203.0.113.7"));
            pumping.pass(Duration.ofSeconds(20));
        }
        assertThat(sent(asked)).isLessThanOrEqualTo(10);
        assertThat(asked.getLast().isRefused()).isTrue();
    }

    @Test
    void a_range_is_refused_whatever_addresses_ask() {
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < 60; i++) {
            asked.add(pumping.enrol(number(i * 37 % 1_000), "203.0." + i + ".9"));
            pumping.pass(Duration.ofMinutes(1));
        }
        assertThat(sent(asked)).isLessThanOrEqualTo(12);
        assertThat(rule(asked.getLast())).isIn(Rule.NUMBER_RANGE, Rule.ADJACENT_NUMBERS);
        var learned = ((Denied) asked.getLast().admission()).learned();
        assertThat(learned).isNotEmpty();
        var first = learned.getFirst();
        assertThat(first.scope()).startsWith("prefix:+22890");
        assertThat(first.value()).isGreaterThanOrEqualTo(first.threshold());
        assertThat(first.until()).isAfter(pumping.server().clock().instant());
        // People with other numbers are none of its business.
        assertThat(pumping.person("+4915123456789", "198.51.100.4").isSent()).isTrue();
    }

    @Test
    void an_address_is_refused_whatever_numbers_it_asks_for() {
        pumping.person("+4915112121212", "198.51.100.8");
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < 40; i++) {
            asked.add(pumping.enrol("+49151" + (23_000_000 + i * 1_737_373), "203.0.113.8"));
            pumping.pass(Duration.ofSeconds(40));
        }
        assertThat(sent(asked)).isLessThanOrEqualTo(16);
        assertThat(rule(asked.getLast())).isEqualTo(Rule.ADDRESS_TRAFFIC);
        assertThat(pumping.enrol("+4915199999999", "198.51.100.9").isSent()).isTrue();
    }

    @Test
    void an_office_whose_people_type_their_codes_enrols_them_all() {
        var refused = 0;
        for (int i = 0; i < 120; i++) {
            var asked = pumping.enrol(number(2_000 + i), "203.0.113.20");
            pumping.pass(Duration.ofSeconds(15));
            if (!asked.isSent()) refused++;
            else if (i % 8 != 0) pumping.type(asked);
        }
        assertThat(refused).isZero();
    }

    @Test
    void who_has_typed_a_code_before_passes_whatever_is_refused_around_him() {
        var before = pumping.person(number(3_333), "203.0.113.30");
        assertThat(before.isSent()).isTrue();
        attack(3_000, 60);
        assertThat(pumping.enrol(number(3_099), "203.0.113.31").isRefused()).isTrue();
        assertThat(pumping.enrol(number(3_333), "203.0.113.31").isSent()).isTrue();
        // Also on a server that knows it from the database alone.
        pumping.exchange();
        var user = "auth0|owner" + UUID.randomUUID();
        var owner = pumping.enrolAs(user, "+4915188888888", "198.51.100.40");
        pumping.type(owner);
        assertThat(pumping.enrolAs(user, number(3_098), "198.51.100.40").isSent())
                .isTrue();
    }

    @Test
    void a_carrier_that_fails_is_no_attack() {
        var owners = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            var number = "+49151" + (30_000_000 + i * 1_000_003);
            owners.add(number);
            pumping.person(number, "198.51." + i + ".1");
        }
        pumping.pass(Duration.ofHours(1));
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < 60; i++) {
            pumping.ask(
                    UUID.randomUUID(),
                    "auth0|owner" + i,
                    owners.get(i),
                    "198.51." + i + ".1",
                    Ownership.CONFIRMED,
                    Proof.IMPOSSIBLE,
                    Channel.SMS);
            // New people of one network, none of whose codes arrive.
            if (i % 3 == 0) asked.add(pumping.enrol("+4915144" + (100_000 + i * 4_999), "198.51.100." + i));
            pumping.pass(Duration.ofSeconds(20));
        }
        assertThat(asked).hasSize(20).allMatch(Asked::isSent);
    }

    @Test
    void false_failures_close_no_country_for_its_people() {
        for (int i = 0; i < 20; i++) pumping.person("+35699" + (210_000 + i * 7_919), "192.0.2." + i);
        pumping.pass(Duration.ofHours(2));
        for (int i = 0; i < 150; i++) {
            pumping.enrol("+35679" + (200_000 + i * 4_337), "198.18." + i + ".3");
            pumping.pass(Duration.ofSeconds(30));
        }
        // A range that the attack has not touched, and one where people are known.
        assertThat(pumping.person("+35699210042", "192.0.2.99").isSent()).isTrue();
        assertThat(pumping.person("+35699456789", "192.0.2.98").isSent()).isTrue();
        assertThat(pumping.person("+4915177777777", "192.0.2.97").isSent()).isTrue();
    }

    @Test
    void within_half_an_hour_after_an_attack_people_pass_again_and_restore_the_range() {
        attack(4_000, 100);
        assertThat(pumping.enrol(number(4_990), "198.51.100.77").isRefused()).isTrue();
        pumping.pass(Duration.ofMinutes(28));
        for (int i = 0; i < 8; i++) {
            assertThat(pumping.person(number(4_900 + i), "198.51.100." + i).isSent())
                    .as("person %d", i)
                    .isTrue();
            pumping.pass(Duration.ofMinutes(1));
        }
    }

    @Test
    void a_spray_over_many_countries_is_one_thing() {
        var heads = List.of(
                "+22961", "+22462", "+9477", "+99450", "+99290", "+99890", "+99655", "+26132", "+22366", "+22177",
                "+2376", "+2162", "+2135", "+9647", "+923", "+8801", "+97798", "+9592", "+8551", "+8562");
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < 200; i++) {
            var head = heads.get(i % heads.size());
            var length = 12;
            var rest = "%07d".formatted(1_234_567 + i * 31_337);
            var number = head + "0123456789".substring(0, Math.max(0, length - head.length() - 7)) + rest;
            try {
                asked.add(pumping.enrol(number, "203." + i + ".5.1"));
            } catch (io.ringcode.phone.InvalidPhoneNumber _) {
                // The plan has no such number.
            }
            pumping.pass(Duration.ofSeconds(30));
        }
        assertThat(asked).hasSizeGreaterThan(60);
        assertThat(sent(asked)).isLessThanOrEqualTo(30);
    }

    @Test
    void a_number_that_answers_nothing_waits_longer_each_time() {
        var number = "+4915166666661";
        for (int i = 0; i < 5; i++)
            assertThat(pumping.enrolAs("auth0|silent", number, null).isSent()).isTrue();
        var denied = (Denied) pumping.enrolAs("auth0|silent", number, null).admission();
        assertThat(denied.rule()).isEqualTo(Rule.NUMBER_WAIT);
        assertThat(denied.retryAfter()).isEqualTo(Duration.ofMinutes(5));
        pumping.pass(Duration.ofMinutes(5));
        assertThat(pumping.enrolAs("auth0|silent", number, null).isSent()).isTrue();
        assertThat(((Denied) pumping.enrolAs("auth0|silent", number, null).admission()).retryAfter())
                .isEqualTo(Duration.ofMinutes(10));
        pumping.pass(Duration.ofMinutes(10));
        var last = pumping.enrolAs("auth0|silent", number, null);
        pumping.type(last);
        for (int i = 0; i < 3; i++)
            assertThat(pumping.enrolAs("auth0|silent", number, null).isSent()).isTrue();
    }

    @Test
    void a_number_is_claimed_by_five_accounts_a_day() {
        var number = "+4915166666662";
        for (int i = 0; i < 6; i++) {
            var watched = pumping.enrolAs("auth0|other" + i, "+4915166666663", null);
            assertThat(watched.isSent()).as("only watched on a new tenant").isTrue();
            pumping.type(watched);
        }
        pumping.rules(FraudRules.DEFAULT.with(FraudRule.NUMBER_ACCOUNTS, RuleMode.ON));
        for (int i = 0; i < 5; i++) {
            var asked = pumping.enrolAs("auth0|family" + i, number, null);
            assertThat(asked.isSent()).isTrue();
            pumping.type(asked);
        }
        var sixth = pumping.enrolAs("auth0|family5", number, null);
        assertThat(rule(sixth)).isEqualTo(Rule.NUMBER_ACCOUNTS);
        assertThat(((Denied) sixth.admission()).retryAfter()).isEqualTo(Duration.ofHours(24));
        assertThat(pumping.enrolAs("auth0|family3", number, null).isSent()).isTrue();
        pumping.pass(Duration.ofHours(24));
        assertThat(pumping.enrolAs("auth0|family5", number, null).isSent()).isTrue();
    }

    @Test
    void an_account_claims_three_new_numbers_a_day() {
        for (int i = 0; i < 3; i++)
            assertThat(pumping.enrolAs("auth0|aged", "+4915155555" + (100 + i * 91), "198.51.100.1")
                            .isSent())
                    .isTrue();
        assertThat(rule(pumping.enrolAs("auth0|aged", "+4915155555999", "198.51.100.1")))
                .isEqualTo(Rule.ACCOUNT_NUMBERS);
        assertThat(pumping.enrolAs("auth0|aged", "+4915155555100", "198.51.100.1")
                        .isSent())
                .isTrue();
        pumping.pass(Duration.ofHours(24));
        assertThat(pumping.enrolAs("auth0|aged", "+4915155555999", "198.51.100.1")
                        .isSent())
                .isTrue();
    }

    @Test
    void who_can_prove_that_he_is_no_program_is_asked_before_he_is_refused() {
        Asked first = null;
        for (int i = 0; i < 20 && first == null; i++) {
            var asked = pumping.enrol(number(5_000 + i), "203.0.113.50", Proof.POSSIBLE);
            if (asked.admission() instanceof ProofAsked) first = asked;
            else assertThat(asked.isRefused()).isFalse();
            pumping.pass(Duration.ofSeconds(20));
        }
        assertThat(first).isNotNull();
        assertThat(pumping.enrol(number(5_020), "203.0.113.50", Proof.PASSED).isSent())
                .isTrue();
    }

    @Test
    void a_rule_in_shadow_tells_and_does_nothing_and_one_that_is_off_does_not_even_tell() {
        pumping.rules(FraudRules.DEFAULT.all(RuleMode.SHADOW).with(FraudRule.ADDRESS, RuleMode.OFF));
        for (int i = 0; i < 30; i++) {
            assertThat(pumping.enrol(number(6_000 + i), "203.0.113.60").isSent())
                    .isTrue();
            pumping.pass(Duration.ofSeconds(20));
        }
        pumping.exchange();
        var told = pumping.server()
                .bean(FraudDecisions.class)
                .list(pumping.tenant().id(), FraudDecisions.Filter.ALL, 100);
        assertThat(told).isNotEmpty().allSatisfy(one -> {
            assertThat(one.mode()).isEqualTo(RuleMode.SHADOW);
            assertThat(one.done()).isEqualTo(FraudDecision.Answer.ALLOW);
            assertThat(one.rule()).isNotEqualTo(FraudRule.ADDRESS);
        });
        assertThat(told).anyMatch(one -> one.answer() == FraudDecision.Answer.REFUSE);
    }

    /** One range, one a minute, from anywhere. */
    private void attack(int first, int count) {
        for (int i = 0; i < count; i++) {
            pumping.enrol(number(first + i * 7 % 900), "203.1." + i + ".2");
            pumping.pass(Duration.ofMinutes(1));
        }
    }
}
