package io.ringcode.log.chain;

import io.ringcode.log.chain.ChainTable.Horizon;
import io.ringcode.log.chain.LineReader.Range;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives places and hashes to lines of the log once no running transaction can add to those before them (docs/decisions/0018). A run is one
 * transaction, and one server's at a time; where two began at the same place, the key of the table would refuse the second.
 */
@Component
class LogChaining implements RecurringTask {
    /** Lines of a run, and how many more it begins with; a single transaction that wrote more is one run. */
    static final int LINES = 5_000;

    /**
     * Transactions that a run looks through: all of their lines are read to find where it ends, so fewer where they wrote many, and more where
     * they wrote none.
     */
    private static final long LEAST_SPAN = 250;

    private static final long MOST_SPAN = 50_000;

    /** The newest transactions, where none of them wrote a line, are looked through again rather than stored each second. */
    private static final long IDLE_SPAN = 5_000;

    private final ChainTable table;
    private final JdbcOperations jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile long span = LEAST_SPAN;

    LogChaining(ChainTable table, JdbcOperations jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.table = table;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "log-chain";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted())
            more = Boolean.TRUE.equals(transaction.execute(_ -> place()));
    }

    /** @return whether there is more to do now */
    private boolean place() {
        if (!table.lock()) return false;
        table.doNotWaitForTheDisk();
        table.readByIndexAlone();
        // After the lock: what another server has reached is seen from here on.
        var horizon = table.horizon();
        var era = table.era().orElseGet(() -> begin(horizon));
        if (horizon.oldest() < era.reached()) {
            beginAnew(era, horizon);
            return true;
        }
        var most = Math.min(horizon.oldest(), era.reached() + span);
        if (era.reached() == most) return false;
        var border = table.border(era, most, LINES);
        span = border.isPresent() ? Math.max(span / 2, LEAST_SPAN) : Math.min(span * 2, MOST_SPAN);
        // A transaction is in one run as a whole.
        var until = Math.max(border.orElse(most), era.reached() + 1);
        var lines = read(era, until);
        var more = until < horizon.oldest();
        if (lines.isEmpty() && !more && until - era.reached() < IDLE_SPAN) return false;
        store(era, until, lines);
        return more;
    }

    /** New installations have all of their log in the chain. Others would need hours for the lines of years, so theirs begins now. */
    private ChainEpoch begin(Horizon horizon) {
        var from = table.isLonger(horizon.oldest(), LINES) ? horizon.oldest() : 0;
        var first = new ChainEpoch(1, from, from, "", "");
        table.begin(first, clock.instant());
        return first;
    }

    /**
     * The rows come from another database, whose numbers of transactions were higher. What had no place yet there gets it now, and new
     * lines are told from old ones by their ids.
     */
    private void beginAnew(ChainEpoch before, Horizon horizon) {
        var left = Math.max(before.reached(), horizon.next());
        var ended = left == before.reached() ? store(before, Long.MAX_VALUE, read(before, Long.MAX_VALUE)) : before;
        table.begin(new ChainEpoch(before.number() + 1, 0, 0, ended.topId(), ended.topId()), clock.instant());
    }

    private ChainEpoch store(ChainEpoch era, long until, Map<TenantId, List<StoredLine>> lines) {
        var ends = table.ends(lines.keySet());
        var segments = lines.entrySet().stream()
                .map(one -> Segment.of(one.getKey(), ends.getOrDefault(one.getKey(), ChainEnd.NONE), one.getValue()))
                .toList();
        if (!segments.isEmpty()) table.insert(segments, era.number(), era.reached(), until, clock.instant());
        var top = segments.stream().map(Segment::topId).max(String::compareTo).orElse("");
        var after = era.reached(until, top);
        table.reached(after);
        return after;
    }

    private Map<TenantId, List<StoredLine>> read(ChainEpoch era, long until) {
        var range = new Range(era.afterId(), null, era.reached(), until, null);
        var lines = new LinkedHashMap<TenantId, List<StoredLine>>();
        jdbc.execute((Connection connection) -> {
            read(connection, range, lines);
            return lines.size();
        });
        return lines;
    }

    private static void read(Connection connection, Range range, Map<TenantId, List<StoredLine>> lines)
            throws SQLException {
        var copy = LineReader.of(connection, range);
        for (var line = copy.next(); line != null; line = copy.next())
            lines.computeIfAbsent(new TenantId(line.tenant()), _ -> new ArrayList<>())
                    .add(line);
    }
}
