package io.ringcode.figure;

/** SQL that tells, for each message of a tenant between two ids, what its sums need. */
final class Lines {
    private Lines() {}

    /** Upper bounds of the buckets of {@code figure_latency}, milliseconds; the last bucket has none. */
    static final int[] BOUNDS = {100, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000};

    /**
     * A message arrived if its carrier says so or its code was typed: some carriers report nothing. One that was not sent
     * (again) since its code was used, state {@code not_needed}, counts among the messages alone. Of the messages of one
     * login, the first counts as the code and the last before the code was typed as the one that was verified.
     */
    static final String WITH_LINES = """
            WITH asked AS (
                SELECT m.tenant_id, m.id, (m.created_at AT TIME ZONE 'UTC')::date AS day, m.channel, m.provider,
                       coalesce(m.region, '') AS country, m.state, m.created_at, m.enrollment_id,
                       coalesce(m.transaction_id, m.id) AS login, coalesce(m.verified_at, c.spent_at) AS verified_at
                  FROM message AS m
                  LEFT JOIN typed_code AS c
                    ON c.tenant_id = m.tenant_id AND c.transaction_id = m.transaction_id
                   AND c.enrollment_id = m.enrollment_id AND c.spent_at >= m.created_at
                 WHERE m.tenant_id = :tenant AND m.id >= :since AND m.id < :until),
            told AS (
                SELECT asked.*,
                       row_number() OVER (PARTITION BY login, enrollment_id ORDER BY id) = 1 AS is_code,
                       verified_at IS NOT NULL AND row_number() OVER (
                           PARTITION BY login, enrollment_id ORDER BY verified_at IS NULL, id DESC) = 1 AS is_verified
                  FROM asked),
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

    static final String SUMS = """
            SELECT day, provider, channel, country, currency,
                   count(*) AS messages,
                   count(*) FILTER (WHERE state IN ('accepted', 'delivered', 'undelivered')) AS sent,
                   count(*) FILTER (WHERE state = 'delivered' OR (verified_at IS NOT NULL AND state <> 'not_needed')) AS delivered,
                   count(*) FILTER (WHERE state IN ('failed', 'expired')) AS failed,
                   count(*) FILTER (WHERE is_code) AS codes,
                   count(*) FILTER (WHERE is_verified) AS verified,
                   sum(price) AS cost
              FROM lines
             GROUP BY day, provider, channel, country, currency
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
