package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.Caller;
import io.ringcode.factor.AuthenticatorEvent.AuthenticatorChanged;
import io.ringcode.factor.AuthenticatorEvent.AuthenticatorRemoved;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorEvent.EnrollmentStarted;
import io.ringcode.factor.UsableFactors.Proved;
import io.ringcode.factor.WebAuthnCredentials.NewCredential;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The authenticators of users, for administrators. What an administrator binds counts at once. Every change runs in its
 * caller's transaction.
 */
@Component
public class AuthenticatorAdmin {
    private final JdbcClient db;
    private final AuthenticatorRows rows;
    private final AuthenticatorSecrets secrets;
    private final Authenticators authenticators;
    private final WebAuthnCredentials credentials;
    private final ApplicationEventPublisher events;

    AuthenticatorAdmin(
            JdbcClient db,
            AuthenticatorRows rows,
            AuthenticatorSecrets secrets,
            Authenticators authenticators,
            WebAuthnCredentials credentials,
            ApplicationEventPublisher events) {
        this.db = db;
        this.rows = rows;
        this.secrets = secrets;
        this.authenticators = authenticators;
        this.credentials = credentials;
        this.events = events;
    }

    /** A user's authenticators, pending ones too, in the order they were bound. */
    public List<Authenticator> list(TenantId tenant, UserId user) {
        return db.sql(AuthenticatorRows.SELECT + "AND user_id = :user ORDER BY created_at, kind, id")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .query((row, _) -> rows.read(tenant, row))
                .list();
    }

