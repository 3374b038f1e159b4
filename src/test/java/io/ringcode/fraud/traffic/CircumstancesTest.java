package io.ringcode.fraud.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.traffic.Circumstances.AccountAge;
import io.ringcode.fraud.traffic.Circumstances.FormTime;
import io.ringcode.fraud.traffic.TenantTraffic.Context;
import io.ringcode.fraud.traffic.TenantTraffic.Proof;
import io.ringcode.fraud.traffic.Verdict.Answer;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known of a message beside its scopes makes a program stop sooner, and nobody who has proved himself. */
class CircumstancesTest {
    private static final long LIFE = Duration.ofMinutes(5).toMillis();

    private SplittableRandom random = new SplittableRandom(9);
    private TenantTraffic traffic = new TenantTraffic(Signal.ALL);
    private long now = 1_900_000_000_000L;

    private static long irregular(int i) {
        return 20_000L + new SplittableRandom(i).nextInt(20_000);
    }

    private static long even(int i) {
        return 30_000L + i % 3 * 40L;
    }

    private record Judged(Map<Long, Long> proved) implements Context {
        @Override
        public Proof proof() {
            return Proof.IMPOSSIBLE;
        }

        @Override
        public boolean isPermitted(Scope scope) {
            return false;
        }

        @Override
        public boolean isOn(FraudRule rule) {
            return true;
        }
    }

    private MessageRequest ask(long number, String digits, Circumstances about) {
        return new MessageRequest(
                new UUID(random.nextLong(), random.nextLong()),
                number,
                random.nextLong(),
                digits,
                "DE",
                false,
                true,
                false,
                random.nextLong(),
                random.nextLong(),
                null,
                0,
                false,
                about);
    }

    private static UUID session(MessageRequest ask) {
        return Objects.requireNonNull(ask.session());
    }

    private boolean send(MessageRequest ask) {
        if (traffic.judge(ask, new Judged(Map.of()), now).answer() == Answer.REFUSE) return false;
        traffic.sent(ask, Proof.IMPOSSIBLE, false, LIFE, now);
        return true;
    }

    /** People all over the country, who type their codes and pay the usual price. */
    private void people(int count) {
        for (int i = 0; i < count; i++) {
            var ask = ask(random.nextLong(), "+491515%05d".formatted(random.nextInt(100_000)), at(0.1));
            send(ask);
            traffic.typed(session(ask), now + 15_000);
            now += 30_000 + random.nextInt(60_000);
        }
    }

    private static Circumstances at(double price) {
        return new Circumstances(AccountAge.RECENT, FormTime.USUAL, price);
    }

    /** Codes to a range of a thousand numbers from anywhere that nobody types. @return what is held against the range, in such codes */
    private double held(Set<Signal> signals, Circumstances about, IntToLongFunction pauses) {
        random = new SplittableRandom(9);
        traffic = new TenantTraffic(signals);
        people(40);
        var range = "+49162345";
        for (int i = 0; i < 8; i++) {
            traffic.sent(ask(random.nextLong(), range + i, about), Proof.IMPOSSIBLE, false, LIFE, now);
            now += pauses.applyAsLong(i);
        }
        var verdict = traffic.judge(ask(random.nextLong(), range + 9, about), new Judged(Map.of()), now);
        assertThat(verdict.answer()).isEqualTo(Answer.REFUSE);
        return verdict.findings().stream()
                .filter(one -> one.scope().equals("prefix:" + range))
                .mapToDouble(Verdict.Finding::value)
                .findFirst()
                .orElseThrow();
    }

    private double without(Signal signal, Circumstances about, IntToLongFunction pauses) {
        var rest = EnumSet.allOf(Signal.class);
        rest.remove(signal);
        return held(rest, about, pauses);
    }

    private double withAll(Circumstances about, IntToLongFunction pauses) {
        return held(Signal.ALL, about, pauses);
    }

    @Test
    void a_form_that_comes_back_sooner_than_a_number_is_typed_counts_for_more() {
        var hasty = new Circumstances(AccountAge.RECENT, FormTime.HASTY, 0.1);
        assertThat(withAll(hasty, CircumstancesTest::irregular))
                .isGreaterThan(without(Signal.FORM_TIME, hasty, CircumstancesTest::irregular));
        assertThat(withAll(at(0.1), CircumstancesTest::irregular))
                .isEqualTo(without(Signal.FORM_TIME, at(0.1), CircumstancesTest::irregular));
    }

