package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.geoip.GeoIp;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The countries that users have signed in from lately: what tells a new one. Nothing finer than a country is kept, and nothing where no rule asks. */
@Component
public class KnownCountries {
    /** As long as a browser is known. */
    private static final Duration LIFE = Duration.ofDays(90);

    /** Of one user. */
    private static final int MOST = 20;

    private final JdbcClient db;
    private final GeoIp geoIp;
    private final Clock clock;

    KnownCountries(JdbcClient db, GeoIp geoIp, Clock clock) {
        this.db = db;
        this.geoIp = geoIp;
        this.clock = clock;
    }

    /**
     * Whether a user has not signed in from there. An address that the operator's files do not know may be anywhere; where there is no
     * file, there are no countries.
     *
     * @param address of the user; null where it is not known
     */
    boolean isNew(TenantId tenant, UserId user, @Nullable String address) {
        if (!geoIp.hasFiles()) return false;
        var country = geoIp.of(address).country();
        return country == null
                || !db.sql("""
                        SELECT EXISTS (SELECT FROM known_country
                                        WHERE tenant_id = :tenant AND user_id = :user AND country = :country AND expires_at > :now)
                        """)
                        .param("tenant", tenant.value())
                        .param("user", user.value())
                        .param("country", country)
                        .param("now", clock.instant().atOffset(UTC))
                        .query(Boolean.class)
                        .single();
    }

    /** A user has signed in from there. Written once a day at the most. */
    void signedIn(TenantId tenant, UserId user, @Nullable String address) {
        var country = geoIp.of(address).country();
        if (country == null) return;
        var now = clock.instant();
        var written = db.sql("""
                INSERT INTO known_country AS known (tenant_id, user_id, country, expires_at)
                SELECT :tenant, :user, :country, :expires FROM user_standing WHERE tenant_id = :tenant AND id = :user
                ON CONFLICT (tenant_id, user_id, country) DO UPDATE SET expires_at = :expires WHERE known.expires_at < :old
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("country", country)
                .param("expires", now.plus(LIFE).atOffset(UTC))
                .param("old", now.plus(LIFE).minus(Duration.ofDays(1)).atOffset(UTC))
                .update();
        if (written == 0) return;
        db.sql("""
                DELETE FROM known_country
                 WHERE tenant_id = :tenant AND user_id = :user
                   AND country IN (SELECT country FROM known_country
                                    WHERE tenant_id = :tenant AND user_id = :user AND country <> :country
                                    ORDER BY expires_at DESC, country OFFSET :others)
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("country", country)
                .param("others", MOST - 1)
                .update();
    }

    /** What ends trust makes every country a new one. */
    public void forgetAll(TenantId tenant, UserId user) {
        db.sql("DELETE FROM known_country WHERE tenant_id = :tenant AND user_id = :user")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .update();
    }
}
