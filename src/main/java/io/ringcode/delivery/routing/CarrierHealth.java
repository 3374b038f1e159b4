package io.ringcode.delivery.routing;

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
 * Circuit breakers for carriers, as far as this node has seen. Two for each {@link HealthKey}: one counts how the carrier
 * answers, the other what becomes of the messages that it took. While either is open the carrier is not asked; then a few
 * messages try it again.
 */
@Component
public class CarrierHealth {
    private static final Logger LOG = LoggerFactory.getLogger(CarrierHealth.class);
    public static final Duration LEFT_ALONE = Duration.ofSeconds(10);
    public static final Duration LEFT_ALONE_FOR_SILENCE = Duration.ofSeconds(30);
    /** Messages of a half-open breaker may have no receipts here: another node got them, or the carrier stopped sending any. */
    private static final Duration LONGEST_TRIAL = Duration.ofSeconds(60);

    private static final Duration PERMIT_FORGOTTEN = Duration.ofMinutes(2);

    /** Breakers count exceptions; this one carries no details. */
    private static final class Failure extends Exception {
        Failure() {
            super("a failure", null, false, false);
        }
    }

    /** What has circuit breakers of its own: a tenant's account with a carrier, for one channel and one country. */
    public record HealthKey(TenantId tenant, String provider, Channel channel, String region) {}

    private final Clock clock;
    private final MeterRegistry meters;
    private final CircuitBreakerConfig answers;
    private final CircuitBreakerConfig arrivals;
    private final Cache<HealthKey, Health> byKey =
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
                // A permit whose outcome is never recorded, as when the database was away, must not be waited for.
                .maxWaitDurationInHalfOpenState(PERMIT_FORGOTTEN)
                .build();
        // Some messages never arrive anywhere: handsets are off, and some networks send no receipts.
        this.arrivals = CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindow(40, 20, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(25)
                .waitDurationInOpenState(LEFT_ALONE_FOR_SILENCE)
                .permittedNumberOfCallsInHalfOpenState(5)
                .maxWaitDurationInHalfOpenState(PERMIT_FORGOTTEN)
                .build();
    }

    private final class Health {
        private final CircuitBreaker answering;
        private final CircuitBreaker arriving;
        private volatile Instant quietUntil = Instant.MIN;
        private volatile Instant answeringAgain = Instant.MIN;
        private volatile Instant arrivingAgain = Instant.MIN;
        private volatile Instant trialSince = Instant.MIN;

        Health(HealthKey key) {
            answering = CircuitBreaker.of("answers", answers);
            arriving = CircuitBreaker.of("arrivals", arrivals);
            answering.getEventPublisher().onStateTransition(event -> {
                var to = event.getStateTransition().getToState();
                if (to == State.OPEN)
                    answeringAgain = clock.instant().plus(LEFT_ALONE).plusMillis(1);
                report(key, "answers", to);
            });
            arriving.getEventPublisher().onStateTransition(event -> {
                var to = event.getStateTransition().getToState();
                if (to == State.OPEN)
                    arrivingAgain = clock.instant().plus(LEFT_ALONE_FOR_SILENCE).plusMillis(1);
                if (to == State.HALF_OPEN) trialSince = clock.instant();
                report(key, "arrivals", to);
            });
        }

        boolean tryAcquire() {
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

    /** Takes a permit to ask this carrier, which one of the next four methods must end; false: do not ask it. */
    boolean tryAcquire(HealthKey key) {
        return of(key).tryAcquire();
    }

    /** Ends a permit that was not used, or whose outcome says nothing about the carrier. */
    public void releaseUnused(HealthKey key) {
        var health = of(key);
        health.answering.releasePermission();
        health.arriving.releasePermission();
    }

    /** The carrier took the message: the permit for arrival stays taken until {@link #recordArrival}. */
    public void accepted(HealthKey key) {
        of(key).answering.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** The carrier answered properly, but no carrier could deliver this message, so no receipt will come. */
    public void declined(HealthKey key) {
        var health = of(key);
        health.answering.onSuccess(0, TimeUnit.NANOSECONDS);
        health.arriving.releasePermission();
    }

    /** @param retryAfter how long the carrier wants to be left alone; null where it did not say */
    public void failed(HealthKey key, @Nullable Duration retryAfter) {
        var health = of(key);
        if (retryAfter != null) health.quietUntil = clock.instant().plus(retryAfter);
        health.answering.onError(0, TimeUnit.NANOSECONDS, new Failure());
        health.arriving.releasePermission();
    }

    /** Records whether a message that the carrier took has arrived. */
    public void recordArrival(HealthKey key, boolean arrived) {
        var arriving = of(key).arriving;
        if (arrived) arriving.onSuccess(0, TimeUnit.NANOSECONDS);
        else arriving.onError(0, TimeUnit.NANOSECONDS, new Failure());
    }

    /** Whether the carrier accepts messages when asked, whatever becomes of them then. */
    boolean answers(HealthKey key) {
        var health = of(key);
        return health.answering.getState() == State.CLOSED && !clock.instant().isBefore(health.quietUntil);
    }

    /** When this carrier may be asked again; a moment that is past when it may be at once. */
    public Instant nextChance(HealthKey key) {
        var health = of(key);
        var chance = health.quietUntil;
        if (health.answering.getState() == State.OPEN && health.answeringAgain.isAfter(chance))
            chance = health.answeringAgain;
        if (health.arriving.getState() == State.OPEN && health.arrivingAgain.isAfter(chance))
            chance = health.arrivingAgain;
        return chance;
    }

    private Health of(HealthKey key) {
        return byKey.get(key, Health::new);
    }

    private void report(HealthKey key, String what, State to) {
        var state = to.name().toLowerCase(Locale.ROOT);
        meters.counter("ringcode.breaker", "provider", key.provider(), "country", key.region(), "of", what, "to", state)
                .increment();
        var sentence = "The breaker for the {} of {}, {} to {}, tenant {}, is now {}";
        if (to == State.OPEN)
            LOG.warn(
                    sentence,
                    what,
                    key.provider(),
                    key.channel().wire(),
                    key.region(),
                    key.tenant().value(),
                    state);
        else
            LOG.info(
                    sentence,
                    what,
                    key.provider(),
                    key.channel().wire(),
                    key.region(),
                    key.tenant().value(),
                    state);
    }
}
