package io.ringcode.delivery;

import io.ringcode.delivery.carrier.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Three carriers with faults. The ant flaps: 40 s well, 20 s of nothing but 503. The bee drops three messages of ten that
 * it took, and says nothing of them. The cat is slow: a tenth of its answers time out, half of which messages arrive all
 * the same, a twentieth are 500, and its receipts come up to 25 s late. All lose one message in fifty.
 */
final class FaultyCarriers {
    private final Instant start;
    private final Random random = new Random(1);

    FaultyCarriers(Instant start) {
        this.start = start;
    }

    /**
     * @param answer null: taken
     * @param carried whether the carrier has it, whatever it answered
     * @param arrivesAfter null: never
     * @param receiptAfter null: none
     */
    record Fate(
            @Nullable SendResult answer,
            boolean carried,
            @Nullable Duration arrivesAfter,
            @Nullable Duration receiptAfter) {}

    synchronized Fate fate(String name, Instant now) {
        return switch (name) {
            case "ant" -> {
                var second = Duration.between(start, now).toSeconds() % 60;
                yield second >= 40 ? failed("http_503") : taken(0.02, between(1, 6), between(1, 3));
            }
            case "bee" -> taken(0.32, between(1, 5), between(1, 3));
            default -> {
                var chance = random.nextDouble();
                if (chance < 0.05) yield failed("http_500");
                if (chance < 0.10) yield new Fate(new SendResult.Unknown("timeout"), false, null, null);
                if (chance < 0.15) yield new Fate(new SendResult.Unknown("timeout"), true, between(2, 10), null);
                yield taken(0.02, between(2, 10), between(3, 15));
            }
        };
    }

    private static Fate failed(String code) {
        return new Fate(new SendResult.Unavailable(code, null), false, null, null);
    }

    private Fate taken(double lost, Duration arrival, Duration receipt) {
        return random.nextDouble() < lost
                ? new Fate(null, true, null, null)
                : new Fate(null, true, arrival, arrival.plus(receipt));
    }

    private Duration between(int least, int most) {
        return Duration.ofMillis(least * 1000L + random.nextInt((most - least) * 1000));
    }
}
