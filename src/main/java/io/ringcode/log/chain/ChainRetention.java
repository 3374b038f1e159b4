package io.ringcode.log.chain;

import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets a chain begin later, so that the lines before can be removed: a signed head stays at the last place that goes, as the anchor that
 * verification begins at.
 */
@Component
public class ChainRetention {
    /** Lines that go at once, and those of one more segment. */
    private static final int LINES = 1_000;

    private static final int SEGMENTS = 500;

    private final JdbcClient db;
    private final ChainTable chain;
    private final HeadTable heads;
    private final Keyring keys;
    private final Clock clock;

    ChainRetention(JdbcClient db, ChainTable chain, HeadTable heads, Keyring keys, Clock clock) {
        this.db = db;
        this.chain = chain;
        this.heads = heads;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Which lines have no place any more.
     *
     * @param lowId their least id, and {@code topId} the greatest
     * @param writtenFrom they are of this transaction or later ones, before {@code writtenUntil}
     */
    public record Released(String lowId, String topId, long writtenFrom, long writtenUntil) {}

    @SuppressWarnings("ArrayRecordComponent") // as JDBC gives it; never compared
    private record Oldest(
            long place,
            int lines,
            int era,
            long from,
            long until,
            String lowId,
            String topId,
            Instant placedAt,
            byte[] last) {}

    /**
     * Some of the lines that were placed before a moment, the oldest first; within the transaction that removes them. The newest segment stays,
     * since the chain goes on from it.
     */
    public Optional<Released> release(TenantId tenant, Instant before) {
        var oldest = oldest(tenant);
        @Nullable Oldest last = null;
        int lines = 0;
        var low = "";
        var top = "";
        for (var one : oldest.subList(0, Math.max(0, oldest.size() - 1))) {
            if (lines >= LINES
                    || one.era() != oldest.getFirst().era()
                    || !one.placedAt().isBefore(before)) break;
            low = last == null || one.lowId().compareTo(low) < 0 ? one.lowId() : low;
            top = one.topId().compareTo(top) > 0 ? one.topId() : top;
            lines += one.lines();
            last = one;
        }
        if (last == null) return Optional.empty();
        var anchor = new ChainEnd(last.place() + last.lines() - 1, last.last());
        heads.insert(SignedHead.sign(HeadKey.of(keys, tenant), tenant, anchor, clock.instant()));
        heads.deleteBefore(tenant, anchor.place());
        delete(tenant, last.place());
        return Optional.of(new Released(low, top, oldest.getFirst().from(), last.until()));
    }

    private List<Oldest> oldest(TenantId tenant) {
        return db.sql("""
                SELECT place, lines, era, written_from, written_until, low_id, top_id, placed_at,
                       substring(hashes FROM lines * 32 - 31 FOR 32) AS last
                  FROM log_chain WHERE tenant_id = :tenant ORDER BY place LIMIT :most
                """)
                .param("tenant", tenant.value())
                .param("most", SEGMENTS)
                .query((row, _) -> oldest(row))
                .list();
    }

    private static Oldest oldest(ResultSet row) throws SQLException {
        return new Oldest(
                row.getLong("place"),
                row.getInt("lines"),
                row.getInt("era"),
                row.getLong("written_from"),
                row.getLong("written_until"),
                row.getString("low_id"),
                row.getString("top_id"),
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                row.getBytes("last"));
    }

    private void delete(TenantId tenant, long lastPlace) {
        db.sql("DELETE FROM log_chain WHERE tenant_id = :tenant AND place <= :place")
                .param("tenant", tenant.value())
                .param("place", lastPlace)
                .update();
    }

    /** Lines of transactions before this one never get a place. */
    public long begins() {
        return chain.begins();
    }
}
