package io.ringcode.user;

import io.ringcode.batch.TooBusy;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Admission of slow hashes, over all tenants: as many at once as there are processors, and together no more memory than a
 * share of the heap, so that no flood of logins takes either. Who comes first is admitted first, whatever it needs.
 */
final class HashRoom {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final int kib;
    private final Semaphore processors;
    private final Semaphore memory;

    /** @param heap in bytes, at most: half of it is for hashes, the other half for everything else */
    HashRoom(int processors, long heap) {
        this.kib = (int) Math.min(heap / 2 / 1024, Integer.MAX_VALUE);
        this.processors = new Semaphore(processors, true);
        this.memory = new Semaphore(kib, true);
    }

    static HashRoom ofThisMachine() {
        var machine = Runtime.getRuntime();
        return new HashRoom(machine.availableProcessors(), machine.maxMemory());
    }

    /** Whether there is ever room for a hash of so much memory. */
    boolean fits(int needed) {
        return needed <= kib;
    }

    /**
     * @param needed memory in KiB
     * @throws TooBusy when there is no room soon, or never
     */
    <T> T inTurn(int needed, Supplier<T> work) {
        if (!fits(needed)) throw new TooBusy("passwords to be checked");
        var end = System.nanoTime() + PATIENCE.toNanos();
        take(processors, 1, end);
        try {
            take(memory, needed, end);
            try {
                return work.get();
            } finally {
                memory.release(needed);
            }
        } finally {
            processors.release();
        }
    }

    private static void take(Semaphore room, int share, long end) {
        try {
            if (!room.tryAcquire(share, end - System.nanoTime(), TimeUnit.NANOSECONDS))
                throw new TooBusy("passwords to be checked");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new TooBusy("passwords to be checked");
        }
    }
}
