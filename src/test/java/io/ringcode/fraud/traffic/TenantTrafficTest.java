package io.ringcode.fraud.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.traffic.TenantTraffic.Context;
import io.ringcode.fraud.traffic.TenantTraffic.Proof;
import io.ringcode.fraud.traffic.Verdict.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The detector by itself, without clock, database or server. */
class TenantTrafficTest {
    private static final long LIFE = Duration.ofMinutes(5).toMillis();
    private static final long BEGIN = 1_900_000_000_000L;

    private final TenantTraffic traffic = new TenantTraffic(Signal.ALL);
    private final SplittableRandom random = new SplittableRandom(7);
    private long now = BEGIN;

    private static final class Everything implements Context {
        @Override
        public Map<Long, Long> proved() {
            return Map.of();
        }

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

    private MessageRequest ask(String digits, long address) {
        return new MessageRequest(
                UUID.randomUUID(),
                random.nextLong(),
                random.nextLong(),
                digits,
                "DE",
                false,
                true,
                false,
                address,
                address >> 8,
                null,
                0,
                false,
                Circumstances.UNKNOWN);
    }

    private static MessageRequest again(MessageRequest ask) {
        return new MessageRequest(
                UUID.randomUUID(),
                ask.number(),
                ask.account(),
                ask.digits(),
                ask.country(),
                ask.voice(),
                ask.knownRange(),
                ask.confirmed(),
                ask.address(),
                ask.network(),
                ask.wideNetwork(),
                ask.asn(),
                ask.hosting(),
                ask.about());
    }

    private static UUID session(MessageRequest ask) {
        return Objects.requireNonNull(ask.session());
    }

    /** @return whether it was sent */
    private boolean send(MessageRequest ask) {
        if (traffic.judge(ask, new Everything(), now).answer() == Answer.REFUSE) return false;
        traffic.sent(ask, Proof.IMPOSSIBLE, false, LIFE, now);
        return true;
    }

    @Test
    void more_codes_than_are_waited_for_speak_against_nobody() {
        for (int i = 0; i < WaitingCodes.MOST; i++) {
            var other = ask("+491515%07d".formatted(i), i % 50);
            traffic.sent(other, Proof.IMPOSSIBLE, false, LIFE, now);
            traffic.typed(session(other), now);
        }
        var person = ask("+4915211234567", 60);
        for (int i = 0; i < 20; i++) {
            var again = again(person);
            assertThat(send(again)).as("message %s", i).isTrue();
            traffic.typed(session(again), now + 1000);
            now += 2000;
        }
        // A range that was quiet until then, of which the guard never hears that its codes came back.
        for (int i = 0; i < 500; i++)
            traffic.sent(ask("+4915319%06d".formatted(i), 61), Proof.IMPOSSIBLE, false, LIFE, now);
        now += Duration.ofHours(1).toMillis();
        assertThat(send(ask("+4915319000777", 62))).isTrue();
    }

    @Test
    void people_are_left_alone_at_every_usual_conversion() {
        for (var conversion : new double[] {0.6, 0.75, 0.95}) {
            int refused = 0;
            for (int i = 0; i < 20_000; i++) {
                // A dense country: ten thousand ranges of a thousand numbers, and fifty addresses of carriers.
                var ask =
                        ask("+491515%04d%d".formatted(random.nextInt(10_000), random.nextInt(10)), random.nextInt(50));
                if (!send(ask)) refused++;
                now += 8_000;
                if (random.nextDouble() < conversion) traffic.typed(session(ask), now + 15_000);
            }
            assertThat(refused).as("at %s", conversion).isLessThan(20);
            now += Duration.ofDays(100).toMillis();
        }
    }

    @Test
    void beyond_its_bounds_a_flood_of_numbers_and_addresses_takes_no_more_memory() {
        // More than are kept of numbers, of scopes, and of codes that are waited for.
        for (int i = 0; i < 60_000; i++) strange();
        var before = traffic.size();
        for (int i = 0; i < 30_000; i++) strange();
        assertThat(traffic.size()).isLessThanOrEqualTo(before + 1_000);
    }

