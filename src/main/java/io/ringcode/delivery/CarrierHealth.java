package io.ringcode.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Which carriers are well, as far as this node has seen. Two breakers for each way: one hears how a carrier answers, the
 * other what becomes of the messages that it took. Either one open leaves the carrier alone for a while, after which a
 * few messages try it again.
 */
@Component
class CarrierHealth {
    private static final Logger LOG = LoggerFactory.getLogger(CarrierHealth.class);
    static final Duration LEFT_ALONE = Duration.ofSeconds(10);
    static final Duration LEFT_ALONE_FOR_SILENCE = Duration.ofSeconds(30);
    /** Its trial messages may have no receipts here: another node got them, or the carrier stopped sending any. */
    private static final Duration LONGEST_TRIAL = Duration.ofSeconds(60);

    private static final Duration TURN_FORGOTTEN = Duration.ofMinutes(2);

    /** Breakers count exceptions; this one has nothing to tell. */
    private static final class Failure extends Exception {
        Failure() {
            super("a failure", null, false, false);
        }
    }

    /** An account of a tenant with a carrier, for one channel and one country. */
    record Way(TenantId tenant, String provider, Channel channel, String region) {}

    private final Clock clock;
    private final MeterRegistry meters;
    private final CircuitBreakerConfig answers;
    private final CircuitBreakerConfig arrivals;
    private final Cache<Way, Health> ways =
            Caffeine.newBuilder().maximumSize(10_000).build();

    CarrierHealth(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
        this.answers = CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindow(20, 10, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(LEFT_ALONE)
                .permittedNumberOfCallsInHalfOpenState(3)
                // A turn whose outcome is never told, as when the database was away, must not be waited for.
                .maxWaitDurationInHalfOpenState(TURN_FORGOTTEN)
                .build();
        // Some messages never arrive anywhere: handsets are off, and some networks tell nothing.
        this.arrivals = CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindow(40, 20, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(25)
                .waitDurationInOpenState(LEFT_ALONE_FOR_SILENCE)
                .permittedNumberOfCallsInHalfOpenState(5)
                .maxWaitDurationInHalfOpenState(TURN_FORGOTTEN)
                .build();
    }

    private final class Health {
        private final CircuitBreaker answering;
        private final CircuitBreaker arriving;
        private volatile Instant quietUntil = Instant.MIN;
        private volatile Instant answeringAgain = Instant.MIN;
        private volatile Instant arrivingAgain = Instant.MIN;
        private volatile Instant trialSince = Instant.MIN;

        Health(Way way) {
            answering = CircuitBreaker.of("answers", answers);
            arriving = CircuitBreaker.of("arrivals", arrivals);
            answering.getEventPublisher().onStateTransition(event -> {
                var to = event.getStateTransition().getToState();
                if (to == State.OPEN)
                    answeringAgain = clock.instant().plus(LEFT_ALONE).plusMillis(1);
                tell(way, "answers", to);
            });
            arriving.getEventPublisher().onStateTransition(event -> {
                var to = event.getStateTransition().getToState();
                if (to == State.OPEN)
                    arrivingAgain = clock.instant().plus(LEFT_ALONE_FOR_SILENCE).plusMillis(1);
                if (to == State.HALF_OPEN) trialSince = clock.instant();
                tell(way, "arrivals", to);
            });
        }

        boolean admits() {
            if (clock.instant().isBefore(quietUntil)) return false;
            var stuck = arriving.getState() == State.HALF_OPEN
                    && trialSince.plus(LONGEST_TRIAL).isBefore(clock.instant());
            if (stuck) arriving.transitionToClosedState();
            if (!arriving.tryAcquirePermission()) return false;
            if (answering.tryAcquirePermission()) return true;
            arriving.releasePermission();
            return false;
        }
    }

    /** Takes a turn with this carrier, which one of the next four must end; false: leave it alone. */
    boolean admits(Way way) {
        return of(way).admits();
    }

    /** A turn that was not used, or whose outcome says nothing of the carrier. */
    void spared(Way way) {
        var health = of(way);
        health.answering.releasePermission();
        health.arriving.releasePermission();
    }

    /** It has the message: the turn of what arrives stays taken until {@link #told}. */
    void took(Way way) {
        of(way).answering.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** It answered well, and the message could be carried by nobody: nothing will be told of it. */
    void declined(Way way) {
        var health = of(way);
        health.answering.onSuccess(0, TimeUnit.NANOSECONDS);
        health.arriving.releasePermission();
    }

    /** @param retryAfter how long the carrier wants to be left alone; null where it did not say */
    void failed(Way way, @Nullable Duration retryAfter) {
        var health = of(way);
        if (retryAfter != null) health.quietUntil = clock.instant().plus(retryAfter);
        health.answering.onError(0, TimeUnit.NANOSECONDS, new Failure());
        health.arriving.releasePermission();
    }

    /** What became of a message that the carrier took. */
    void told(Way way, boolean arrived) {
        var arriving = of(way).arriving;
        if (arrived) arriving.onSuccess(0, TimeUnit.NANOSECONDS);
        else arriving.onError(0, TimeUnit.NANOSECONDS, new Failure());
    }

    /** Whether it takes messages when asked, whatever becomes of them then. */
    boolean answers(Way way) {
        var health = of(way);
        return health.answering.getState() == State.CLOSED && !clock.instant().isBefore(health.quietUntil);
    }

    /** When this carrier may be asked again; a moment that is past when it may be at once. */
    Instant nextChance(Way way) {
        var health = of(way);
        var chance = health.quietUntil;
        if (health.answering.getState() == State.OPEN && health.answeringAgain.isAfter(chance))
            chance = health.answeringAgain;
        if (health.arriving.getState() == State.OPEN && health.arrivingAgain.isAfter(chance))
            chance = health.arrivingAgain;
        return chance;
    }

    private Health of(Way way) {
        return ways.get(way, Health::new);
    }

    private void tell(Way way, String what, State to) {
        var state = to.name().toLowerCase(Locale.ROOT);
        meters.counter("ringcode.breaker", "provider", way.provider(), "country", way.region(), "of", what, "to", state)
                .increment();
        var sentence = "The breaker for the {} of {}, {} to {}, tenant {}, is now {}";
        if (to == State.OPEN)
            LOG.warn(
                    sentence,
                    what,
                    way.provider(),
                    way.channel().wire(),
                    way.region(),
                    way.tenant().value(),
                    state);
        else
            LOG.info(
                    sentence,
                    what,
                    way.provider(),
                    way.channel().wire(),
                    way.region(),
                    way.tenant().value(),
                    state);
    }
}
