package io.ringcode.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ceremonies that begin by a schedule, whether or not earlier ones were answered. The first step is timed from the moment
 * that it was due, so what a slow answer keeps waiting counts.
 */
final class OpenLoop {
    private static final int MOST_AT_ONCE = 4_000;

    private final Subject subject;
    private final long interval;
    private final ConcurrentLinkedDeque<User> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Phaser underWay = new Phaser(1);
    private final List<long[]> times = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> errors = Collections.synchronizedMap(new TreeMap<>());

    private OpenLoop(Subject subject, int perSecond) {
        this.subject = subject;
        this.interval = 1_000_000_000L / perSecond;
    }

    static Measured run(Subject subject, int perSecond, Duration warmUp, Duration window) throws Exception {
        return new OpenLoop(subject, perSecond).measure(warmUp, window);
    }

    private Measured measure(Duration warmUp, Duration window) throws Exception {
        // Asked before and after the whole, as a server that is asked too much would not answer in between.
        var batchesBefore = subject.batches().get();
        var begin = System.nanoTime();
        var from = begin + warmUp.toNanos();
        var until = from + window.toNanos();
        var schedule = Thread.ofPlatform().start(() -> begin(begin, from, until));
        sleepUntil(from);
        var cpuBefore = subject.cpu().get();
        sleepUntil(until);
        var cpu = subject.cpu().get().minus(cpuBefore);
        schedule.join();
        underWay.arriveAndAwaitAdvance();
        var batches = subject.batches().get().minus(batchesBefore);
        for (var user : idle) user.close();
        return Measured.of(window.toNanos() / 1e9, times, cpu, batches, errors);
    }

    private void begin(long begin, long from, long until) {
        for (long due = begin; due < until; due += interval) {
            sleepUntil(due);
            if (!places.tryAcquire()) {
                error("not begun, as " + MOST_AT_ONCE + " were under way");
                continue;
            }
            var moment = due;
            underWay.register();
            Thread.ofVirtual().start(() -> ceremony(moment, moment >= from));
        }
    }

    private void ceremony(long due, boolean counts) {
        var user = idle.pollFirst();
        try {
            if (user == null) user = subject.users().call();
            var late = System.nanoTime() - due;
            var time = user.ceremony();
            time[0] += late;
            if (counts) times.add(time);
        } catch (Exception failure) {
            error(String.valueOf(failure.getMessage()));
        } finally {
            giveBack(user);
        }
    }

    private void giveBack(@Nullable User user) {
        if (user != null) idle.addFirst(user);
        places.release();
        underWay.arriveAndDeregister();
    }

    private void error(String what) {
        errors.merge(what, 1, Integer::sum);
    }

    private static void sleepUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime())
            LockSupport.parkNanos(left);
    }
}
