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
 * A bulkhead: so many callers wait for answers of one carrier at a time, and whoever comes after them is answered without one, as after
 * a wait that was too long. Each that waits keeps a connection of this server with its buffers, and a carrier that is slow, or a script,
 * must not have all that there are.
 */
final class WaitingCallers {
    /** For each carrier: a quarter of the connections that the launcher's heap has room for. */
    static final int MOST = 128;

    private final ConcurrentHashMap<String, Semaphore> places = new ConcurrentHashMap<>();

    /** @throws ExecutionException where sending broke off */
    DispatchResult await(String carrier, Supplier<CompletableFuture<DispatchResult>> send, Duration patience)
            throws InterruptedException, ExecutionException {
        var place = places.computeIfAbsent(carrier, _ -> new Semaphore(MOST));
        if (!place.tryAcquire()) return send.get().getNow(new DispatchResult.Pending());
        try {
            return send.get().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slowCarrier) {
            return new DispatchResult.Pending();
        } finally {
            place.release();
        }
    }
}
