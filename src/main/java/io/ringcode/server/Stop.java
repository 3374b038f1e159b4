package io.ringcode.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * What a signal does. Readiness falls first; after a delay that the operator sets, in which proxies take notice, comes an orderly
 * stop with status 0. Where that hangs, the process ends all the same, within {@link #LONGEST} after the delay; its PostgreSQL then goes with it and
 * recovers at the next start.
 */
final class Stop {
    /** Under the 30 s after which container platforms kill; an orderly stop takes at most 20 and those of PostgreSQL. */
    static final Duration LONGEST = Duration.ofSeconds(28);

    /** As a process that SIGTERM has ended. */
    private static final int STATUS = 143;

    private Stop() {}

    static void onSignal(RingcodeServer server, Duration delay) {
        var asked = new CountDownLatch(1);
        // Made now: who has to stop may have no memory left for a thread.
        Thread.ofPlatform().daemon().name("last-resort").start(() -> endAfter(asked, delay.plus(LONGEST)));
        var stop = new Thread(
                () -> {
                    asked.countDown();
                    server.withdraw();
                    sleep(delay);
                    server.close();
                    // The JVM would tell of the signal, which reads as a failure.
                    Runtime.getRuntime().halt(0);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(stop);
    }

    private static void endAfter(CountDownLatch asked, Duration longest) {
        try {
            asked.await();
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        sleep(longest);
        Runtime.getRuntime().halt(STATUS);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