    @Test
    void a_tenant_that_is_flooded_gives_way_before_the_others() {
        for (int i = 0; i < 5_000; i++) strange();
        var flooded = traffic.size();
        var quiet = new TenantTraffic(Signal.ALL);
        for (int i = 0; i < 100; i++) quiet.sent(ask("+4915112348", i), Proof.IMPOSSIBLE, false, LIFE, now);
        var before = quiet.size();
        Traffic.bound(List.of(quiet, traffic), flooded / 2);
        assertThat(traffic.size()).isBetween(flooded / 8, flooded / 2 - before);
        assertThat(quiet.size()).isEqualTo(before);
        now += Duration.ofDays(1).toMillis();
        assertThat(send(ask("+4915112349", 81))).isTrue();
    }

    @Test
    void a_code_that_is_asked_for_again_is_forgotten_like_any_other() {
        long account = 5;
        var sizes = new ArrayList<Integer>();
        for (int hour = 0; hour < 10; hour++) {
            for (int number = 0; number < 100; number++)
                for (int again = 0; again < 3; again++) {
                    var ask = new MessageRequest(
                            UUID.randomUUID(),
                            number,
                            account,
                            "+4915112350",
                            "DE",
                            false,
                            true,
                            false,
                            82L,
                            0L,
                            null,
                            0,
                            false,
                            Circumstances.UNKNOWN);
                    traffic.sent(ask, Proof.IMPOSSIBLE, false, LIFE, now);
                    now += 1_000;
                }
            now += Duration.ofHours(1).toMillis();
            traffic.changed(now);
            sizes.add(traffic.size());
        }
        assertThat(sizes.getLast()).isEqualTo(sizes.getFirst());
    }

    /** Sent whatever the verdict is, which is more than a server does. */
    private void strange() {
        var ask = ask("+4915" + random.nextInt(1_000_000, 10_000_000), random.nextLong());
        traffic.judge(ask, new Everything(), now);
        traffic.sent(ask, Proof.IMPOSSIBLE, false, LIFE, now);
        now += 2;
    }

    @Test
    void a_flood_does_not_push_out_what_is_known() {
        for (int i = 0; i < 400 && send(ask("+4915112345", 77)); i++) now += 20_000;
        now += LIFE;
        assertThat(send(ask("+4915112345", 78))).isFalse();
        for (int i = 0; i < 60_000; i++) strange();
        assertThat(send(ask("+4915112345", 79))).isFalse();
    }

    @Test
    void a_message_that_does_not_go_out_after_all_counts_nothing() {
        for (int i = 0; i < 50; i++) {
            var ask = ask("+4915112346", 80);
            assertThat(traffic.judge(ask, new Everything(), now).findings()).isEmpty();
            traffic.withdraw(traffic.sent(ask, Proof.IMPOSSIBLE, false, LIFE, now));
            now += 10_000;
        }
    }

    @Test
    void a_number_that_is_nobodys_counts_at_once() {
        int sent = 0;
        for (int i = 0; i < 30; i++) {
            var ask = ask("+4915112347", random.nextLong());
            if (send(ask)) sent++;
            now += 1_000;
            traffic.unknownSubscriber(session(ask), now);
        }
        assertThat(sent).isLessThanOrEqualTo(8);
    }

    @Test
    void a_code_that_is_typed_late_takes_back_what_was_held_against_it() {
        var asks = new java.util.ArrayList<MessageRequest>();
        for (int i = 0; i < 5; i++) {
            asks.add(ask("+4915112348", 81));
            assertThat(send(asks.getLast())).isTrue();
        }
        now += LIFE + 60_000;
        for (var ask : asks) traffic.typed(session(ask), now);
        for (int i = 0; i < 8; i++) {
            assertThat(send(ask("+4915112348", 81))).isTrue();
            now += 1_000;
        }
    }

    @Test
    void networks_of_addresses() {
        assertThat(Networks.of("203.0.113.7")).isEqualTo(new Networks("203.0.113", null));
        assertThat(Networks.of("::ffff:203.0.113.7")).isEqualTo(new Networks("203.0.113", null));
        assertThat(Networks.of("2001:db8:1:2:3:4:5:6")).isEqualTo(new Networks("2001:db8:1:2", "2001:db8:1"));
        assertThat(Networks.of("2001:db8::1")).isEqualTo(new Networks("2001:db8:0:0", "2001:db8:0"));
        assertThat(Networks.of("::1")).isEqualTo(new Networks("0:0:0:0", "0:0:0"));
        assertThat(Networks.of("unknown")).isNull();
        assertThat(Networks.of("1:2:3:4:5:6:7:8:9")).isNull();
    }
}
