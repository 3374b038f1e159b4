package io.ringcode.administrator;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Users who may use the console, each with the Management API's scopes that it may use for them, and the links by which
 * somebody becomes one. A link's token is random and known to whoever holds the link; its keyed hash is what is kept.
 */
@Component
public class Administrators {
    private static final Duration LINK_LIFE = Duration.ofDays(7);

    private final JdbcClient db;
    private final KeyedHash hash;
    private final RandomText random;

    Administrators(JdbcClient db, Keyring keys, RandomText random) {
        this.db = db;
        this.hash = keys.hash("administrator-link");
        this.random = random;
    }

    /** @return empty for a user who is no administrator */
    public Optional<Set<String>> scopes(TenantId tenant, UserId user) {
        return db.sql("SELECT scopes FROM administrator WHERE tenant_id = :tenant AND user_id = :user")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .query((row, _) -> Set.of((String[]) row.getArray("scopes").getArray()))
                .optional();
    }

    /** @return those of {@code users} who are administrators */
    public Set<UserId> among(TenantId tenant, Set<UserId> users) {
        return new HashSet<>(
                db.sql("SELECT user_id FROM administrator WHERE tenant_id = :tenant AND user_id = ANY(:users)")
                        .param("tenant", tenant.value())
                        .param("users", users.stream().map(UserId::value).toArray(String[]::new))
                        .query((row, _) -> new UserId(row.getString("user_id")))
                        .list());
    }

    /** @param since when the link was used */
    public record Administrator(UserId user, @Nullable String email, Set<String> scopes, Instant since) {}

    /** The oldest first. */
    public List<Administrator> list(TenantId tenant) {
        return db.sql("""
                SELECT a.user_id, u.email, a.scopes, a.created_at
                  FROM administrator AS a JOIN user_label AS u ON u.tenant_id = a.tenant_id AND u.id = a.user_id
                 WHERE a.tenant_id = :tenant ORDER BY a.created_at, a.user_id
                """)
                .param("tenant", tenant.value())
                .query((row, _) -> new Administrator(
                        new UserId(row.getString("user_id")),
                        row.getString("email"),
                        Set.of((String[]) row.getArray("scopes").getArray()),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** @return false when the user was none */
    public boolean remove(TenantId tenant, UserId user) {
        return db.sql("DELETE FROM administrator WHERE tenant_id = :tenant AND user_id = :user")
                        .param("tenant", tenant.value())
                        .param("user", user.value())
                        .update()
                == 1;
    }

    public boolean any(TenantId tenant) {
        return db.sql("SELECT EXISTS (SELECT FROM administrator WHERE tenant_id = :tenant)")
                .param("tenant", tenant.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * A link that is good once, for a week.
     *
     * @param scopes what its administrator may do
     * @return its token, told this once
     */
    public String link(TenantId tenant, Set<String> scopes, Instant now) {
        var token = random.mixed(32);
        db.sql("""
                INSERT INTO administrator_link (tenant_id, hash, scopes, expires_at)
                VALUES (:tenant, :hash, :scopes, :expires)
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("scopes", scopes.toArray(String[]::new))
                .param("expires", now.plus(LINK_LIFE).atOffset(UTC))
                .update();
        return token;
    }

    /** Looking does not use it up: mail programs look at every link. */
    public boolean isGood(TenantId tenant, String token, Instant now) {
        return db.sql("""
                SELECT EXISTS (SELECT FROM administrator_link
                                WHERE tenant_id = :tenant AND hash = :hash AND expires_at > :now)
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("now", now.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    /**
     * Uses a link up.
     *
     * @return false when it was not good any more
     */
    public boolean accept(TenantId tenant, String token, UserId user, Instant now) {
        return db.sql("""
                WITH used AS (
                    DELETE FROM administrator_link
                     WHERE tenant_id = :tenant AND hash = :hash AND expires_at > :now
                    RETURNING scopes)
                INSERT INTO administrator (tenant_id, user_id, scopes, created_at)
                SELECT :tenant, :user, scopes, :now FROM used
                ON CONFLICT (tenant_id, user_id) DO UPDATE SET scopes = excluded.scopes
                """)
                        .param("tenant", tenant.value())
                        .param("hash", hashed(tenant, token))
                        .param("user", user.value())
                        .param("now", now.atOffset(UTC))
                        .update()
                == 1;
    }

    private byte[] hashed(TenantId tenant, String token) {
        return hash.of(tenant.value(), token);
    }
}
