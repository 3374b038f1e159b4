package io.ringcode.log.chain;

import io.ringcode.log.chain.ChainDamage.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a stretch of a tenant's chain after it was read, and joined with the stretch behind it. */
final class TenantCheck {
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private @Nullable ChainDamage first;
    private @Nullable ChainEnd begin;
    private @Nullable ChainEnd end;
    private long lines;
    private long heads;
    private @Nullable SignedHead newest;
    private @Nullable Instant placedAt;
    private long late;
    private long firstLate;

    void harm(ChainDamage harm) {
        add(harm, 1);
    }

    private void add(ChainDamage harm, long count) {
        counts.merge(harm.kind(), count, Long::sum);
        if (first == null || harm.place() < first.place()) first = harm;
    }

    /** The next stretch: what it stands behind, and where it ends. */
    void append(ChainEnd behind, ChainEnd last, long count) {
        if (begin == null) begin = behind;
        else if (end != null && behind.place() > end.place())
            add(
                    new ChainDamage(
                            end.place() + 1,
                            Kind.REMOVED,
                            "the lines of " + (behind.place() - end.place()) + " places are gone, and their places"),
                    behind.place() - end.place());
        else if (end != null && behind.place() < end.place())
            harm(new ChainDamage(behind.place() + 1, Kind.CHAIN, "this place is there twice"));
        else if (end != null && !Arrays.equals(behind.hash(), end.hash()))
            harm(new ChainDamage(behind.place() + 1, Kind.CHAIN, "its hash is not over the one before"));
        end = last;
        lines += count;
    }

    void placed(Instant at) {
        placedAt = at;
    }

    void late(long place) {
        if (late++ == 0) firstLate = place;
    }

    void head(SignedHead head) {
        heads++;
        newest = head;
    }

    void join(TenantCheck behind) {
        if (behind.begin != null && behind.end != null) append(behind.begin, behind.end, behind.lines);
        behind.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
        if (behind.first != null && (first == null || behind.first.place() < first.place())) first = behind.first;
        heads += behind.heads;
        if (behind.newest != null) newest = behind.newest;
        if (behind.placedAt != null) placedAt = behind.placedAt;
        if (late == 0) firstLate = behind.firstLate;
        late += behind.late;
    }

    /** What the first line that is there stands behind. */
    @Nullable
    ChainEnd begin() {
        return begin;
    }

    @Nullable
    ChainEnd end() {
        return end;
    }

    long lines() {
        return lines;
    }

    long heads() {
        return heads;
    }

    @Nullable
    SignedHead newest() {
        return newest;
    }

    @Nullable
    Instant placedAt() {
        return placedAt;
    }

    long late() {
        return late;
    }

    long firstLate() {
        return firstLate;
    }

    @Nullable
    ChainDamage first() {
        return first;
    }

    Map<Kind, Long> counts() {
        return counts;
    }
}
