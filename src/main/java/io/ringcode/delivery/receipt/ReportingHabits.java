package io.ringcode.delivery.receipt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringcode.delivery.routing.CarrierHealth.HealthKey;
import io.ringcode.phone.Channel;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Learns from recent messages what a carrier normally reports, by channel and country: some networks never tell that a message
 * arrived, so that the carrier's last word is "sent", and some tell nothing.
 */
@Component
class ReportingHabits {
    /** Of each state that a carrier can leave a message in: as many as make chance small, few enough to read in passing. */
    private static final int RECENT = 300;
    /** Receipts of younger messages may be under way. */
    private static final Duration RECEIPTS_UNDER_WAY = Duration.ofMinutes(1);

    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private record Key(TenantId tenant, String provider, Channel channel) {}

    private record Learned(Map<String, ReportingHabit> byCountry, Instant until) {
        ReportingHabit all() {
            return byCountry.values().stream().reduce(ReportingHabit.NONE, ReportingHabit::plus);
        }
    }

    private final JdbcClient db;
    private final Clock clock;
    private final Cache<Key, Learned> learned =
            Caffeine.newBuilder().maximumSize(10_000).build();

    ReportingHabits(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** To the key's country, or to all where it has had only a few. */
    ReportingHabit of(HealthKey carrier) {
        var key = new Key(carrier.tenant(), carrier.provider(), carrier.channel());
        var now = clock.instant();
        var known = learned.asMap()
                .compute(key, (_, before) -> before != null && before.until().isAfter(now) ? before : learn(key, now));
        var here = known.byCountry().getOrDefault(carrier.region(), ReportingHabit.NONE);
        return here.isKnown() ? here : known.all();
    }

    private Learned learn(Key key, Instant now) {
        var byCountry = new HashMap<String, ReportingHabit>();
        db.sql("""
                SELECT coalesce(region, 'none') AS region,
                       count(*) FILTER (WHERE state <> 'accepted') AS ended,
                       count(*) FILTER (WHERE state = 'accepted' AND told) AS sent,
                       count(*) FILTER (WHERE state = 'accepted' AND NOT told) AS silent
                  FROM unnest(ARRAY['accepted', 'delivered', 'undelivered']) AS of_state,
                       LATERAL (
                           SELECT region, state, state = 'accepted' AND EXISTS (
                                      SELECT FROM attempt AS a
                                        JOIN receipt AS r ON r.tenant_id = a.tenant_id AND r.provider = a.provider
                                                         AND r.vendor_id = a.vendor_id
                                       WHERE a.tenant_id = message.tenant_id AND a.message_id = message.id) AS told
                             FROM message
                            WHERE tenant_id = :tenant AND provider = :provider AND channel = :channel AND state = of_state
                              AND (state <> 'accepted' OR id < :settled)
                            ORDER BY id DESC LIMIT :recent) AS recent
                 GROUP BY 1
                """)
                .param("tenant", key.tenant().value())
                .param("provider", key.provider())
                .param("channel", key.channel().wire())
                .param("settled", TimedId.floor(now.minus(RECEIPTS_UNDER_WAY)))
                .param("recent", RECENT)
                .query(row -> {
                    byCountry.put(
                            row.getString("region"),
                            new ReportingHabit(row.getLong("ended"), row.getLong("sent"), row.getLong("silent")));
                });
        return new Learned(Map.copyOf(byCountry), now.plus(REMEMBERED));
    }
}
