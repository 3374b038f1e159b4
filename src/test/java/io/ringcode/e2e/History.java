package io.ringcode.e2e;

import io.ringcode.tenant.TenantId;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forty days of figures that pages can show: always the same ones, up to yesterday. */
final class History {
    private History() {}

    static void of(JdbcClient db, TenantId tenant, LocalDate today) {
        db.sql("""
                INSERT INTO figure (tenant_id, day, provider, channel, country, currency, messages, sent, delivered, failed,
                                    codes, verified, cost)
                SELECT :tenant, CAST(:today AS date) - ago, provider, channel, country, 'USD', n, n - n / 25, n - n / 12, n / 25,
                       n - n / 10, n - n / 5, n * 0.0079
                  FROM generate_series(1, 40) AS ago,
                       (VALUES ('twilio', 'sms', 'US', 80), ('twilio', 'voice', 'US', 12), ('vonage', 'sms', 'DE', 45),
                               ('vonage', 'sms', 'FR', 20), ('vonage', 'sms', '', 4)) AS usual (provider, channel, country, usual),
                       LATERAL (SELECT (usual * (1 + 0.5 * sin(ago / 1.1)))::integer AS n) AS of_day
                """).param("tenant", tenant.value()).param("today", today).update();
        db.sql("""
                INSERT INTO figure_latency (tenant_id, day, provider, channel, stage, bucket, messages)
                SELECT DISTINCT :tenant, day, provider, channel, stage, bucket, 10 * bucket
                  FROM figure, (VALUES ('accepted', 1), ('accepted', 2), ('delivered', 4), ('delivered', 5), ('delivered', 7))
                    AS stages (stage, bucket)
                 WHERE tenant_id = :tenant
                """).param("tenant", tenant.value()).update();
        db.sql("INSERT INTO figure_limit VALUES (:tenant, CAST(:today AS date) - 1, 'Too many wrong codes', 3)")
                .param("tenant", tenant.value())
                .param("today", today)
                .update();
    }
}
