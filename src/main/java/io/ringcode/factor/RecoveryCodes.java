package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes recovery codes, each shown to its user once. Every method runs in its caller's transaction. */
@Component
public class RecoveryCodes {
    private static final int LENGTH = 24;

    /** How many of a user may wait to be confirmed. */
    public static final int MOST_UNCONFIRMED = 5;

    /** Longer than any sign-in takes. */
    private static final Duration WAITING = Duration.ofHours(2);

    private final JdbcClient db;
    private final Authenticators authenticators;
    private final AuthenticatorSecrets secrets;
    private final RecoveryCodeHash hash;
    private final RandomText random;

    RecoveryCodes(
            JdbcClient db,
            Authenticators authenticators,
            AuthenticatorSecrets secrets,
            RecoveryCodeHash hash,
            RandomText random) {
        this.db = db;
        this.authenticators = authenticators;
        this.secrets = secrets;
        this.hash = hash;
        this.random = random;
    }

    /** A code that waits to be confirmed, and the id that it has as an authenticator. */
    public record Begun(AuthenticatorId id, String code) {
        @Override
        public String toString() {
            return "Begun[" + id + "]";
        }
    }

    /**
     * The code that comes with a first authenticator, and counts from then on when that is confirmed in the same sign-in:
     * somebody else who begins to bind one is told another code. The oldest that wait give way. The user is held, because of two that
     * begin at once neither sees the other.
     */
    public Begun begin(TenantId tenant, UserId user, UUID login, Instant now) {
        authenticators.hold(tenant, user);
        var begun = new Begun(secrets.newId(), random.upper(LENGTH));
        db.sql("""
                WITH earlier AS (
                    DELETE FROM enrollment
                     WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code' AND confirmed_at IS NULL
                       AND (bound_in = :login OR created_at < :forgotten
                            OR id NOT IN (SELECT id FROM enrollment
                                           WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code'
                                             AND confirmed_at IS NULL
                                           ORDER BY created_at DESC, id DESC LIMIT :others))
                )
                INSERT INTO enrollment (tenant_id, id, user_id, kind, secret_hash, bound_in, created_at)
                VALUES (:tenant, :id, :user, 'recovery-code', :hash, :login, :now)
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("id", begun.id().value())
                .param("hash", hash.of(tenant, user, begun.code()))
                .param("login", login)
                .param("now", now.atOffset(UTC))
                .param("forgotten", now.minus(WAITING).atOffset(UTC))
                .param("others", MOST_UNCONFIRMED - 1)
                .update();
        return begun;
    }

    /**
     * The user's first authenticator counts now, and so does the code that was shown with it; no other does.
     *
     * @return whether there was one
     */
    public boolean confirm(TenantId tenant, UserId user, UUID login, Instant now) {
        return db.sql("""
                WITH shown AS (
                    UPDATE enrollment SET confirmed_at = :now
                     WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code' AND confirmed_at IS NULL
                       AND bound_in = :login AND NOT denied
                    RETURNING id
                ), others AS (
                    DELETE FROM enrollment
                     WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code'
                       AND EXISTS (SELECT 1 FROM shown) AND id NOT IN (SELECT id FROM shown)
                )
                SELECT count(*) FROM shown
                """)
                        .param("tenant", tenant.value())
                        .param("user", user.value())
                        .param("login", login)
                        .param("now", now.atOffset(UTC))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * A new code in place of any earlier one. It remembers the one that was used last, so that whoever sends that once more
     * is refused without a guess at the new one being counted.
     */
    public String replace(TenantId tenant, UserId user, Instant now) {
        var code = random.upper(LENGTH);
        db.sql("""
                WITH earlier AS (
                    DELETE FROM enrollment WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code'
                    RETURNING spent_hash, confirmed_at
                )
                INSERT INTO enrollment (tenant_id, id, user_id, kind, secret_hash, spent_hash, created_at, confirmed_at)
                VALUES (:tenant, :id, :user, 'recovery-code', :hash,
                        (SELECT spent_hash FROM earlier WHERE spent_hash IS NOT NULL ORDER BY confirmed_at LIMIT 1), :now, :now)
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("id", secrets.newId().value())
                .param("hash", hash.of(tenant, user, code))
                .param("now", now.atOffset(UTC))
                .update();
        return code;
    }
}
