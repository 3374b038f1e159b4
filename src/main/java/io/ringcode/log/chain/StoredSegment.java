package io.ringcode.log.chain;

import io.ringcode.tenant.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment as the database has it, which need not be true.
 *
 * @param until its lines are of transactions before this one
 * @param head that was signed at its last place
 */
record StoredSegment(
        Segment segment,
        long until,
        Instant placedAt,
        @Nullable SignedHead head) {
    private static final String OF_RUNS = """
            SELECT part.tenant_id, part.place, part.lines, part.low_id, part.top_id, part.previous, part.hashes, part.written_until, part.placed_at,
                   head.place AS head_place, head.hash, head.signed_at, head.jws
              FROM log_chain AS part
              LEFT JOIN log_head AS head ON head.tenant_id = part.tenant_id AND head.place = part.place + part.lines - 1
             WHERE part.era = ? AND part.written_from >= ? AND part.written_from < ?
               AND (?::text IS NULL OR part.tenant_id = ?)
             ORDER BY part.tenant_id COLLATE "C", part.place
            """;

    /** Of the runs that went over these transactions, tenant after tenant. */
    static List<StoredSegment> of(Connection connection, int era, long from, long until, @Nullable TenantId tenant)
            throws SQLException {
        var found = new ArrayList<StoredSegment>();
        var name = tenant == null ? null : tenant.value();
        try (var statement = connection.prepareStatement(OF_RUNS)) {
            statement.setInt(1, era);
            statement.setLong(2, from);
            statement.setLong(3, until);
            statement.setString(4, name);
            statement.setString(5, name);
            try (var row = statement.executeQuery()) {
                while (row.next()) found.add(of(row));
            }
        }
        return found;
    }

    private static StoredSegment of(ResultSet row) throws SQLException {
        var tenant = new TenantId(row.getString("tenant_id"));
        var segment = new Segment(
                tenant,
                row.getLong("place"),
                row.getInt("lines"),
                row.getString("low_id"),
                row.getString("top_id"),
                row.getBytes("previous"),
                row.getBytes("hashes"));
        var jws = row.getString("jws");
        var head = jws == null
                ? null
                : new SignedHead(
                        tenant,
                        row.getLong("head_place"),
                        row.getBytes("hash"),
                        row.getObject("signed_at", OffsetDateTime.class).toInstant(),
                        jws);
        return new StoredSegment(
                segment,
                row.getLong("written_until"),
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                head);
    }

    /** Whether there is a hash for each line that it is said to have. */
    boolean isWhole() {
        return segment.lines() > 0
                && segment.previous().length == ChainHash.LENGTH
                && segment.hashes().length == segment.lines() * ChainHash.LENGTH;
    }
}
