package io.ringcode.management.door;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.tenant.TenantId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * How often a tenant's administrators may call, on each server: a bucket of {@link #SIZE} calls that fills up by one per
 * 20 ms. Every answer tells how it stands in the three headers that Auth0's SDKs read.
 */
@Component
public class CallRate {
    public static final int SIZE = 500;
    private static final long REFILL_MS = 20;

    private final Clock clock;
    private final LoadingCache<TenantId, AtomicLong> fullAt = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .build(_ -> new AtomicLong());

    CallRate(Clock clock) {
        this.clock = clock;
    }

    Standing standing(TenantId tenant) {
        var now = clock.millis();
        return standing(Math.max(fullAt.get(tenant).get(), now), now);
    }

    /** @throws ManagementRefused when there was no call left */
    Standing take(TenantId tenant) {
        var now = clock.millis();
        var bucket = fullAt.get(tenant);
        while (true) {
            var before = bucket.get();
            var after = Math.max(before, now) + REFILL_MS;
            if (after - now > SIZE * REFILL_MS) throw ManagementRefused.tooManyCalls();
            if (bucket.compareAndSet(before, after)) return standing(after, now);
        }
    }

    private static Standing standing(long fullAt, long now) {
        var used = Math.ceilDiv(fullAt - now, REFILL_MS);
        return new Standing(Math.max(0, SIZE - used), Math.ceilDiv(fullAt, 1000));
    }

    /**
     * @param remaining calls that are left
     * @param reset when all are there again, in seconds since 1970
     */
    public record Standing(long remaining, long reset) {
        void tell(HttpServletResponse response) {
            response.setHeader("x-ratelimit-limit", Integer.toString(SIZE));
            response.setHeader("x-ratelimit-remaining", Long.toString(remaining));
            response.setHeader("x-ratelimit-reset", Long.toString(reset));
        }
    }
}