    public Optional<Authenticator> find(TenantId tenant, AuthenticatorId id) {
        return db.sql(AuthenticatorRows.SELECT + "AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> rows.read(tenant, row))
                .optional();
    }

    /** Who has this phone; pending ones count. */
    public List<UserId> usersWith(TenantId tenant, PhoneNumber number) {
        return usersWith(tenant, secrets.tail(tenant, number.e164()), secrets.indexes(tenant, number));
    }

    /**
     * Who has a phone whose number ends so, the first thousand of them.
     *
     * @param lastDigits four
     */
    public List<UserId> usersWithLastDigits(TenantId tenant, String lastDigits) {
        return usersWith(tenant, secrets.tail(tenant, lastDigits), null);
    }

    private List<UserId> usersWith(TenantId tenant, byte[] tail, byte @Nullable [][] indexes) {
        return db.sql("""
                SELECT DISTINCT user_id FROM enrollment
                 WHERE tenant_id = :tenant AND phone_tail = :tail AND (:indexes::bytea[] IS NULL OR phone_index = ANY(:indexes::bytea[]))
                 ORDER BY user_id LIMIT 1000
                """)
                .param("tenant", tenant.value())
                .param("tail", tail)
                .param("indexes", indexes, Types.ARRAY)
                .query((row, _) -> new UserId(row.getString("user_id")))
                .list();
    }

    /** What an administrator binds. */
    public sealed interface Wanted {
        @Nullable
        String name();

        FactorKind kind();

        record Phone(@Nullable String name, PhoneNumber number, Channel preferred) implements Wanted {
            @Override
            public FactorKind kind() {
                return FactorKind.PHONE;
            }
        }

        /** @param seed Base32 */
        record App(@Nullable String name, String seed) implements Wanted {
            @Override
            public FactorKind kind() {
                return FactorKind.APP;
            }
        }
    }

    /** @return empty when the user has this phone already */
    public Optional<AuthenticatorId> add(Caller caller, UserId user, Wanted wanted, Instant now) {
        var tenant = caller.tenant();
        var id = secrets.newId();
        var phone = wanted instanceof Wanted.Phone(var _, var number, var _) ? number : null;
        var channel = wanted instanceof Wanted.Phone(var _, var _, var preferred) ? preferred.wire() : null;
        var seed = wanted instanceof Wanted.App(var _, var given) ? given : null;
        if (phone != null) forgetUnconfirmed(tenant, user, phone);
        var added = db.sql("""
                INSERT INTO enrollment (tenant_id, id, user_id, kind, name, phone_sealed, phone_index, phone_tail,
                                        channel, secret_sealed, created_at, confirmed_at)
                SELECT :tenant, :id, :user, :kind, :name, :sealed, :index, :tail, :channel, :seed, :now, :now
                 WHERE NOT EXISTS (SELECT 1 FROM enrollment WHERE tenant_id = :tenant AND user_id = :user
                                      AND phone_index = ANY(:indexes))
                """)
                .param("indexes", phone == null ? new byte[0][] : secrets.indexes(tenant, phone))
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("user", user.value())
                .param("kind", wanted.kind().column())
                .param("name", wanted.name())
                .param("sealed", phone == null ? null : secrets.seal(tenant, id, phone), Types.BINARY)
                .param("index", phone == null ? null : secrets.index(tenant, phone), Types.BINARY)
                .param("tail", phone == null ? null : secrets.tail(tenant, phone.e164()), Types.BINARY)
                .param("channel", channel)
                .param("seed", seed == null ? null : secrets.sealSeed(tenant, id, seed), Types.BINARY)
                .param("now", now.atOffset(UTC))
                .update();
        if (added == 0) return Optional.empty();
        var type = channel == null ? wanted.kind().setting() : channel;
        events.publishEvent(new EnrollmentStarted(caller, user, id, type, phone == null ? null : phone.masked()));
        return Optional.of(id);
    }

    /** @return empty when the credential is known already, or the user has too many */
    public Optional<AuthenticatorId> addKey(
            Caller caller, UserId user, @Nullable String name, WebAuthnCredential credential, Instant now) {
        var kind = FactorKind.WEBAUTHN_ROAMING;
        var id = secrets.newId();
        var added = new NewCredential(id, user, kind, name, credential, null, Proved.PASSKEY);
        if (!credentials.add(caller.tenant(), added, now)) return Optional.empty();
        events.publishEvent(new EnrollmentStarted(caller, user, id, kind.setting(), null));
        return Optional.of(id);
    }

    /** @param preferred null leaves it as it is, as {@code name} does */
    public void change(
            Caller caller, UserId user, AuthenticatorId id, @Nullable String name, @Nullable Channel preferred) {
        db.sql("""
                UPDATE enrollment SET name = coalesce(:name, name), channel = coalesce(:channel, channel)
                 WHERE tenant_id = :tenant AND user_id = :user AND id = :id
                """)
                .param("tenant", caller.tenant().value())
                .param("user", user.value())
                .param("id", id.value())
                .param("name", name)
                .param("channel", preferred == null ? null : preferred.wire())
                .update();
        events.publishEvent(new AuthenticatorChanged(caller, user, id));
    }

    /** All of a user's authenticators go. */
    public void removeAll(Caller caller, UserId user) {
        removeAll(caller, user, Arrays.asList(FactorKind.values()));
    }

    /** All of some kinds go. */
    public void removeAll(Caller caller, UserId user, Collection<FactorKind> kinds) {
        db.sql("""
                DELETE FROM enrollment WHERE tenant_id = :tenant AND user_id = :user AND kind = ANY (:kinds) RETURNING id
                """)
                .param("tenant", caller.tenant().value())
                .param("user", user.value())
                .param("kinds", kinds.stream().map(FactorKind::column).toArray(String[]::new))
                .query((row, _) -> new AuthenticatorId(row.getString("id")))
                .list()
                .forEach(id -> events.publishEvent(new AuthenticatorRemoved(caller, user, id, By.ADMINISTRATOR)));
    }

    /**
     * Wrong codes so far are forgotten; what they disabled works again, and what its owner denied does not.
     *
     * @return how many authenticators had any
     */
    public int unlock(TenantId tenant, UserId user) {
        return db.sql("""
                UPDATE enrollment SET failures = 0, guesses_full_at = '-infinity'
                 WHERE tenant_id = :tenant AND user_id = :user AND NOT denied
                   AND (failures > 0 OR guesses_full_at > '-infinity')
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .update();
    }

    /**
     * Disables an authenticator for good, since its owner says that it is somebody else's: as too many wrong codes do, so that its
     * user stays enrolled, but only removing it helps.
     */
    private void deny(TenantId tenant, UserId user, AuthenticatorId id) {
        db.sql("""
                UPDATE enrollment SET failures = :most, denied = true
                 WHERE tenant_id = :tenant AND user_id = :user AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("id", id.value())
                .param("most", GuessCount.MOST_FAILURES)
                .update();
    }

    /** Its owner says that a phone is lost: it gets no more codes, as {@link #deny} has it, and whoever finds it binds it anew. */
    public void suspend(TenantId tenant, UserId user, AuthenticatorId phone) {
        authenticators.hold(tenant, user);
        deny(tenant, user, phone);
    }

    /** Disables the recovery code, as {@link #deny} does, with the user held: who makes another at the same time waits. */
    public void denyRecoveryCode(TenantId tenant, UserId user) {
        authenticators.hold(tenant, user);
        db.sql("""
                UPDATE enrollment SET failures = :most, denied = true
                 WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code'
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("most", GuessCount.MOST_FAILURES)
                .update();
    }

    /**
     * Disables what somebody else bound, and the recovery code where that is perhaps the same person's: shown in the same sign-in,
     * made later, or the only thing older than it.
     */
    public void denyBinding(TenantId tenant, UserId user, AuthenticatorId id) {
        authenticators.hold(tenant, user);
        deny(tenant, user, id);
        db.sql("""
                UPDATE enrollment AS code SET failures = :most, denied = true FROM enrollment AS denied
                 WHERE denied.tenant_id = :tenant AND denied.user_id = :user AND denied.id = :id
                   AND code.tenant_id = :tenant AND code.user_id = :user AND code.kind = 'recovery-code'
                   AND (code.bound_in = denied.bound_in OR code.created_at >= denied.created_at
                        OR NOT EXISTS (SELECT FROM enrollment AS older
                                        WHERE older.tenant_id = :tenant AND older.user_id = :user AND older.kind <> 'recovery-code'
                                          AND older.confirmed_at < denied.confirmed_at AND older.failures < :most))
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("id", id.value())
                .param("most", GuessCount.MOST_FAILURES)
                .update();
    }

    /** The same number may wait for its first code; the administrator's word is enough. */
    private void forgetUnconfirmed(TenantId tenant, UserId user, PhoneNumber phone) {
        db.sql("""
                DELETE FROM enrollment
                 WHERE tenant_id = :tenant AND user_id = :user AND phone_index = ANY(:indexes) AND confirmed_at IS NULL
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("indexes", secrets.indexes(tenant, phone))
                .update();
    }
}
