package io.ringcode.fraud;

import static java.time.ZoneOffset.UTC;

import io.ringcode.database.LastWrites;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.tenant.TenantId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The buckets that a transaction takes from: read and locked with one statement, in one order, so that two transactions never
 * wait for each other in a circle; taken from in memory; and written with one statement.
 *
 * <p>Both statements ask for one row after the other by its key. A join would be planned by what the planner knows of the table, and that is often
 * that it is empty.
 */
final class HeldBuckets {
    /** @param subject a keyed hash of what is counted */
    record BucketKey(TenantId tenant, String kind, ByteBuffer subject) {
        BucketKey(TenantId tenant, String kind, byte[] subject) {
            this(tenant, kind, ByteBuffer.wrap(subject));
        }
    }

    private static final String WRITE = """
            WITH asked AS (
                SELECT * FROM unnest(:tenants::text[], :kinds::text[], :subjects::bytea[], :full::timestamptz[], :stored::boolean[])
                           AS one (tenant, kind, subject, full_at, stored)
            ), changed AS (
                INSERT INTO rate_limit (tenant_id, kind, subject, full_at)
                SELECT tenant, kind, subject, full_at FROM asked WHERE stored
                ON CONFLICT (tenant_id, kind, subject) DO UPDATE SET full_at = excluded.full_at
                RETURNING 1
            ), made AS (
                INSERT INTO rate_limit (tenant_id, kind, subject, full_at)
                SELECT tenant, kind, subject, full_at FROM asked WHERE NOT stored ORDER BY tenant, kind, subject
                ON CONFLICT DO NOTHING
                RETURNING 1
            )
            SELECT CASE WHEN (SELECT count(*) FROM changed) + (SELECT count(*) FROM made) = :count THEN 0 ELSE overtaken() END
            """;

    private final LastWrites writes;
    private final Instant now;
    private final Map<BucketKey, Instant> fullAt;
    private final Set<BucketKey> stored;
    private final Set<BucketKey> taken = new HashSet<>();

    private HeldBuckets(LastWrites writes, Instant now, Map<BucketKey, Instant> fullAt) {
        this.writes = writes;
        this.now = now;
        this.fullAt = fullAt;
        this.stored = Set.copyOf(fullAt.keySet());
    }

    static HeldBuckets hold(JdbcClient db, LastWrites writes, Collection<BucketKey> keys, Instant now) {
        var fullAt = new HashMap<BucketKey, Instant>();
        if (!keys.isEmpty())
            db.sql("""
                    SELECT held.*
                      FROM (SELECT * FROM unnest(:tenants::text[], :kinds::text[], :subjects::bytea[]) AS one (tenant, kind, subject)
                             ORDER BY tenant, kind, subject) AS asked
                     CROSS JOIN LATERAL (
                           SELECT tenant_id, kind, subject, full_at FROM rate_limit
                            WHERE tenant_id = asked.tenant AND rate_limit.kind = asked.kind AND rate_limit.subject = asked.subject
                              FOR UPDATE) AS held
                    """)
                    .param("tenants", texts(keys, key -> key.tenant().value()))
                    .param("kinds", texts(keys, BucketKey::kind))
                    .param("subjects", subjects(keys))
                    .query(row -> {
                        fullAt.put(
                                new BucketKey(
                                        new TenantId(row.getString("tenant_id")),
                                        row.getString("kind"),
                                        row.getBytes("subject")),
                                row.getObject("full_at", OffsetDateTime.class).toInstant());
                    });
        // To the microsecond, as the database keeps time.
        return new HeldBuckets(writes, now.truncatedTo(ChronoUnit.MICROS), fullAt);
    }

    boolean hasRoom(BucketKey key, Bucket bucket) {
        return !fullAfterOneMore(key, bucket).isAfter(now.plus(bucket.whole()));
    }

    /** @return whole seconds until there is room for one more; zero when there is */
    Duration untilOneMore(BucketKey key, Bucket bucket) {
        return Buckets.untilOneMore(fullAt.getOrDefault(key, now), bucket, now);
    }

    void take(BucketKey key, Bucket bucket) {
        fullAt.put(key, fullAfterOneMore(key, bucket));
        taken.add(key);
    }

    private Instant fullAfterOneMore(BucketKey key, Bucket bucket) {
        var full = fullAt.getOrDefault(key, now);
        return (full.isAfter(now) ? full : now).plus(bucket.step());
    }

    /**
     * Writes them with the transaction's commit, which fails with a {@link org.springframework.dao.ConcurrencyFailureException} when
     * another transaction has made one of the same new buckets meanwhile.
     */
    void write() {
        if (taken.isEmpty()) return;
        var keys = new ArrayList<>(taken);
        writes.add(
                WRITE,
                Map.of(
                        "tenants", texts(keys, key -> key.tenant().value()),
                        "kinds", texts(keys, BucketKey::kind),
                        "subjects", subjects(keys),
                        "full",
                                texts(
                                        keys,
                                        key -> fullAt.getOrDefault(key, now)
                                                .atOffset(UTC)
                                                .toString()),
                        "stored", keys.stream().map(stored::contains).toArray(Boolean[]::new),
                        "count", keys.size()));
    }

    private static String[] texts(Collection<BucketKey> keys, Function<BucketKey, String> member) {
        return keys.stream().map(member).toArray(String[]::new);
    }

    private static byte[][] subjects(Collection<BucketKey> keys) {
        return keys.stream().map(key -> key.subject().array()).toArray(byte[][]::new);
    }
}
