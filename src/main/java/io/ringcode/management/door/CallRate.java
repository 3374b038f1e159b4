package io.ringcode.management.door;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.tenant.TenantId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpHeaders;
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

    void tell(TenantId tenant, HttpServletResponse response) {
        var now = clock.millis();
        write(Math.max(fullAt.get(tenant).get(), now), now, response);
    }

    /** @throws ManagementRefused when there was no call left */
    void take(TenantId tenant, HttpServletResponse response) {
        var now = clock.millis();
        var bucket = fullAt.get(tenant);
        while (true) {
            var before = bucket.get();
            var after = Math.max(before, now) + REFILL_MS;
            if (after - now > SIZE * REFILL_MS) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
                throw ManagementRefused.tooManyCalls();
            }
            if (bucket.compareAndSet(before, after)) {
                write(after, now, response);
                return;
            }
        }
    }

    private static void write(long fullAt, long now, HttpServletResponse response) {
        var used = Math.ceilDiv(fullAt - now, REFILL_MS);
        response.setHeader("x-ratelimit-limit", Integer.toString(SIZE));
        response.setHeader("x-ratelimit-remaining", Long.toString(Math.max(0, SIZE - used)));
        response.setHeader("x-ratelimit-reset", Long.toString(Math.ceilDiv(fullAt, 1000)));
    }
}
