package io.ringcode.bench;

import io.ringcode.bench.Machine.Cpu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What one window showed.
 *
 * @param steps of each step, and at last of the ceremony as a whole
 * @param errors by what they say, those of the warm-up too
 */
record Measured(
        double seconds,
        int ceremonies,
        Cpu cpu,
        Batches batches,
        List<Percentiles> steps,
        Map<String, Integer> errors) {

    /** Latencies in milliseconds. */
    record Percentiles(double p50, double p95, double p99) {
        private static Percentiles of(long[] sorted) {
            return new Percentiles(at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99));
        }

        private static double at(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
        }
    }

    /** @param times of each ceremony, how long its steps took in nanoseconds */
    static Measured of(double seconds, List<long[]> times, Cpu cpu, Batches batches, Map<String, Integer> errors) {
        if (times.isEmpty()) throw new IllegalStateException("Nothing went right: " + errors);
        return new Measured(seconds, times.size(), cpu, batches, percentiles(times), errors);
    }

    private static List<Percentiles> percentiles(List<long[]> times) {
        var steps = times.getFirst().length;
        var result = new ArrayList<Percentiles>();
        for (int i = 0; i <= steps; i++) {
            var step = i;
            var sorted = times.stream()
                    .mapToLong(each ->
                            step < steps ? each[step] : Arrays.stream(each).sum())
                    .sorted()
                    .toArray();
            result.add(Percentiles.of(sorted));
        }
        return result;
    }

    double perSecond() {
        return ceremonies / seconds;
    }

    /** Milliseconds a ceremony, of server and database. */
    double cost() {
        return (cpu.server() + cpu.database()) / ceremonies;
    }

    /** The share of the machine that others had. */
    double foreign() {
        return cpu.foreign() / (seconds * 1000 * Runtime.getRuntime().availableProcessors());
    }
}
