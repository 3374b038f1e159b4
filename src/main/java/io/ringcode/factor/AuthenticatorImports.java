package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.factor.AuthenticatorAdmin.Wanted;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Binds what many users bring along from elsewhere, all confirmed, in one statement. */
@Component
public class AuthenticatorImports {
    /** The table that grows, and its columns by which rows are looked up. */
    public static final Map<String, String> GROWING = Map.of("enrollment", "tenant_id, user_id, kind");

    private final JdbcClient db;
    private final AuthenticatorSecrets secrets;
    private final RecoveryCodeHash recoveryHash;

    AuthenticatorImports(JdbcClient db, AuthenticatorSecrets secrets, RecoveryCodeHash recoveryHash) {
        this.db = db;
        this.secrets = secrets;
        this.recoveryHash = recoveryHash;
    }

    /** What one user brings along, sealed; whose it is, is said when it is bound. */
    public static final class Brought {
        private final List<SealedAuthenticator> authenticators;
        private final @Nullable String recoveryCode;

        private Brought(List<SealedAuthenticator> authenticators, @Nullable String recoveryCode) {
            this.authenticators = authenticators;
            this.recoveryCode = recoveryCode;
        }

        List<SealedAuthenticator> authenticators() {
            return authenticators;
        }

        /** In clear: it is hashed for its user. */
        @Nullable
        String recoveryCode() {
            return recoveryCode;
        }
    }

    /**
     * Asks nothing of the database.
     *
     * @param recoveryCode in clear; null for none
     */
    public Brought seal(TenantId tenant, List<Wanted> authenticators, @Nullable String recoveryCode) {
        return new Brought(
                authenticators.stream()
                        .map(wanted -> SealedAuthenticator.of(tenant, secrets, wanted))
                        .toList(),
                recoveryCode);
    }

    public record Bound(UserId user, Brought brought) {}

    /**
     * Binds them in their order. A phone that the user has, or an app or recovery code where the user has one, is left out:
     * doing it again changes nothing. Runs in its caller's transaction.
     */
    public void bind(TenantId tenant, List<Bound> bound, Instant now) {
        var table = new NewAuthenticators(tenant, recoveryHash, secrets);
        for (var one : bound) table.add(one.user(), one.brought());
        if (table.isEmpty()) return;
        db.sql("""
                INSERT INTO enrollment (tenant_id, created_at, confirmed_at, id, user_id, kind, phone_sealed, phone_index,
                                        phone_tail, channel, secret_sealed, secret_hash)
                SELECT :tenant, :now, :now, id, user_id, kind, sealed, index, tail, channel, seed, hash
                  FROM unnest(:ids, :users, :kinds, :sealed, :indexes, :tails, :channels, :seeds, :hashes)
                    AS given (id, user_id, kind, sealed, index, tail, channel, seed, hash)
                 WHERE NOT EXISTS (SELECT 1 FROM enrollment held
                                    WHERE held.tenant_id = :tenant AND held.user_id = given.user_id
                                      AND held.kind = given.kind
                                      AND (given.index IS NULL OR held.phone_index = given.index
                                           OR held.phone_index IN (
                                                  SELECT former.index FROM unnest(:formerIds, :formerIndexes)
                                                      AS former (id, index) WHERE former.id = given.id)))
                """)
                .param("tenant", tenant.value())
                .param("now", now.atOffset(UTC))
                .params(table.columns())
                .update();
    }
}
