package io.ringcode.authorization;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often somebody may call one of our own APIs, on each server: a bucket of calls for everybody, which fills up by one per
 * interval. Answers tell how it stands in the three headers that Auth0's SDKs read.
 *
 * @param <K> whose a bucket is
 */
public final class CallBuckets<K> {
    private static final int MOST_BUCKETS = 10_000;

    private final Clock clock;
    private final int size;
    private final long refill;
    private final LoadingCache<K, AtomicLong> fullAt;

    /** @param refill from one call that is given back to the next */
    public CallBuckets(Clock clock, int size, Duration refill) {
        this.clock = clock;
        this.size = size;
        this.refill = refill.toMillis();
        this.fullAt = Caffeine.newBuilder()
                .expireAfterAccess(refill.multipliedBy(size).plusMinutes(1))
                .maximumSize(MOST_BUCKETS)
                .build(_ -> new AtomicLong());
    }

    public Standing standing(K whose) {
        var now = clock.millis();
        return standing(Math.max(fullAt.get(whose).get(), now), now, true);
    }

    /** Takes one call, where one is left. */
    public Standing take(K whose) {
        var now = clock.millis();
        var bucket = fullAt.get(whose);
        while (true) {
            var before = bucket.get();
            var after = Math.max(before, now) + refill;
            if (after - now > size * refill) return standing(before, now, false);
            if (bucket.compareAndSet(before, after)) return standing(after, now, true);
        }
    }

    private Standing standing(long fullAt, long now, boolean admitted) {
        var used = Math.ceilDiv(fullAt - now, refill);
        var wait = Math.max(0, fullAt + refill - now - size * refill);
        return new Standing(
                size, Math.max(0, size - used), Math.ceilDiv(fullAt, 1000), admitted, Duration.ofMillis(wait));
    }

    /**
     * @param remaining calls that are left
     * @param reset when all are there again, in seconds since 1970
     * @param admitted whether there was one for this call
     * @param retryAfter until there is one again; zero where there is
     */
    public record Standing(int limit, long remaining, long reset, boolean admitted, Duration retryAfter) {
        public void tell(HttpServletResponse response) {
            response.setHeader("x-ratelimit-limit", Integer.toString(limit));
            response.setHeader("x-ratelimit-remaining", Long.toString(remaining));
            response.setHeader("x-ratelimit-reset", Long.toString(reset));
        }
    }
}