    @Test
    void pages_that_ask_in_even_intervals_count_for_more_and_applications_do_not() {
        assertThat(withAll(at(0.1), CircumstancesTest::even))
                .isGreaterThan(without(Signal.EVEN_SPACING, at(0.1), CircumstancesTest::even));
        assertThat(withAll(at(0.1), CircumstancesTest::irregular))
                .isEqualTo(without(Signal.EVEN_SPACING, at(0.1), CircumstancesTest::irregular));
        var application = new Circumstances(AccountAge.RECENT, FormTime.UNKNOWN, 0.1);
        assertThat(withAll(application, CircumstancesTest::even))
                .isEqualTo(without(Signal.EVEN_SPACING, application, CircumstancesTest::even));
    }

    @Test
    void a_range_that_costs_ten_times_as_much_for_what_comes_back_is_refused_sooner() {
        assertThat(withAll(at(2), CircumstancesTest::irregular))
                .isGreaterThan(without(Signal.COST, at(2), CircumstancesTest::irregular));
        assertThat(withAll(at(0), CircumstancesTest::irregular))
                .as("no known price")
                .isEqualTo(without(Signal.COST, at(0), CircumstancesTest::irregular));
    }

    @Test
    void accounts_of_months_count_for_less() {
        var old = new Circumstances(AccountAge.OLD, FormTime.USUAL, 0.1);
        assertThat(withAll(old, CircumstancesTest::irregular))
                .isLessThan(without(Signal.ACCOUNT_AGE, old, CircumstancesTest::irregular));
    }

    @ParameterizedTest
    @EnumSource(AccountAge.class)
    void nothing_is_held_against_who_has_proved_himself(AccountAge account) {
        var suspect = new Circumstances(account, FormTime.HASTY, 5);
        var known = ask(1, "+491623459", suspect);
        send(known);
        traffic.typed(session(known), now + 10_000);
        for (int i = 0; i < 12; i++) {
            send(ask(random.nextLong(), "+491623459", suspect));
            now += 30_000;
        }
        assertThat(send(ask(random.nextLong(), "+491623459", suspect))).isFalse();
        assertThat(send(ask(1, "+491623459", suspect))).isTrue();
        assertThat(CodeWeight.of(known, Proof.IMPOSSIBLE, true, true, true, Signal.ALL))
                .isEqualTo(CodeWeight.of(
                        ask(1, "+491623459", Circumstances.UNKNOWN), Proof.IMPOSSIBLE, true, false, false, Signal.ALL));
    }

    @Test
    void what_was_spent_is_known_after_a_start_and_rows_of_before_it_was_counted_are_read() {
        var scope = new Scope(ScopeKind.PREFIX_4, "+49162345");
        var state = new ScopeState(scope);
        for (int i = 0; i < 3; i++) state.spent(2, now);
        var conversion = new Conversion(Signal.ALL);
        conversion.cost().spent(0.1, now);
        conversion.matured(conversion.group(ask(1, "+49162345", Circumstances.UNKNOWN)), true, true, 1, now);
        now += LIFE;

        var later = new ScopeState(scope);
        later.restore(state.sums(now), now, now);
        var elsewhere = new Conversion(Signal.ALL);
        conversion.changed(now).forEach((name, sums) -> elsewhere.restore(name, sums, now, now));
        assertThat(later.cost(elsewhere.cost(), now)).isPositive().isEqualTo(state.cost(conversion.cost(), now));

        var old = new ScopeState(scope);
        old.restore(Arrays.copyOf(state.sums(now), 9), now, now);
        var before = new Conversion(Signal.ALL);
        before.restore("", new double[] {1, 1, 0, 0}, now, now);
        assertThat(old.cost(before.cost(), now)).isZero();
    }

    @Test
    void what_a_server_tells_the_others_is_what_it_saw() {
        for (var age : AccountAge.values())
            for (var form : FormTime.values())
                for (var hosting : new boolean[] {true, false}) {
                    var ask = new MessageRequest(
                            null,
                            1,
                            null,
                            "+49",
                            "DE",
                            hosting,
                            !hosting,
                            true,
                            null,
                            null,
                            null,
                            0,
                            hosting,
                            new Circumstances(age, form, 1));
                    var flags =
                            AskFlags.of(new TrafficEvent.Sent(TenantId.DEFAULT, now, ask, Proof.PASSED, hosting, LIFE));
                    assertThat(flags.account()).isEqualTo(age);
                    assertThat(flags.form()).isEqualTo(form);
                    assertThat(flags.hosting()).isEqualTo(hosting);
                    assertThat(flags.voice()).isEqualTo(hosting);
                    assertThat(flags.probe()).isEqualTo(hosting);
                    assertThat(flags.knownRange()).isEqualTo(!hosting);
                    assertThat(flags.confirmed()).isTrue();
                    assertThat(flags.proof()).isEqualTo(Proof.PASSED);
                }
    }
}
