package io.ringcode.authorization;

import static java.time.ZoneOffset.UTC;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The signing keys of tenants, as they are stored. */
@Component
class SigningKeyTable {
    private static final String COLUMNS =
            "SELECT kid, jwk_sealed, created_at, current_since, current_until, revoked_at FROM signing_key";

    private final JdbcClient db;
    private final Sealer sealer;
    private final RandomText random;

    SigningKeyTable(JdbcClient db, Keyring keyring, RandomText random) {
        this.db = db;
        this.sealer = keyring.sealer("signing-key");
        this.random = random;
    }

    /** Newest first. */
    List<SigningKey> all(TenantId tenant) {
        return db.sql(COLUMNS + " WHERE tenant_id = :tenant ORDER BY created_at DESC, kid")
                .param("tenant", tenant.value())
                .query((row, _) -> key(tenant, row))
                .list();
    }

    /** So that two changes of a tenant's keys happen one after the other; until the transaction ends. */
    void lock(TenantId tenant) {
        db.sql("SELECT kid FROM signing_key WHERE tenant_id = :tenant ORDER BY kid FOR UPDATE")
                .param("tenant", tenant.value())
                .query(String.class)
                .list();
    }

    boolean any(TenantId tenant) {
        return db.sql("SELECT count(*) FROM signing_key WHERE tenant_id = :tenant")
                        .param("tenant", tenant.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Takes a moment. */
    RSAKey generate() {
        try {
            return new RSAKeyGenerator(2048)
                    .provider(NativeRsa.PROVIDER)
                    .keyID(random.base64(15))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("Cannot make a signing key", impossible);
        }
    }

    /** @param currentSince null for one that is to sign later */
    void add(TenantId tenant, RSAKey key, Instant now, @Nullable Instant currentSince) {
        db.sql("""
                INSERT INTO signing_key (tenant_id, kid, jwk_sealed, created_at, current_since)
                VALUES (:tenant, :kid, :sealed, :now, :since::timestamptz)
                """)
                .param("tenant", tenant.value())
                .param("kid", key.getKeyID())
                .param("sealed", sealer.seal(key.toJSONString(), tenant.value(), key.getKeyID()))
                .param("now", now.atOffset(UTC))
                .param("since", currentSince == null ? null : currentSince.atOffset(UTC))
                .update();
    }

    /** One key signs after the other. */
    void turn(TenantId tenant, String from, String to, Instant now) {
        db.sql("""
                UPDATE signing_key
                   SET current_since = CASE kid WHEN :from THEN coalesce(current_since, created_at) ELSE :now END,
                       current_until = CASE kid WHEN :from THEN :now::timestamptz END
                 WHERE tenant_id = :tenant AND kid IN (:from, :to)
                """)
                .param("tenant", tenant.value())
                .param("from", from)
                .param("to", to)
                .param("now", now.atOffset(UTC))
                .update();
    }

    void revoke(TenantId tenant, String kid, Instant now) {
        db.sql("""
                UPDATE signing_key SET revoked_at = coalesce(revoked_at, :now) WHERE tenant_id = :tenant AND kid = :kid
                """)
                .param("tenant", tenant.value())
                .param("kid", kid)
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** Forgets revoked keys but for the newest. */
    void keepRevoked(TenantId tenant, int most) {
        db.sql("""
                DELETE FROM signing_key WHERE tenant_id = :tenant AND kid IN (
                    SELECT kid FROM signing_key WHERE tenant_id = :tenant AND revoked_at IS NOT NULL
                     ORDER BY revoked_at DESC, kid OFFSET :most)
                """).param("tenant", tenant.value()).param("most", most).update();
    }

    /**
     * Some tenants that have no next key, or whose key signs for longer than since a moment (unless a rotation would be refused), or that have a
     * previous one from before another.
     */
    List<TenantId> due(Instant signingSince, Instant previousSince, int most) {
        return db.sql("""
                SELECT tenant_id FROM signing_key GROUP BY tenant_id
                HAVING count(*) FILTER (WHERE revoked_at IS NULL AND current_until IS NULL) < 2
                    OR (min(coalesce(current_since, created_at)) FILTER (WHERE revoked_at IS NULL AND current_until IS NULL) < :signing
                        AND count(*) FILTER (WHERE revoked_at IS NULL AND current_until IS NOT NULL) < :full)
                    OR bool_or(revoked_at IS NULL AND current_until < :previous)
                 ORDER BY tenant_id LIMIT :most
                """)
                .param("signing", signingSince.atOffset(UTC))
                .param("previous", previousSince.atOffset(UTC))
                .param("full", SigningKeyRotation.MOST_PREVIOUS)
                .param("most", most)
                .query((row, _) -> new TenantId(row.getString(1)))
                .list();
    }

    private SigningKey key(TenantId tenant, ResultSet row) throws SQLException {
        var jwk = sealer.openOwn(row.getBytes("jwk_sealed"), tenant.value(), row.getString("kid"));
        var created = row.getObject("created_at", OffsetDateTime.class).toInstant();
        try {
            return new SigningKey(
                    KeyCertificates.with(RSAKey.parse(jwk), created),
                    created,
                    instant(row, "current_since"),
                    instant(row, "current_until"),
                    instant(row, "revoked_at"));
        } catch (ParseException | JOSEException | GeneralSecurityException | OperatorCreationException damaged) {
            throw new IllegalStateException("A stored signing key cannot be used", damaged);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
