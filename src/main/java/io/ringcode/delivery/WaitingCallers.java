package io.ringcode.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A bulkhead: so many callers wait for answers of one carrier with all the patience that they have. Whoever comes after them waits for as
 * long as a quick carrier takes, and is then answered without one. Each that waits keeps a connection of this server with its buffers, and a
 * carrier that is slow, or a script, must not have all that there are.
 */
final class WaitingCallers {
    /** For each carrier: a quarter of the connections that the launcher's heap has room for. */
    static final int MOST = 128;

    /** Of those who come after them. */
    private static final Duration LITTLE_PATIENCE = Duration.ofMillis(200);

    private final ConcurrentHashMap<String, Semaphore> places = new ConcurrentHashMap<>();

    /** @throws ExecutionException where sending broke off */
    DispatchResult await(String carrier, Supplier<CompletableFuture<DispatchResult>> send, Duration patience)
            throws InterruptedException, ExecutionException {
        var place = places.computeIfAbsent(carrier, _ -> new Semaphore(MOST));
        if (!place.tryAcquire())
            return await(send.get(), patience.compareTo(LITTLE_PATIENCE) < 0 ? patience : LITTLE_PATIENCE);
        try {
            return await(send.get(), patience);
        } finally {
            place.release();
        }
    }

    private static DispatchResult await(CompletableFuture<DispatchResult> sending, Duration patience)
            throws InterruptedException, ExecutionException {
        try {
            return sending.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slowCarrier) {
            return new DispatchResult.Pending();
        }
    }
}
