package io.ringcode.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * What a signal does: an orderly stop, and where that hangs the end of the process. Whatever keeps the orderly one from its end, the
 * process is gone within {@link #LONGEST}; its PostgreSQL then goes with it and recovers at the next start.
 */
final class Stop {
    /** Under the 30 s after which container platforms kill; an orderly stop takes at most 20 and those of PostgreSQL. */
    static final Duration LONGEST = Duration.ofSeconds(28);

    /** As a process that SIGTERM has ended. */
    private static final int STATUS = 143;

    private Stop() {}

    static void onSignal(AutoCloseable server) {
        var asked = new CountDownLatch(1);
        // Made now: who has to stop may have no memory left for a thread.
        Thread.ofPlatform().daemon().name("last-resort").start(() -> endAfter(asked));
        var stop = new Thread(
                () -> {
                    asked.countDown();
                    close(server);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(stop);
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void endAfter(CountDownLatch asked) {
        try {
            asked.await();
            Thread.sleep(LONGEST);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(STATUS);
    }
}
