package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.Caller;
import io.ringcode.factor.AuthenticatorEvent.AuthenticatorChanged;
import io.ringcode.factor.AuthenticatorEvent.EnrollmentStarted;
import io.ringcode.factor.UsableFactors.Proved;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The WebAuthn credentials of users, as ceremonies need them. Whatever writes runs in its caller's transaction. */
@Component
public class WebAuthnCredentials {
    private final JdbcClient db;
    private final Authenticators authenticators;
    private final AuthenticatorSecrets secrets;
    private final KeyedHash handles;
    private final ApplicationEventPublisher events;

    WebAuthnCredentials(
            JdbcClient db,
            Authenticators authenticators,
            AuthenticatorSecrets secrets,
            Keyring keys,
            ApplicationEventPublisher events) {
        this.db = db;
        this.authenticators = authenticators;
        this.secrets = secrets;
        this.handles = keys.hash("webauthn-user-handle");
        this.events = events;
    }

    /** What authenticators call the user: the same always, and telling nothing (WebAuthn section 14.6.1). */
    public byte[] userHandle(TenantId tenant, UserId user) {
        return handles.of(tenant.value(), user.value());
    }

    /** The id that a credential gets once it was made. */
    AuthenticatorId begin(Caller caller, UserId user, FactorKind kind) {
        var id = secrets.newId();
        events.publishEvent(new EnrollmentStarted(caller, user, id, kind.setting(), null));
        return id;
    }

    /**
     * A credential that a browser made, or an administrator brings.
     *
     * @param proved before, as {@link UsableFactors#mayBind} asks
     */
    public record NewCredential(
            AuthenticatorId id,
            UserId user,
            FactorKind kind,
            @Nullable String name,
            WebAuthnCredential credential,
            @Nullable UUID boundIn,
            Proved proved) {}

    /** Binds it, and it counts at once. @return false where it or its id is known already, or no further one may be bound */
    public boolean add(TenantId tenant, NewCredential added, Instant now) {
        authenticators.hold(tenant, added.user());
        var credential = added.credential();
        return db.sql("""
                INSERT INTO enrollment (tenant_id, id, user_id, kind, name, credential_id, public_key, relying_party, sign_count,
                                        aaguid, transports, backup_eligible, backed_up, bound_in, created_at, confirmed_at,
                                        last_auth_at)
                SELECT :tenant, :id, :user, :kind, :name, :credential, :key, :party, :count,
                       :aaguid::uuid, :transports, :eligible::boolean, :backedUp, :login::uuid, :now, :now, :used::timestamptz
                 WHERE (SELECT count(*) FROM enrollment
                         WHERE tenant_id = :tenant AND user_id = :user AND kind LIKE 'webauthn-%') <= :most
                ON CONFLICT DO NOTHING
                """)
                        .param("tenant", tenant.value())
                        .param("id", added.id().value())
                        .param("user", added.user().value())
                        .param("kind", added.kind().column())
                        .param("name", added.name())
                        .param("credential", credential.rawId())
                        .param("key", credential.rawPublicKey())
                        .param("party", credential.relyingParty())
                        .param("count", credential.signCount())
                        .param("aaguid", credential.aaguid())
                        .param("transports", credential.transports().toArray(String[]::new))
                        .param("eligible", credential.backupEligible())
                        .param("backedUp", credential.backedUp())
                        .param("login", added.boundIn())
                        .param("now", now.atOffset(UTC))
                        .param("used", added.boundIn() == null ? null : now.atOffset(UTC))
                        .param("most", added.proved() == Proved.PASSKEY ? UsableFactors.MOST_WEBAUTHN - 1 : 0)
                        .update()
                == 1;
    }

    /** What counting a use came to. */
    public enum Counted {
        TAKEN,
        /** No more than was counted before: there are two of this key, and one of them is not its owner's. */
        WENT_BACK,
        /** It was removed meanwhile. */
        GONE
    }

    /** Takes a signature: of two that count the same, one is refused (WebAuthn section 6.1.1). An authenticator may count none. */
    public Counted use(
            TenantId tenant, UserId user, AuthenticatorId id, long signCount, boolean backedUp, Instant now) {
        return db.sql("""
                WITH held AS (
                    SELECT id, sign_count < :count OR (sign_count = 0 AND :count = 0) AS fits FROM enrollment
                     WHERE tenant_id = :tenant AND user_id = :user AND id = :id AND credential_id IS NOT NULL FOR UPDATE
                ), taken AS (
                    UPDATE enrollment SET sign_count = :count, backed_up = :backedUp, last_auth_at = :now
                      FROM held WHERE enrollment.tenant_id = :tenant AND enrollment.id = held.id AND held.fits
                )
                SELECT fits FROM held
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("id", id.value())
                .param("count", signCount)
                .param("backedUp", backedUp)
                .param("now", now.atOffset(UTC))
                .query((row, _) -> row.getBoolean("fits") ? Counted.TAKEN : Counted.WENT_BACK)
                .optional()
                .orElse(Counted.GONE);
    }

    /** The name that its owner gives it. */
    public void rename(Caller caller, UserId user, AuthenticatorId id, String name) {
        db.sql("UPDATE enrollment SET name = :name WHERE tenant_id = :tenant AND user_id = :user AND id = :id")
                .param("tenant", caller.tenant().value())
                .param("user", user.value())
                .param("id", id.value())
                .param("name", name)
                .update();
        events.publishEvent(new AuthenticatorChanged(caller, user, id));
    }
}
