package io.ringcode.enrollment;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Links that let a user enrol without signing in first. A ticket is random; its keyed hash is what is kept. */
@Component
public class Tickets {
    private static final Duration LIFE = Duration.ofDays(5);

    private final JdbcClient db;
    private final KeyedHash hash;
    private final RandomText random;

    Tickets(JdbcClient db, Keyring keys, RandomText random) {
        this.db = db;
        this.hash = keys.hash("enrollment-ticket");
        this.random = random;
    }

    /**
     * @param factor the only kind to enrol; null for any that is on
     * @param multiple whether a user who has an authenticator may enrol another
     * @return the ticket, told this once
     */
    public String issue(TenantId tenant, UserId user, @Nullable String factor, boolean multiple, Instant now) {
        var ticket = random.mixed(32);
        db.sql("""
                INSERT INTO enrollment_ticket (tenant_id, hash, user_id, factor, multiple, created_at, expires_at)
                VALUES (:tenant, :hash, :user, :factor, :multiple, :now, :expires)
                """)
                .param("tenant", tenant.value())
                .param("hash", hash.of(tenant.value(), ticket))
                .param("user", user.value())
                .param("factor", factor)
                .param("multiple", multiple)
                .param("now", now.atOffset(UTC))
                .param("expires", now.plus(LIFE).atOffset(UTC))
                .update();
        return ticket;
    }
}
