package io.ringcode.user;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Links by which somebody who forgot a password sets another one: good once, for an hour, and only under the security stamp that
 * the user had. A link's token is random; its keyed hash is what is kept.
 */
@Component
public class PasswordResets {
    public static final Duration LIFE = Duration.ofHours(1);

    private final JdbcClient db;
    private final KeyedHash hash;
    private final RandomText random;

    PasswordResets(JdbcClient db, Keyring keys, RandomText random) {
        this.db = db;
        this.hash = keys.hash("password-reset");
        this.random = random;
    }

    /**
     * @param client the application that asked, by its id
     * @return the token, told this once
     */
    public String issue(User user, String client, Instant now) {
        var token = random.mixed(32);
        db.sql("""
                INSERT INTO password_reset (tenant_id, hash, user_id, user_stamp, client_id, expires_at)
                VALUES (:tenant, :hash, :user, :stamp, :client, :expires)
                """)
                .param("tenant", user.tenant().value())
                .param("hash", hashed(user.tenant(), token))
                .param("user", user.id().value())
                .param("stamp", user.stamp())
                .param("client", client)
                .param("expires", now.plus(LIFE).atOffset(UTC))
                .update();
        return token;
    }

    /**
     * What a good link is for.
     *
     * @param key what {@link #use} takes: the token's hash, by which nobody opens the link
     */
    public record Good(UserId user, long stamp, String client, String key) {}

    /** Looking does not use it up: mail programs look at every link. */
    public Optional<Good> show(TenantId tenant, String token, Instant now) {
        return db.sql("""
                SELECT r.user_id, r.user_stamp, r.client_id, encode(r.hash, 'hex') AS key
                  FROM password_reset AS r JOIN app_user AS u ON u.tenant_id = r.tenant_id AND u.id = r.user_id
                 WHERE r.tenant_id = :tenant AND r.hash = :hash AND r.expires_at > :now
                   AND u.security_stamp = r.user_stamp AND NOT u.blocked
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("now", now.atOffset(UTC))
                .query((row, _) -> new Good(
                        new UserId(row.getString("user_id")),
                        row.getLong("user_stamp"),
                        row.getString("client_id"),
                        row.getString("key")))
                .optional();
    }

    /**
     * Uses a link up, in the transaction that sets the password.
     *
     * @param key as {@link Good} has it
     * @return whether it was good until now
     */
    public boolean use(TenantId tenant, String key, UserId user, Instant now) {
        return db.sql("""
                DELETE FROM password_reset
                 WHERE tenant_id = :tenant AND encode(hash, 'hex') = :key AND user_id = :user AND expires_at > :now
                """)
                        .param("tenant", tenant.value())
                        .param("key", key)
                        .param("user", user.value())
                        .param("now", now.atOffset(UTC))
                        .update()
                == 1;
    }

    private byte[] hashed(TenantId tenant, String token) {
        return hash.of(tenant.value(), token);
    }
}
