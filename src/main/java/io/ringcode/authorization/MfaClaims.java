package io.ringcode.authorization;

import static java.time.ZoneOffset.UTC;

import io.ringcode.action.TokenClaims;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Claims of actions that wait for the second factor: an {@code mfa_token} goes through headers, and has no room for them. */
@Component
class MfaClaims {
    private final JdbcClient db;
    private final SealedClaims claims;

    MfaClaims(JdbcClient db, SealedClaims claims) {
        this.db = db;
        this.claims = claims;
    }

    /** @param id of the sign-in */
    void keep(TenantId tenant, UUID id, TokenClaims set, Instant until) {
        if (set.none()) return;
        db.sql("""
                INSERT INTO mfa_claims (tenant_id, id, claims_sealed, expires_at) VALUES (:tenant, :id, :claims, :until)
                """)
                .param("tenant", tenant.value())
                .param("id", id)
                .param("claims", claims.seal(tenant, id.toString(), set))
                .param("until", until.atOffset(UTC))
                .update();
    }

    TokenClaims of(TenantId tenant, UUID id) {
        return db.sql("SELECT claims_sealed FROM mfa_claims WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> claims.open(tenant, id.toString(), row.getBytes("claims_sealed")))
                .optional()
                .orElse(TokenClaims.NONE);
    }
}
