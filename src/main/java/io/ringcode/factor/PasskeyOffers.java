package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When people were asked to bind a passkey after a sign-in, and what became of it. Whatever writes runs in its caller's transaction. */
@Component
public class PasskeyOffers {
    /** Far enough that nobody is asked again on this kind of device. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private static final Duration SHOWN = Duration.ofDays(7 * 26);

    private final JdbcClient db;
    private final Authenticators authenticators;

    PasskeyOffers(JdbcClient db, Authenticators authenticators) {
        this.db = db;
        this.authenticators = authenticators;
    }

    /** A kind of device, as far as a browser tells what it runs on. */
    public enum Device {
        PHONE,
        TABLET,
        COMPUTER;

        public static Device of(@Nullable String userAgent) {
            var agent = userAgent == null ? "" : userAgent;
            if (agent.contains("iPad") || (agent.contains("Android") && !agent.contains("Mobile"))) return TABLET;
            return agent.contains("iPhone") || agent.contains("Android") ? PHONE : COMPUTER;
        }

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Answer {
        BOUND,
        LATER,
        NEVER
    }

    /**
     * Asks, unless this user was asked on such a device too lately, or has bound one. Of two sign-ins at once one asks.
     *
     * @return the offer; empty where nobody is to be asked
     */
    public Optional<UUID> make(TenantId tenant, UserId user, Device device, Instant now) {
        authenticators.hold(tenant, user);
        return db.sql("""
                INSERT INTO passkey_offer (tenant_id, id, user_id, device, offered_at, until_at)
                SELECT :tenant, :id, :user, :device, :now, :until
                 WHERE NOT EXISTS (SELECT 1 FROM passkey_offer
                                    WHERE tenant_id = :tenant AND user_id = :user
                                      AND until_at > :now AND (device = :device OR offered_at > :lately)
                                      AND (answer IS DISTINCT FROM 'bound'
                                           OR EXISTS (SELECT 1 FROM enrollment WHERE tenant_id = :tenant
                                                         AND user_id = :user AND kind = 'webauthn-platform')))
                RETURNING id
                """)
                .param("tenant", tenant.value())
                .param("id", TimedId.at(now))
                .param("user", user.value())
                .param("device", device.column())
                .param("now", now.atOffset(UTC))
                .param("lately", now.minus(PasskeyPolicy.SHORTEST_PAUSE).atOffset(UTC))
                .param("until", now.plus(PasskeyPolicy.SHORTEST_PAUSE).atOffset(UTC))
                .query(UUID.class)
                .optional();
    }

    /** @param pause until the user is asked again after "Not now" */
    public void answer(TenantId tenant, UserId user, UUID offer, Answer answer, Duration pause, Instant now) {
        var until = switch (answer) {
            case LATER -> now.plus(pause);
            case BOUND, NEVER -> now.plus(NEVER);
        };
        db.sql("""
                UPDATE passkey_offer SET answer = :answer, until_at = :until
                 WHERE tenant_id = :tenant AND user_id = :user AND id = :id AND answer IS NULL
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("id", offer)
                .param("answer", answer.name().toLowerCase(Locale.ROOT))
                .param("until", until.atOffset(UTC))
                .update();
    }

    /** How offers fared in one week, by its Monday (UTC). */
    public record Week(LocalDate week, long offered, long bound, long later, long never) {}

    /** The newest first. */
    public List<Week> weeks(TenantId tenant, Instant now) {
        return db.sql("""
                SELECT date_trunc('week', offered_at AT TIME ZONE 'UTC')::date AS week, count(*) AS offered,
                       count(*) FILTER (WHERE answer = 'bound') AS bound,
                       count(*) FILTER (WHERE answer = 'later') AS later,
                       count(*) FILTER (WHERE answer = 'never') AS never
                  FROM passkey_offer WHERE tenant_id = :tenant AND offered_at > :since
                 GROUP BY 1 ORDER BY 1 DESC
                """)
                .param("tenant", tenant.value())
                .param("since", now.minus(SHOWN).atOffset(UTC))
                .query((row, _) -> new Week(
                        row.getObject("week", LocalDate.class),
                        row.getLong("offered"),
                        row.getLong("bound"),
                        row.getLong("later"),
                        row.getLong("never")))
                .list();
    }

    /** How many people have confirmed something of this kind. */
    public record Share(FactorKind kind, long users) {}

    public List<Share> shares(TenantId tenant) {
        return db.sql("""
                SELECT kind, count(DISTINCT user_id) AS users FROM enrollment
                 WHERE tenant_id = :tenant AND confirmed_at IS NOT NULL GROUP BY kind ORDER BY kind
                """)
                .param("tenant", tenant.value())
                .query((row, _) -> new Share(FactorKind.of(row.getString("kind")), row.getLong("users")))
                .list();
    }
}
