package io.ringcode.log.chain;

import io.ringcode.log.chain.ChainDamage.Kind;
import io.ringcode.log.chain.LineReader.Range;
import io.ringcode.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks the lines of a stretch of transactions against their places and hashes, those of all tenants that wrote in it. For one thread. */
final class StretchCheck {
    /** A line is placed within seconds, or when a server runs again; whoever makes one up with an older time is told of. */
    private static final Duration LATE = Duration.ofMinutes(15);

    private final Connection connection;
    private final Function<TenantId, HeadKey> keys;
    private final SegmentCheck segments = new SegmentCheck();
    private @Nullable StoredLine next;

    StretchCheck(Connection connection, Function<TenantId, HeadKey> keys) {
        this.connection = connection;
        this.keys = keys;
    }

    /** @return by the tenant's id, in the order of its letters' codes */
    Map<String, TenantCheck> check(int era, Range range) throws SQLException {
        var checks = new TreeMap<String, TenantCheck>();
        var stored = StoredSegment.of(connection, era, range.from(), range.until(), range.tenant());
        var copy = LineReader.of(connection, range);
        next = copy.next();
        for (var one : stored) {
            var tenant = one.segment().tenant().value();
            strangers(copy, tenant, checks);
            check(one, lines(copy, tenant, one.until()), checks.computeIfAbsent(tenant, _ -> new TenantCheck()));
        }
        strangers(copy, null, checks);
        return checks;
    }

    /** Lines of tenants before this one, or of all where it is null, for which there is no segment left. */
    private void strangers(LineReader copy, @Nullable String tenant, Map<String, TenantCheck> checks)
            throws SQLException {
        var line = next;
        while (line != null && (tenant == null || line.tenant().compareTo(tenant) < 0)) {
            var check = checks.computeIfAbsent(line.tenant(), _ -> new TenantCheck());
            var end = check.end();
            check.harm(new ChainDamage(
                    end == null ? 1 : end.place() + 1,
                    Kind.INSERTED,
                    "there is a line that has no place: " + line.id() + ", written by the transaction "
                            + line.written()));
            line = copy.next();
        }
        next = line;
    }

    private List<StoredLine> lines(LineReader copy, String tenant, long until) throws SQLException {
        var lines = new ArrayList<StoredLine>();
        var line = next;
        while (line != null && line.tenant().equals(tenant) && line.written() < until) {
            lines.add(line);
            line = copy.next();
        }
        next = line;
        return lines;
    }

    private void check(StoredSegment stored, List<StoredLine> lines, TenantCheck check) {
        var segment = stored.segment();
        if (!stored.isWhole()) {
            check.harm(new ChainDamage(segment.place(), Kind.CHAIN, "its hashes are damaged"));
            return;
        }
        segments.check(segment, lines, check::harm);
        check.append(
                new ChainEnd(segment.place() - 1, segment.previous()),
                new ChainEnd(segment.lastPlace(), segment.last()),
                lines.size());
        check.placed(stored.placedAt());
        var late = stored.placedAt().minus(LATE);
        for (int i = 0; i < lines.size(); i++) if (lines.get(i).at().isBefore(late)) check.late(segment.place() + i);
        var head = stored.head();
        if (head == null) return;
        check.head(head);
        if (!Arrays.equals(head.hash(), segment.last()))
            check.harm(new ChainDamage(segment.lastPlace(), Kind.HEAD, "its hash is not the one of its signed head"));
        else if (!isGood(head))
            check.harm(
                    new ChainDamage(segment.lastPlace(), Kind.HEAD, "this installation did not sign the head there"));
    }

    /** Whether what is signed is what stands beside it. */
    private boolean isGood(SignedHead head) {
        return keys.apply(head.tenant()).signed(head.jws())
                && SignedHead.read(head.jws())
                        .filter(signed -> signed.tenant().equals(head.tenant())
                                && signed.place() == head.place()
                                && Arrays.equals(signed.hash(), head.hash()))
                        .isPresent();
    }
}
