package io.ringcode.authorization;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Signed proofs are good once: each is remembered, on all nodes, until it would have expired by itself. */
@Component
class SeenProofs {
    private final JdbcClient db;
    private final KeyedHash hash;

    SeenProofs(JdbcClient db, Keyring keys) {
        this.db = db;
        this.hash = keys.hash("seen-proof");
    }

    /** @return whether this is the first time */
    boolean first(TenantId tenant, String signer, String id, Instant expiresAt) {
        return db.sql("""
                INSERT INTO seen_proof (tenant_id, hash, expires_at) VALUES (:tenant, :hash, :expires)
                ON CONFLICT DO NOTHING
                """)
                        .param("tenant", tenant.value())
                        .param("hash", hash.of(tenant.value(), signer, id))
                        .param("expires", expiresAt.atOffset(UTC))
                        .update()
                == 1;
    }
}
