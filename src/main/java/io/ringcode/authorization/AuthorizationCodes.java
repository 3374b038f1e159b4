package io.ringcode.authorization;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.ClientId;
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
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Codes that a browser carries to an application, each good once; one shown twice ends what it earned (RFC 6749 section 4.1.2). */
@Component
public class AuthorizationCodes {
    /** From the redirect to the exchange, which applications do at once. */
    static final Duration LIFE = Duration.ofMinutes(2);

    /**
     * What the application said at {@code /authorize} and must stand by.
     *
     * @param codeChallenge S256 (RFC 7636); null where none was sent
     * @param nonce for the id_token; null for none
     */
    public record Terms(
            String redirectUri,
            @Nullable String codeChallenge,
            @Nullable String nonce) {}

    /** What showing a code came to. */
    sealed interface Redeemed {
        /** @param family of the refresh tokens that it earns */
        record Good(Session session, Terms terms, UUID family) implements Redeemed {}

        record Reused(UserId user) implements Redeemed {}

        record Unknown() implements Redeemed {}
    }

    private final JdbcClient db;
    private final KeyedHash hash;
    private final RandomText random;
    private final RefreshTokens refreshTokens;
    private final SealedClaims claims;
    private final Clock clock;

    AuthorizationCodes(
            JdbcClient db,
            Keyring keys,
            RandomText random,
            RefreshTokens refreshTokens,
            SealedClaims claims,
            Clock clock) {
        this.db = db;
        this.hash = keys.hash("authorization-code");
        this.random = random;
        this.refreshTokens = refreshTokens;
        this.claims = claims;
        this.clock = clock;
    }

    public String issue(Session session, Terms terms) {
        var code = random.mixed(43);
        var family = UUID.randomUUID();
        db.sql("""
                INSERT INTO authorization_code (tenant_id, hash, client_id, user_id, user_stamp, redirect_uri, audience, scope, amr, auth_time,
                                                nonce, code_challenge, key_thumbprint, claims_sealed, family, expires_at)
                VALUES (:tenant, :hash, :client, :user, :stamp, :redirect, :audience, :scope, :amr, :authTime,
                        :nonce, :challenge, :key, :claims, :family, :expires)
                """)
                .param("tenant", session.tenant().value())
                .param("hash", hashed(session.tenant(), code))
                .param("client", session.client().value())
                .param("user", session.user().value())
                .param("stamp", session.stamp())
                .param("redirect", terms.redirectUri())
                .param("audience", session.audience())
                .param("scope", String.join(" ", session.scopes()))
                .param("amr", session.amr().methods().toArray(String[]::new))
                .param("authTime", session.authTime().atOffset(UTC))
                .param("nonce", terms.nonce())
                .param("challenge", terms.codeChallenge())
                .param("key", session.key())
                .param("claims", claims.seal(session.tenant(), family.toString(), session.claims()))
                .param("family", family)
                .param("expires", clock.instant().plus(LIFE).atOffset(UTC))
                .update();
        return code;
    }

    /** Runs in its caller's transaction, which must commit whatever comes of it. */
    Redeemed redeem(TenantId tenant, ClientId client, String code) {
        var now = clock.instant().atOffset(UTC);
        return db.sql("""
                UPDATE authorization_code SET used_at = :now FROM user_standing
                 WHERE authorization_code.tenant_id = :tenant AND hash = :hash AND client_id = :client
                   AND used_at IS NULL AND expires_at > :now
                   AND user_standing.tenant_id = :tenant AND user_standing.id = user_id AND security_stamp = user_stamp
                RETURNING user_id, user_stamp, redirect_uri, audience, scope, amr, auth_time, nonce, code_challenge, key_thumbprint,
                          claims_sealed, family
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, code))
                .param("client", client.value())
                .param("now", now)
                .query((row, _) -> good(tenant, client, row))
                .optional()
                .orElseGet(() -> endIfReused(tenant, client, code));
    }

    private Redeemed endIfReused(TenantId tenant, ClientId client, String code) {
        record Used(UserId user, UUID family) {}
        var used = db.sql("""
                SELECT user_id, family FROM authorization_code
                 WHERE tenant_id = :tenant AND hash = :hash AND client_id = :client AND used_at IS NOT NULL
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, code))
                .param("client", client.value())
                .query((row, _) -> new Used(new UserId(row.getString("user_id")), row.getObject("family", UUID.class)))
                .optional();
        if (used.isEmpty()) return new Redeemed.Unknown();
        refreshTokens.end(tenant, used.get().family());
        return new Redeemed.Reused(used.get().user());
    }

    private Redeemed good(TenantId tenant, ClientId client, ResultSet row) throws SQLException {
        var scope = row.getString("scope");
        var family = row.getObject("family", UUID.class);
        var session = new Session(
                tenant,
                new UserId(row.getString("user_id")),
                row.getLong("user_stamp"),
                client,
                row.getString("audience"),
                Arrays.stream(scope.split(" ", -1))
                        .filter(one -> !one.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                new Amr(List.of((String[]) row.getArray("amr").getArray())),
                row.getObject("auth_time", OffsetDateTime.class).toInstant(),
                row.getString("key_thumbprint"),
                claims.open(tenant, family.toString(), row.getBytes("claims_sealed")));
        var terms = new Terms(row.getString("redirect_uri"), row.getString("code_challenge"), row.getString("nonce"));
        return new Redeemed.Good(session, terms, family);
    }

    private byte[] hashed(TenantId tenant, String code) {
        return hash.of(tenant.value(), code);
    }
}
