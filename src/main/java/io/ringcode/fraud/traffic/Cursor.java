package io.ringcode.fraud.traffic;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * How far the events of one tenant are read. Ids are given before the commit, so a lower one may be seen after a higher one: what is
 * younger than some seconds is read again, and taken once.
 */
final class Cursor {
    private static final long SETTLES = 10_000;

    private record Mark(long at, long id) {}

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private Set<Long> seen = new HashSet<>();
    private long after;
    private long highest;

    /** @return whether the event is new */
    boolean take(long id) {
        if (id <= after || !seen.add(id)) return false;
        highest = Math.max(highest, id);
        return true;
    }

    /** A round of reading is over. */
    void mark(long now) {
        marks.add(new Mark(now, highest));
        while (!marks.isEmpty() && now - marks.peek().at() > SETTLES)
            after = marks.poll().id();
        if (seen.size() > 1_000) {
            var kept = new HashSet<Long>();
            for (var id : seen) if (id > after) kept.add(id);
            seen = kept;
        }
    }

    long after() {
        return after;
    }
}
