package io.ringcode.bench;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** When something went well, by {@link System#nanoTime()}. */
final class Moments {
    private final ConcurrentLinkedQueue<Long> all = new ConcurrentLinkedQueue<>();

    /** A time in which nothing went well. */
    record Gap(long from, long to) {
        double seconds() {
            return (to - from) / 1e9;
        }
    }

    void add() {
        all.add(System.nanoTime());
    }

    private LongStream sorted() {
        return all.stream().mapToLong(Long::longValue).sorted();
    }

    Gap longestGap(long from, long until) {
        return gaps(from, until).max(Comparator.comparingDouble(Gap::seconds)).orElseThrow();
    }

    /** From each to the next, the ends of the time among them. */
    Stream<Gap> gaps(long from, long until) {
        var moments = LongStream.concat(
                        LongStream.concat(
                                LongStream.of(from),
                                sorted().filter(moment -> moment - from > 0 && until - moment > 0)),
                        LongStream.of(until))
                .toArray();
        return IntStream.range(1, moments.length).mapToObj(i -> new Gap(moments[i - 1], moments[i]));
    }

    OptionalLong firstFrom(long moment) {
        return sorted().filter(one -> one - moment >= 0).findFirst();
    }
}
