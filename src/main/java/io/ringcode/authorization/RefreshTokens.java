package io.ringcode.authorization;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.ClientId;
import io.ringcode.client.RefreshTokenSettings;
import io.ringcode.client.Registrations;
import io.ringcode.factor.Amr;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refresh tokens. Where nothing else is set for the client, each is good once and replaced by the next, and one shown twice ends its
 * whole family (RFC 9700). The client's {@link RefreshTokenSettings} may allow the one just used for a moment longer, or one
 * token for all uses.
 */
@Component
class RefreshTokens {
    /**
     * What showing a refresh token came to.
     *
     * @param next the token that replaces the one shown; null where that one stays good
     */
    record Rotated(Session session, @Nullable String next) {}

    /** Two who end the same family at once wait for each other, where each would else hold a row that the other wants. */
    private static final String IN_ORDER = " ORDER BY hash FOR UPDATE ";

    private final JdbcClient db;
    private final Registrations registrations;
    private final KeyedHash hash;
    private final RandomText random;
    private final Clock clock;

    RefreshTokens(JdbcClient db, Registrations registrations, Keyring keys, RandomText random, Clock clock) {
        this.db = db;
        this.registrations = registrations;
        this.hash = keys.hash("refresh-token");
        this.random = random;
        this.clock = clock;
    }

    String issue(Session session) {
        return issue(session, UUID.randomUUID());
    }

    /** @param family all that comes of the same sign-in, which ends together */
    String issue(Session session, UUID family) {
        return insert(
                session,
                family,
                clock.instant()
                        .plus(settings(session.tenant(), session.client()).lifetime()));
    }

    void end(TenantId tenant, UUID family) {
        db.sql("WITH held AS (SELECT hash FROM refresh_token WHERE tenant_id = :tenant AND family = :family" + IN_ORDER
                        + ") DELETE FROM refresh_token USING held"
                        + " WHERE refresh_token.tenant_id = :tenant AND refresh_token.hash = held.hash")
                .param("tenant", tenant.value())
                .param("family", family)
                .update();
    }

