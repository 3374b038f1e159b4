package io.ringcode.localphone;

import io.ringcode.database.DatabaseClock;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The server's clock, which development mode may set ahead, so that codes, sessions and limits run out at once. */
@Component
class DevelopmentClock {
    private static final Duration FURTHEST = Duration.ofDays(31);

    private final Clock clock;

    DevelopmentClock(Clock clock) {
        this.clock = clock;
    }

    /** @param ahead of the real time */
    record Time(Instant now, Duration ahead) {}

    enum Move {
        MOVED,
        NOT_A_STEP,
        /** Tests bring a clock of their own. */
        FIXED
    }

    /** Empty where it cannot be moved. */
    Optional<Time> time() {
        return clock instanceof DatabaseClock shared
                ? Optional.of(new Time(shared.instant(), shared.ahead()))
                : Optional.empty();
    }

    Move move(String by) {
        if (!(clock instanceof DatabaseClock shared)) return Move.FIXED;
        try {
            var step = Duration.parse(by);
            if (step.isNegative() || step.compareTo(FURTHEST) > 0) return Move.NOT_A_STEP;
            var ahead = step.isZero() ? step : shared.ahead().plus(step);
            if (ahead.compareTo(FURTHEST) > 0) return Move.NOT_A_STEP;
            shared.setAhead(ahead);
            return Move.MOVED;
        } catch (DateTimeException | ArithmeticException _) {
            return Move.NOT_A_STEP;
        }
    }
}
