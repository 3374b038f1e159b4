package io.ringcode.figure;

/** Counts of messages by {@link Lines#BOUNDS}. */
final class Histogram {
    private final long[] counts = new long[Lines.BOUNDS.length + 1];

    /** @param bucket 0 for below the first bound, and so on */
    void add(int bucket, long messages) {
        counts[bucket] += messages;
    }

    Summary.Latency latency() {
        long all = 0;
        for (var count : counts) all += count;
        return new Summary.Latency(all, at(0.50, all), at(0.95, all));
    }

    /** Within a bucket, messages are taken as spread evenly; beyond the last bound, it is the bound. */
    private long at(double share, long all) {
        var wanted = share * all;
        double before = 0;
        for (int bucket = 0; bucket < Lines.BOUNDS.length; bucket++) {
            if (counts[bucket] > 0 && before + counts[bucket] >= wanted) {
                var low = bucket == 0 ? 0 : Lines.BOUNDS[bucket - 1];
                return Math.round(low + (Lines.BOUNDS[bucket] - low) * (wanted - before) / counts[bucket]);
            }
            before += counts[bucket];
        }
        return all == 0 ? 0 : Lines.BOUNDS[Lines.BOUNDS.length - 1];
    }
}
