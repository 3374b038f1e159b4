package io.ringcode.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was read from the database at most half a second ago, so that a change takes effect on every server within that
 * time. Nobody waits for somebody else's read: who waits may hold the very connection that the read needs, and with all
 * connections held so, none would come free. Several readers at once may each read the same.
 */
public final class Recent<K, V> {
    private static final Duration FRESH = Duration.ofMillis(500);
    private static final int MOST = 10_000;

    private final Cache<K, V> cache =
            Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(MOST).build();
    private final Function<K, V> read;
    private final AtomicLong changes = new AtomicLong();

    public Recent(Function<K, V> read) {
        this.read = read;
    }

    public V get(K key) {
        var known = cache.getIfPresent(key);
        if (known != null) return known;
        var before = changes.get();
        var value = read.apply(key);
        cache.put(key, value);
        // What was read before a change here must not be kept after it.
        if (changes.get() != before) cache.invalidate(key);
        return value;
    }

    /** It has changed here. */
    public void forget(K key) {
        changes.incrementAndGet();
        cache.invalidate(key);
    }

    /** They have changed here. */
    public void forgetAll(Predicate<K> keys) {
        changes.incrementAndGet();
        cache.asMap().keySet().removeIf(keys);
    }
}
