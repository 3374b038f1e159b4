package io.ringcode.figure;

import io.ringcode.delivery.ledger.CountedAs;
import java.util.Arrays;
import java.util.stream.Collectors;

/** SQL that tells, for each message of a tenant between two ids, what its sums need. */
final class Lines {
    private Lines() {}

    /** Upper bounds of the buckets of {@code figure_latency}, milliseconds; the last bucket has none. */
    static final int[] BOUNDS = {100, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000};

    /** What {@link CountedAs} asks for. */
    static final String WITH_LINES = """
            WITH asked AS (
                SELECT m.tenant_id, m.id, (m.created_at AT TIME ZONE 'UTC')::date AS day, m.channel, m.provider,
                       coalesce(m.region, '') AS country, m.state, m.created_at, m.user_id, m.transaction_id, m.enrollment_id,
                       coalesce(m.verified_at, c.spent_at) AS verified_at
                  FROM message AS m
                  LEFT JOIN typed_code AS c
                    ON c.tenant_id = m.tenant_id AND c.transaction_id = m.transaction_id
                   AND c.enrollment_id = m.enrollment_id AND c.spent_at >= m.created_at
                 WHERE m.tenant_id = :tenant AND m.id >= :since AND m.id < :until),
            told AS (SELECT line.*,
            """ + CountedAs.AMONG_ITS_LOGIN + """
                  FROM asked AS line),
            lines AS (
                SELECT told.*, coalesce(paid.currency, '') AS currency, coalesce(paid.price, 0) AS price,
                       1000 * extract(epoch FROM taken.at - told.created_at) AS accepted_ms,
                       1000 * extract(epoch FROM paid.delivered_at - told.created_at) AS delivered_ms
                  FROM told
                  LEFT JOIN LATERAL (
                       SELECT at, provider, vendor_id FROM attempt
                        WHERE tenant_id = told.tenant_id AND message_id = told.id AND result = 'accepted'
                        ORDER BY number DESC LIMIT 1) AS taken ON true
                  LEFT JOIN LATERAL (
                       SELECT max(price) AS price, max(currency) AS currency,
                              min(received_at) FILTER (WHERE state = 'delivered') AS delivered_at
                         FROM receipt
                        WHERE tenant_id = told.tenant_id AND provider = taken.provider
                          AND vendor_id = taken.vendor_id) AS paid ON true)
            """;

    private static final String COUNTS = "count(*) AS messages, "
            + Arrays.stream(CountedAs.values())
                    .map(as -> "count(*) FILTER (WHERE " + as.condition() + ") AS " + as.wire())
                    .collect(Collectors.joining(", "))
            + ", sum(price) AS cost";

    static final String SUMS = "SELECT day, provider, channel, country, currency, " + COUNTS
            + " FROM lines GROUP BY day, provider, channel, country, currency";

    private static final String HOUR = "extract(hour FROM created_at AT TIME ZONE 'UTC')::int AS hour";

    static final String HOURS = "SELECT " + HOUR + ", currency, " + COUNTS + " FROM lines GROUP BY 1, currency";

    /** Milliseconds; exact, since a day is small. */
    static final String HOURLY_LATENCIES = "SELECT " + HOUR + """
                   , count(accepted_ms) AS accepted, count(delivered_ms) AS delivered,
                   coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY accepted_ms), 0) AS accepted_p50,
                   coalesce(percentile_disc(0.95) WITHIN GROUP (ORDER BY accepted_ms), 0) AS accepted_p95,
                   coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY delivered_ms), 0) AS delivered_p50,
                   coalesce(percentile_disc(0.95) WITHIN GROUP (ORDER BY delivered_ms), 0) AS delivered_p95
              FROM lines GROUP BY 1
            """;

    static final String LATENCIES = """
            SELECT day, provider, channel, stage, bucket, count(*) AS messages
              FROM lines, LATERAL (
                   SELECT 'accepted' AS stage, width_bucket(accepted_ms, :bounds::numeric[]) AS bucket
                    WHERE accepted_ms IS NOT NULL
                    UNION ALL
                   SELECT 'delivered', width_bucket(delivered_ms, :bounds::numeric[])
                    WHERE delivered_ms IS NOT NULL) AS stages
             GROUP BY day, provider, channel, stage, bucket
            """;

    /** Sums and buckets at once, for messages that are few. */
    static final String YOUNG = """
            SELECT day, provider, channel, country, currency, width_bucket(accepted_ms, :bounds::numeric[]) AS accepted_bucket,
                   width_bucket(delivered_ms, :bounds::numeric[]) AS delivered_bucket,
            """ + COUNTS + """
             FROM lines GROUP BY day, provider, channel, country, currency, accepted_bucket, delivered_bucket
            """;

    /** The log's ids begin with {@code 900} and the time to the millisecond, so its index of types finds the young lines. */
    static final String LIMITS = """
            SELECT (at AT TIME ZONE 'UTC')::date AS day, data ->> 'description' AS what, count(*) AS events
              FROM log_line
             WHERE tenant_id = :tenant AND type = ANY(:types::text[])
               AND id >= '900' || to_char(:sinceTime::timestamptz AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS')
               AND id < '900' || to_char(:untilTime::timestamptz AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS')
             GROUP BY 1, 2
            """;

    /** What says that a limit held: on messages, on guesses at codes and on guesses at recovery codes. */
    static final String[] LIMIT_TYPES = {"limit_phone", "gd_otp_rate_limit_exceed", "gd_recovery_rate_limit_exceed"};
}
