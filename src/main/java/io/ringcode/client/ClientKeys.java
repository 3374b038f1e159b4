package io.ringcode.client;

import static java.time.ZoneOffset.UTC;

import com.nimbusds.jose.jwk.JWK;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.text.ParseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The public keys of clients that prove themselves by signed assertions (RFC 7523). */
@Component
public class ClientKeys {
    private final JdbcClient db;

    ClientKeys(JdbcClient db) {
        this.db = db;
    }

    /** The oldest first. */
    public List<ClientKey> list(TenantId tenant, ClientId client) {
        return db.sql("""
                SELECT id, name, kid, alg, jwk, active, created_at, updated_at, expires_at
                  FROM client_key WHERE tenant_id = :tenant AND client_id = :client ORDER BY created_at, id
                """)
                .param("tenant", tenant.value())
                .param("client", client.value())
                .query((row, _) -> read(row))
                .list();
    }

    public void add(TenantId tenant, ClientId client, ClientKey key) {
        db.sql("""
                INSERT INTO client_key (tenant_id, client_id, id, name, kid, alg, jwk, active, created_at, updated_at, expires_at)
                VALUES (:tenant, :client, :id, :name, :kid, :alg, :jwk::jsonb, :active, :created, :updated, :expires)
                """)
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("id", key.id())
                .param("name", key.name())
                .param("kid", key.kid())
                .param("alg", key.alg())
                .param("jwk", key.jwk().toPublicJWK().toJSONString())
                .param("active", key.active())
                .param("created", key.createdAt().atOffset(UTC))
                .param("updated", key.updatedAt().atOffset(UTC))
                .param("expires", time(key.expiresAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** Exactly these keys are accepted from now on. */
    public void activate(TenantId tenant, ClientId client, Set<String> ids, Instant now) {
        db.sql("""
                UPDATE client_key SET active = id = ANY (:ids), updated_at = :now
                 WHERE tenant_id = :tenant AND client_id = :client AND active <> (id = ANY (:ids))
                """)
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("ids", ids.toArray(String[]::new))
                .param("now", now.atOffset(UTC))
                .update();
    }

    public void expire(TenantId tenant, ClientId client, String id, @Nullable Instant expiresAt, Instant now) {
        db.sql("""
                UPDATE client_key SET expires_at = :expires, updated_at = :now
                 WHERE tenant_id = :tenant AND client_id = :client AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("id", id)
                .param("expires", time(expiresAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** @return whether there was one */
    public boolean remove(TenantId tenant, ClientId client, String id) {
        return db.sql("DELETE FROM client_key WHERE tenant_id = :tenant AND client_id = :client AND id = :id")
                        .param("tenant", tenant.value())
                        .param("client", client.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(UTC);
    }

    private static ClientKey read(ResultSet row) throws SQLException {
        var expires = row.getObject("expires_at", OffsetDateTime.class);
        try {
            return new ClientKey(
                    row.getString("id"),
                    row.getString("name"),
                    row.getString("kid"),
                    row.getString("alg"),
                    JWK.parse(row.getString("jwk")),
                    row.getBoolean("active"),
                    Registrations.instant(row, "created_at"),
                    Registrations.instant(row, "updated_at"),
                    expires == null ? null : expires.toInstant());
        } catch (ParseException damaged) {
            throw new SQLException("A stored client key cannot be read", damaged);
        }
    }
}