    /**
     * In its caller's transaction.
     *
     * @return empty for a token that is not good; then {@link #endIfReused} is to be asked, in a transaction of its own, since this
     *     one may hold the token's row and must wait for no other
     */
    Optional<Rotated> rotate(TenantId tenant, ClientId client, String token) {
        var settings = settings(tenant, client);
        if (!settings.rotating()) return keep(tenant, client, token);
        var now = clock.instant();
        var used = db.sql("""
                UPDATE refresh_token SET used_at = :now FROM user_standing
                 WHERE refresh_token.tenant_id = :tenant AND hash = :hash AND client_id = :client
                   AND used_at IS NULL AND expires_at > :now
                   AND user_standing.tenant_id = :tenant AND user_standing.id = user_id AND security_stamp = user_stamp
                RETURNING family, user_id, user_stamp, audience, scope, amr, auth_time, key_thumbprint, expires_at
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("client", client.value())
                .param("now", now.atOffset(UTC))
                .query((row, _) -> used(tenant, client, row))
                .optional()
                .or(() -> usedJustNow(tenant, client, token, settings.leeway(), "FOR UPDATE OF shown"));
        return used.map(one -> new Rotated(one.session(), insert(one.session(), one.family(), one.expiresAt())));
    }

    /** What a token stands for that {@link #rotate} would take now, without using it. */
    Optional<Session> look(TenantId tenant, ClientId client, String token) {
        var settings = settings(tenant, client);
        var unused = look(tenant, client, token, " AND used_at IS NULL");
        return settings.rotating()
                ? unused.or(() -> usedJustNow(tenant, client, token, settings.leeway(), "")
                        .map(Used::session))
                : unused;
    }

    private Optional<Session> look(TenantId tenant, ClientId client, String token, String only) {
        return db.sql("""
                SELECT user_id, user_stamp, audience, scope, amr, auth_time, key_thumbprint
                  FROM refresh_token
                  JOIN user_standing ON user_standing.tenant_id = refresh_token.tenant_id AND user_standing.id = user_id
                                   AND security_stamp = user_stamp
                 WHERE refresh_token.tenant_id = :tenant AND hash = :hash AND client_id = :client AND expires_at > :now
                """ + only)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("client", client.value())
                .param("now", clock.instant().atOffset(UTC))
                .query((row, _) -> session(tenant, client, row))
                .optional();
    }

    private record Used(Session session, UUID family, Instant expiresAt) {}

    private static Used used(TenantId tenant, ClientId client, ResultSet row) throws SQLException {
        return new Used(
                session(tenant, client, row),
                row.getObject("family", UUID.class),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    /** Within the leeway the last one used is good for a further successor, unless a successor has been used already. */
    private Optional<Used> usedJustNow(TenantId tenant, ClientId client, String token, Duration leeway, String lock) {
        if (leeway.isZero()) return Optional.empty();
        var now = clock.instant();
        return db.sql("""
                SELECT family, user_id, user_stamp, audience, scope, amr, auth_time, key_thumbprint, expires_at
                  FROM refresh_token AS shown
                  JOIN user_standing ON user_standing.tenant_id = shown.tenant_id AND user_standing.id = user_id AND security_stamp = user_stamp
                 WHERE shown.tenant_id = :tenant AND hash = :hash AND client_id = :client
                   AND used_at >= :since AND expires_at > :now
                   AND NOT EXISTS (SELECT FROM refresh_token AS later
                                    WHERE later.tenant_id = :tenant AND later.family = shown.family
                                      AND later.hash <> shown.hash AND later.used_at IS NOT NULL
                                      AND later.issued_at >= shown.used_at)
                """ + lock)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("client", client.value())
                .param("since", now.minus(leeway).atOffset(UTC))
                .param("now", now.atOffset(UTC))
                .query((row, _) -> used(tenant, client, row))
                .optional();
    }

    /** For a client without rotation. One that was rotated away before that was set is not good again. */
    private Optional<Rotated> keep(TenantId tenant, ClientId client, String token) {
        return look(tenant, client, token, " AND used_at IS NULL").map(session -> new Rotated(session, null));
    }

    private RefreshTokenSettings settings(TenantId tenant, ClientId client) {
        return registrations
                .find(tenant, client)
                .map(one -> RefreshTokenSettings.of(one.properties()))
                .orElseGet(() -> RefreshTokenSettings.of(Map.of()));
    }

    /**
     * Ends the family of a token that is known, and was used before, whoever has it now.
     *
     * @return whose it was; empty for a token that is not known
     */
    Optional<UserId> endIfReused(TenantId tenant, ClientId client, String token) {
        return db.sql("""
                WITH reused AS (
                    SELECT family, user_id FROM refresh_token
                     WHERE tenant_id = :tenant AND hash = :hash AND client_id = :client AND used_at IS NOT NULL
                ), held AS (
                    SELECT hash FROM refresh_token WHERE tenant_id = :tenant AND family IN (SELECT family FROM reused)
                """ + IN_ORDER + """
                ), ended AS (
                    DELETE FROM refresh_token USING held
                     WHERE refresh_token.tenant_id = :tenant AND refresh_token.hash = held.hash
                )
                SELECT user_id FROM reused
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("client", client.value())
                .query((row, _) -> new UserId(row.getString("user_id")))
                .optional();
    }

    /** Ends the sign-in that a token belongs to (RFC 7009); does nothing for an unknown one. */
    void revoke(TenantId tenant, ClientId client, String token) {
        db.sql("""
                WITH held AS (
                    SELECT hash FROM refresh_token
                     WHERE tenant_id = :tenant AND family IN (
                           SELECT family FROM refresh_token
                            WHERE tenant_id = :tenant AND hash = :hash AND client_id = :client)
                """ + IN_ORDER + """
                )
                DELETE FROM refresh_token USING held
                 WHERE refresh_token.tenant_id = :tenant AND refresh_token.hash = held.hash
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("client", client.value())
                .update();
    }

    private String insert(Session session, UUID family, Instant expiresAt) {
        var token = random.base64(32);
        db.sql("""
                INSERT INTO refresh_token (tenant_id, hash, family, user_id, user_stamp, client_id, audience, scope, amr, auth_time,
                                           key_thumbprint, issued_at, expires_at)
                VALUES (:tenant, :hash, :family, :user, :stamp, :client, :audience, :scope, :amr, :authTime, :key, :now, :expires)
                """)
                .param("tenant", session.tenant().value())
                .param("hash", hashed(session.tenant(), token))
                .param("family", family)
                .param("user", session.user().value())
                .param("stamp", session.stamp())
                .param("client", session.client().value())
                .param("audience", session.audience())
                .param("scope", String.join(" ", session.scopes()))
                .param("amr", session.amr().methods().toArray(String[]::new))
                .param("key", session.key())
                .param("authTime", session.authTime().atOffset(UTC))
                .param("now", clock.instant().atOffset(UTC))
                .param("expires", expiresAt.atOffset(UTC))
                .update();
        return token;
    }

    private static Session session(TenantId tenant, ClientId client, ResultSet row) throws SQLException {
        return new Session(
                tenant,
                new UserId(row.getString("user_id")),
                row.getLong("user_stamp"),
                client,
                row.getString("audience"),
                Set.of(row.getString("scope").split(" ")),
                new Amr(List.of((String[]) row.getArray("amr").getArray())),
                row.getObject("auth_time", OffsetDateTime.class).toInstant(),
                row.getString("key_thumbprint"));
    }

    private byte[] hashed(TenantId tenant, String token) {
        return hash.of(tenant.value(), token);
    }
}
