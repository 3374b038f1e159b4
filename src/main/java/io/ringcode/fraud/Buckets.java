package io.ringcode.fraud;

import static java.time.ZoneOffset.UTC;

import io.ringcode.database.LastWrites;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Buckets one at a time: one statement decides and counts. */
@Component
class Buckets {
    private final JdbcClient db;
    private final LastWrites writes;

    Buckets(JdbcClient db, LastWrites writes) {
        this.db = db;
        this.writes = writes;
    }

    /** The table as the transaction that runs has left it so far. */
    private JdbcClient table() {
        writes.bringForward();
        return db;
    }

    /** As PostgreSQL reads an interval. */
    static String interval(Duration duration) {
        return duration.toNanos() / 1_000 + " microseconds";
    }

    /** Takes {@code count} at once, or nothing. */
    boolean take(TenantId tenant, String kind, byte[] subject, Bucket bucket, int count, Instant now) {
        return table().sql("""
                INSERT INTO rate_limit AS held (tenant_id, kind, subject, full_at)
                VALUES (:tenant, :kind, :subject, :after)
                ON CONFLICT (tenant_id, kind, subject) DO UPDATE
                   SET full_at = greatest(held.full_at, :now) + (:after - :now)
                 WHERE greatest(held.full_at, :now) + (:after - :now) <= :most
                """)
                        .param("tenant", tenant.value())
                        .param("kind", kind)
                        .param("subject", subject)
                        .param("now", now.atOffset(UTC))
                        .param(
                                "after",
                                now.plus(bucket.step().multipliedBy(count)).atOffset(UTC))
                        .param("most", now.plus(bucket.whole()).atOffset(UTC))
                        .update()
                == 1;
    }

    /** Puts one back that was taken and turned out not to count. */
    void giveBack(TenantId tenant, String kind, byte[] subject, Bucket bucket) {
        table().sql("""
                UPDATE rate_limit SET full_at = full_at - :step::interval
                 WHERE tenant_id = :tenant AND kind = :kind AND subject = :subject
                """)
                .param("tenant", tenant.value())
                .param("kind", kind)
                .param("subject", subject)
                .param("step", interval(bucket.step()))
                .update();
    }

    /** @return whole seconds until there is room for one more; zero when there is */
    Duration untilOneMore(TenantId tenant, String kind, byte[] subject, Bucket bucket, Instant now) {
        return table().sql(
                        "SELECT full_at FROM rate_limit WHERE tenant_id = :tenant AND kind = :kind AND subject = :subject")
                .param("tenant", tenant.value())
                .param("kind", kind)
                .param("subject", subject)
                .query(OffsetDateTime.class)
                .optional()
                .map(fullAt -> untilOneMore(fullAt.toInstant(), bucket, now))
                .orElse(Duration.ZERO);
    }

    /** @return whether a bucket of a subject that begins so has no room for one more */
    boolean anyEmpty(TenantId tenant, String kind, byte[] beginning, Bucket bucket, Instant now) {
        return table().sql("""
                SELECT count(*) FROM rate_limit
                 WHERE tenant_id = :tenant AND kind = :kind AND subject >= :from AND subject < :to AND full_at > :most
                """)
                        .param("tenant", tenant.value())
                        .param("kind", kind)
                        .param("from", beginning)
                        .param("to", after(beginning))
                        .param(
                                "most",
                                now.plus(bucket.whole()).minus(bucket.step()).atOffset(UTC))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Fills every bucket of a subject that begins so. */
    void forgetAll(TenantId tenant, String kind, byte[] beginning) {
        table().sql("""
                DELETE FROM rate_limit
                 WHERE tenant_id = :tenant AND kind = :kind AND subject >= :from AND subject < :to
                """)
                .param("tenant", tenant.value())
                .param("kind", kind)
                .param("from", beginning)
                .param("to", after(beginning))
                .update();
    }

    /** The least subject that no longer begins so. */
    private static byte[] after(byte[] beginning) {
        var end = beginning.clone();
        for (int i = end.length - 1; i >= 0; i--) if (++end[i] != 0) return Arrays.copyOf(end, i + 1);
        throw new IllegalArgumentException("Nothing comes after this");
    }

    /** @return whole seconds until a bucket that is full again at {@code fullAt} has room for one more; zero when it has */
    static Duration untilOneMore(Instant fullAt, Bucket bucket, Instant now) {
        var wait = Duration.between(now, fullAt).plus(bucket.step()).minus(bucket.whole());
        return wait.isPositive()
                ? Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds())
                : Duration.ZERO;
    }

    /** Holds buckets for all that one transaction takes from them. */
    HeldBuckets hold(Collection<HeldBuckets.BucketKey> keys, Instant now) {
        return HeldBuckets.hold(table(), writes, keys, now);
    }
}
