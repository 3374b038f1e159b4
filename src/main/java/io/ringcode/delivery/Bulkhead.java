package io.ringcode.delivery;

import io.ringcode.delivery.routing.AccountKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A bulkhead around each tenant's account with a carrier: one that is slow, or a slow script, takes neither this server's memory nor its
 * connections away from the others. So many of its messages are in hand at a time, and so many callers wait for its answers with all the
 * patience that they have, each of whom keeps a connection of this server with its buffers. Whoever comes after them waits for as long as a
 * quick carrier takes, and not at all where so many messages are in hand that the carrier is not quick.
 */
final class Bulkhead {
    /** Five times as many as are with a carrier at a time: it has time for the others before they give up waiting for it. */
    static final int MOST_IN_HAND = 1000;

    /** Of these an account is sure, whatever others have in hand. */
    private static final int SURE_IN_HAND = 100;

    /** Of all accounts, beyond those of which each is sure. */
    private static final int MOST_OF_ALL = 3 * MOST_IN_HAND;

    /** A quarter of the connections that the launcher's heap has room for. */
    static final int MOST_WAITING = 128;

    /** More than the connections that the launcher's heap has room for bring to a carrier that is quick. */
    private static final int CROWDED = 500;

    /** Of those who come after the {@link #MOST_WAITING}. */
    private static final Duration LITTLE_PATIENCE = Duration.ofMillis(200);

    private record Account(Semaphore inHand, Semaphore waiting) {
        Account() {
            this(new Semaphore(MOST_IN_HAND), new Semaphore(MOST_WAITING));
        }

        boolean hasInHand(int least) {
            return MOST_IN_HAND - inHand.availablePermits() >= least;
        }
    }

    private final ConcurrentHashMap<AccountKey, Account> accounts = new ConcurrentHashMap<>();
    private final Semaphore inHand = new Semaphore(MOST_OF_ALL);

    /**
     * Sends a message where there is room for one more of the account.
     *
     * @return empty where there is none: then nothing was sent
     * @throws ExecutionException where sending broke off
     */
    Optional<DispatchResult> send(AccountKey key, Supplier<CompletableFuture<DispatchResult>> sender, Duration patience)
            throws InterruptedException, ExecutionException {
        var account = accounts.computeIfAbsent(key, _ -> new Account());
        if (!account.inHand.tryAcquire()) return Optional.empty();
        var shared = account.hasInHand(SURE_IN_HAND + 1);
        if (shared && !inHand.tryAcquire()) {
            account.inHand.release();
            return Optional.empty();
        }
        var sending = sender.get().whenComplete((_, _) -> {
            if (shared) inHand.release();
            account.inHand.release();
        });
        if (!account.waiting.tryAcquire()) {
            var little = account.hasInHand(CROWDED) ? Duration.ZERO : LITTLE_PATIENCE;
            return Optional.of(await(sending, patience.compareTo(little) < 0 ? patience : little));
        }
        try {
            return Optional.of(await(sending, patience));
        } finally {
            account.waiting.release();
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
