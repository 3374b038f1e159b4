package io.ringcode.bench;

import io.ringcode.bench.Machine.Cpu;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Some users, each of whom begins the next ceremony when the last is done: first to warm up, then measured. */
final class ClosedLoop {
    static final int USERS = 32;

    /** One user's work, again and again. */
    interface User extends AutoCloseable {
        /** @return how long each step took, in nanoseconds; always as many */
        long[] ceremony() throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /** Latencies in milliseconds. */
    record Percentiles(double p50, double p95, double p99) {
        private static Percentiles of(long[] sorted) {
            return new Percentiles(at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99));
        }

        private static double at(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
        }
    }

    /** @param steps of each step, and at last of the ceremony as a whole */
    record Measured(double seconds, int ceremonies, Cpu cpu, List<Percentiles> steps, Map<String, Integer> errors) {
        double perSecond() {
            return ceremonies / seconds;
        }
    }

    private final Duration warmUp;
    private final Duration window;
    private final Supplier<Cpu> cpu;

    private volatile boolean measuring;
    private volatile boolean over;

    private ClosedLoop(Duration warmUp, Duration window, Supplier<Cpu> cpu) {
        this.warmUp = warmUp;
        this.window = window;
        this.cpu = cpu;
    }

    static Measured run(Callable<? extends User> users, Duration warmUp, Duration window, Supplier<Cpu> cpu)
            throws Exception {
        return new ClosedLoop(warmUp, window, cpu).run(users);
    }

    private Measured run(Callable<? extends User> users) throws Exception {
        var loops = new ArrayList<Loop>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < USERS; i++) {
            var loop = new Loop(users.call());
            loops.add(loop);
            threads.add(Thread.ofVirtual().start(loop));
        }
        Thread.sleep(warmUp);
        var cpuBefore = cpu.get();
        var start = System.nanoTime();
        measuring = true;
        Thread.sleep(window);
        measuring = false;
        var seconds = (System.nanoTime() - start) / 1e9;
        var spent = cpu.get().minus(cpuBefore);
        over = true;
        for (var thread : threads) thread.join();
        return new Measured(
                seconds,
                loops.stream().mapToInt(loop -> loop.times.size()).sum(),
                spent,
                percentiles(loops),
                errors(loops));
    }

    private static List<Percentiles> percentiles(List<Loop> loops) {
        var all = loops.stream().flatMap(loop -> loop.times.stream()).toList();
        var steps = all.isEmpty() ? 0 : all.getFirst().length;
        var result = new ArrayList<Percentiles>();
        for (int i = 0; i <= steps; i++) {
            var step = i;
            var sorted = all.stream()
                    .mapToLong(times ->
                            step < steps ? times[step] : Arrays.stream(times).sum())
                    .sorted()
                    .toArray();
            result.add(Percentiles.of(sorted));
        }
        return result;
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

        /** Errors of the warm-up count too. */
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
