package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
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
    public String issue(Caller caller, UserId user, @Nullable String factor, boolean multiple, Instant now) {
        var tenant = caller.tenant();
        var ticket = random.mixed(32);
        db.sql("""
                INSERT INTO enrollment_ticket (tenant_id, hash, user_id, client_id, factor, multiple, created_at, expires_at)
                VALUES (:tenant, :hash, :user, :client, :factor, :multiple, :now, :expires)
                """)
                .param("tenant", tenant.value())
                .param("hash", hash.of(tenant.value(), ticket))
                .param("user", user.value())
                .param("client", caller.client().id().value())
                .param("factor", factor)
                .param("multiple", multiple)
                .param("now", now.atOffset(UTC))
                .param("expires", now.plus(LIFE).atOffset(UTC))
                .update();
        return ticket;
    }

    /** What showing a ticket came to. */
    public sealed interface Shown {
        /**
         * Good, and still to be used up.
         *
         * @param client whose administrator made it
         * @param factor the only kind to enrol; null for any
         * @param multiple whether a user who has an authenticator may enrol another
         */
        record Good(UserId user, ClientId client, @Nullable String factor, boolean multiple) implements Shown {}

        record Used() implements Shown {}

        record Expired() implements Shown {}

        record Unknown() implements Shown {}
    }

    public Shown show(TenantId tenant, String ticket, Instant now) {
        return db.sql("""
                SELECT user_id, client_id, factor, multiple, expires_at > :now AS live, used_at IS NOT NULL AS used
                  FROM enrollment_ticket WHERE tenant_id = :tenant AND hash = :hash
                """)
                .param("tenant", tenant.value())
                .param("hash", hash.of(tenant.value(), ticket))
                .param("now", now.atOffset(UTC))
                .query((row, _) -> {
                    if (row.getBoolean("used")) return new Shown.Used();
                    if (!row.getBoolean("live")) return new Shown.Expired();
                    var client = row.getString("client_id");
                    return (Shown) new Shown.Good(
                            new UserId(row.getString("user_id")),
                            new ClientId(client == null ? "" : client),
                            row.getString("factor"),
                            row.getBoolean("multiple"));
                })
                .optional()
                .orElseGet(Shown.Unknown::new);
    }

    /** A user's unused tickets are worth nothing any more. */
    public void endAll(TenantId tenant, UserId user) {
        db.sql("DELETE FROM enrollment_ticket WHERE tenant_id = :tenant AND user_id = :user AND used_at IS NULL")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .update();
    }

    /** One enrolment per ticket, used up in the transaction that confirms it. @return whether this was the one */
    public boolean use(TenantId tenant, String ticket, Instant now) {
        return db.sql("""
                UPDATE enrollment_ticket SET used_at = :now
                 WHERE tenant_id = :tenant AND hash = :hash AND used_at IS NULL AND expires_at > :now
                """)
                        .param("tenant", tenant.value())
                        .param("hash", hash.of(tenant.value(), ticket))
                        .param("now", now.atOffset(UTC))
                        .update()
                == 1;
    }
}
