package io.ringcode.bench.fraud;

import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.traffic.Circumstances;
import io.ringcode.fraud.traffic.MessageRequest;
import io.ringcode.fraud.traffic.Scope;
import io.ringcode.fraud.traffic.Signal;
import io.ringcode.fraud.traffic.TenantTraffic;
import io.ringcode.fraud.traffic.TenantTraffic.Context;
import io.ringcode.fraud.traffic.TenantTraffic.Proof;
import io.ringcode.fraud.traffic.Verdict.Answer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Messages to as many numbers, from as many addresses, to one tenant: what they cost, and what of them is kept. */
final class Flood {
    private static final Context EVERYTHING = new Context() {
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
    };

    private Flood() {}

    static void run(int messages) {
        var traffic = new TenantTraffic(Signal.ALL);
        var random = new SplittableRandom(1);
        long now = 1_900_000_000_000L;
        int sent = 0;
        int kept = 0;
        var begin = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            var ask = new MessageRequest(
                    new UUID(random.nextLong(), random.nextLong()),
                    random.nextLong(),
                    random.nextLong(),
                    "+4915" + random.nextInt(1_000_000, 10_000_000),
                    "DE",
                    false,
                    true,
                    false,
                    random.nextLong(),
                    random.nextLong(),
                    null,
                    0,
                    false,
                    Circumstances.UNKNOWN);
            if (traffic.judge(ask, EVERYTHING, now).answer() != Answer.REFUSE) {
                traffic.sent(ask, Proof.IMPOSSIBLE, false, 300_000, now);
                sent++;
            }
            now += 5;
            if (i % 4_000 == 0) kept = Math.max(kept, traffic.changed(now).size());
        }
        var micros = (System.nanoTime() - begin) / 1e3 / messages;
        System.gc();
        var runtime = Runtime.getRuntime();
        FraudReport.say(FraudReport.format(
                "%,d messages to as many numbers, 200 a second: %,d sent, %.1f µs each; in memory at the end %,d scopes, codes and"
                        + " numbers, %,d KiB of heap in all; rows to write at a time, at most %,d.",
                messages, sent, micros, traffic.size(), (runtime.totalMemory() - runtime.freeMemory()) / 1024, kept));
    }
}
