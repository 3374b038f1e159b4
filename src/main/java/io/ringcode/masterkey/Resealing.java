package io.ringcode.masterkey;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.masterkey.MasterKeyTable.Known;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.schedule.RecurringTasks;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.SealedColumn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Seals anew what lies under an older master key, a few rows at a time, column by column. Its end is a fact of the database
 * ({@code master_key.empty_at}): two runs one after the other found no such value, begun when every server had been sealing with the new
 * key for a while. For as long as the older keys have to be kept for tokens, it looks once an hour for values that came late, and takes the end
 * back where there is one.
 */
@Component
class Resealing implements RecurringTask {
    private static final Logger log = LoggerFactory.getLogger(Resealing.class);

    /** Longer than a request may hold a value that it sealed before the new key was taken. What comes later still, a later look finds. */
    private static final Duration SETTLING = Duration.ofSeconds(60);

    /** More than the longest life of what is sealed and given away, which is an access token's day. */
    private static final Duration TOKENS = Duration.ofHours(25);

    /** Of a server that was paused, or of a long transaction in the background. Each look reads all tables with secrets. */
    private static final Duration BETWEEN_LATE_LOOKS = Duration.ofHours(1);

    private final MasterKeyTable table;
    private final Keyring keys;
    private final ResealedRows rows;
    private final List<SealedColumn> columns;
    private final RecurringTasks tasks;
    private final Clock clock;
    private final AtomicLong left;
    private Instant lookedAt = Instant.EPOCH;
    private boolean cleanBefore;
    private long done;

    Resealing(
            MasterKeyTable table,
            Keyring keys,
            ResealedRows rows,
            List<SealedColumn> columns,
            RecurringTasks tasks,
            Clock clock,
            MeterRegistry meters) {
        this.table = table;
        this.keys = keys;
        this.rows = rows;
        this.columns = List.copyOf(columns);
        this.tasks = tasks;
        this.clock = clock;
        this.left = new AtomicLong();
        meters.gauge("ringcode.master.key.values.left", left);
    }

    @Override
    public String name() {
        return "reseal";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Servers servers() {
        return Servers.ONE;
    }

    @Override
    public void run() {
        var known = table.all();
        var active = known.getFirst();
        var ended = known.stream().allMatch(key -> key.id().equals(active.id()) || key.emptyAt() != null);
        if (ended && !(known.size() > 1 && isLateLookDue(active))) {
            left.set(0);
            cleanBefore = false;
            return;
        }
        // Else a value would be sealed with the older key once more.
        if (!active.id().equals(keys.active())) return;
        lookedAt = clock.instant();
        var settled = clock.instant().isAfter(active.activeAt().plus(SETTLING)) && table.sealsEverywhere(active.id());
        var before = columns.stream().mapToLong(rows::count).sum();
        var toldBefore = left.getAndSet(before);
        if (before > 0 && before != toldBefore)
            log.info("{} stored values are still under an older master key", before);
        if (before > 0) {
            cleanBefore = false;
            if (ended) takeBack(active, before);
            for (var column : columns) reseal(column);
        } else if (!settled) {
            cleanBefore = false;
        } else if (!cleanBefore) {
            cleanBefore = true;
        } else if (table.empty(active.id(), clock.instant())) {
            var until = active.activeAt()
                    .plus(TOKENS)
                    .truncatedTo(ChronoUnit.MINUTES)
                    .atOffset(ZoneOffset.UTC);
            log.info(
                    "No stored value is under an older master key than {} any more ({} were sealed anew here). Keep the older"
                            + " ones until {} for tokens that are in use, then take them away",
                    active.id(),
                    done,
                    until);
        }
    }

    private boolean isLateLookDue(Known active) {
        var now = clock.instant();
        return now.isBefore(active.activeAt().plus(TOKENS)) && !now.isBefore(lookedAt.plus(BETWEEN_LATE_LOOKS));
    }

    private void takeBack(Known active, long late) {
        table.notEmpty(active.id());
        log.warn(
                "{} values came late under an older master key than {}: keep the older ones until the end is told again",
                late,
                active.id());
    }

    private void reseal(SealedColumn column) {
        var walk = rows.walk(column);
        while (walk.isUnderWay() && !tasks.stopping()) {
            var some = walk.step();
            done += some;
            left.addAndGet(-some);
        }
        if (walk.resealed() > 0)
            log.info(
                    "{} values of {}.{} are under the new master key",
                    walk.resealed(),
                    column.table(),
                    column.column());
    }
}
