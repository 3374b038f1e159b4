package io.ringcode.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Some users, each of whom begins the next ceremony when the last is done: first to warm up, then measured. */
final class ClosedLoop {
    static final int USERS = 32;

    private volatile boolean measuring;
    private volatile boolean over;

    private ClosedLoop() {}

    static Measured run(Subject subject, int users, Duration warmUp, Duration window) throws Exception {
        return new ClosedLoop().measure(subject, users, warmUp, window);
    }

    private Measured measure(Subject subject, int users, Duration warmUp, Duration window) throws Exception {
        var loops = new ArrayList<Loop>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < users; i++) {
            var loop = new Loop(subject.users().call());
            loops.add(loop);
            threads.add(Thread.ofVirtual().start(loop));
        }
        Thread.sleep(warmUp);
        // Asked outside of what is counted, as a server works for its answer.
        var batchesBefore = subject.batches().get();
        var cpuBefore = subject.cpu().get();
        var start = System.nanoTime();
        measuring = true;
        Thread.sleep(window);
        measuring = false;
        var seconds = (System.nanoTime() - start) / 1e9;
        var cpu = subject.cpu().get().minus(cpuBefore);
        var batches = subject.batches().get().minus(batchesBefore);
        over = true;
        for (var thread : threads) thread.join();
        var times = loops.stream().flatMap(loop -> loop.times.stream()).toList();
        return Measured.of(seconds, times, cpu, batches, errors(loops));
    }

    private static Map<String, Integer> errors(List<Loop> loops) {
        var sum = new TreeMap<String, Integer>();
        for (var loop : loops) loop.errors.forEach((error, count) -> sum.merge(error, count, Integer::sum));
        return sum;
    }

    private final class Loop implements Runnable {
        private final User user;
        private final List<long[]> times = new ArrayList<>();
        private final Map<String, Integer> errors = new TreeMap<>();

        Loop(User user) {
            this.user = user;
        }

        @Override
        public void run() {
            try (user) {
                while (!over) once();
            } catch (IOException failure) {
                errors.merge("closing: " + failure, 1, Integer::sum);
            }
        }

        private void once() {
            try {
                var time = user.ceremony();
                if (measuring) times.add(time);
            } catch (Exception failure) {
                errors.merge(String.valueOf(failure.getMessage()), 1, Integer::sum);
            }
        }
    }
}
