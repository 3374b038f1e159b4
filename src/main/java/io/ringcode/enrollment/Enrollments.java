package io.ringcode.enrollment;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.Caller;
import io.ringcode.enrollment.EnrollmentEvent.EnrollmentRemoved;
import io.ringcode.enrollment.EnrollmentEvent.EnrollmentStarted;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The authenticators of users. Every method runs in its caller's transaction. */
@Component
public class Enrollments {
    private static final int RECOVERY_CODE_LENGTH = 24;

    private final JdbcClient db;
    private final EnrollmentSecrets secrets;
    private final RecoveryCodeHash recoveryHash;
    private final RandomText random;
    private final ApplicationEventPublisher events;

    Enrollments(
            JdbcClient db,
            EnrollmentSecrets secrets,
            RecoveryCodeHash recoveryHash,
            RandomText random,
            ApplicationEventPublisher events) {
        this.db = db;
        this.secrets = secrets;
        this.recoveryHash = recoveryHash;
        this.random = random;
        this.events = events;
    }

    /** All of a user's authenticators, pending ones too; the one used last comes first. */
    public List<Enrollment> list(TenantId tenant, UserId user) {
        return db.sql("""
                SELECT id, kind, phone_sealed, channel, confirmed_at, last_auth_at
                  FROM enrollment WHERE tenant_id = :tenant AND user_id = :user
                 ORDER BY last_auth_at DESC NULLS LAST, created_at, id
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .query((row, _) -> read(tenant, row))
                .list();
    }

    /**
     * Binds a phone to a user, to be confirmed by a code. A number that already waits keeps its row, and with it the
     * count of wrong guesses.
     */
    public Enrollment.Phone bindPhone(Caller caller, UserId user, PhoneNumber number, Channel channel, Instant now) {
        var tenant = caller.tenant();
        var index = secrets.index(tenant, number);
        var fresh = secrets.newId();
        var id = new EnrollmentId(db.sql("""
                WITH waiting AS (
                    UPDATE enrollment SET channel = :channel
                     WHERE tenant_id = :tenant AND user_id = :user AND phone_index = :index AND confirmed_at IS NULL
                    RETURNING id
                ), bound AS (
                    INSERT INTO enrollment (tenant_id, id, user_id, kind, phone_sealed, phone_index, phone_tail, channel,
                                            created_at)
                    SELECT :tenant, :id, :user, 'phone', :sealed, :index, :tail, :channel, :now
                     WHERE NOT EXISTS (SELECT 1 FROM waiting)
                    RETURNING id
                )
                SELECT id FROM waiting UNION ALL SELECT id FROM bound
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("index", index)
                .param("tail", secrets.tail(tenant, number.e164()))
                .param("id", fresh.value())
                .param("sealed", secrets.seal(tenant, fresh, number))
                .param("channel", channel.wire())
                .param("now", now.atOffset(UTC))
                .query(String.class)
                .list()
                .getFirst());
        events.publishEvent(new EnrollmentStarted(caller, user, id, channel.wire(), number.masked()));
        return new Enrollment.Phone(id, number, channel, null, null);
    }

    /** An app's id and its seed, in Base32, shown to the user this once. */
    public record NewApp(EnrollmentId id, String seed) {}

    public NewApp bindApp(Caller caller, UserId user, Instant now) {
        var tenant = caller.tenant();
        var app = new NewApp(secrets.newId(), secrets.newSeed());
        db.sql("""
                INSERT INTO enrollment (tenant_id, id, user_id, kind, secret_sealed, created_at)
                VALUES (:tenant, :id, :user, 'totp', :sealed, :now)
                """)
                .param("tenant", tenant.value())
                .param("id", app.id().value())
                .param("user", user.value())
                .param("sealed", secrets.sealSeed(tenant, app.id(), app.seed()))
                .param("now", now.atOffset(UTC))
                .update();
        events.publishEvent(new EnrollmentStarted(caller, user, app.id(), "otp", null));
        return app;
    }

    /**
     * A new recovery code in place of any earlier one, shown to the user this once.
     *
     * @param confirmed whether it counts at once, or only when the authenticator bound beside it is confirmed
     */
    public String replaceRecoveryCode(TenantId tenant, UserId user, boolean confirmed, Instant now) {
        var code = random.upper(RECOVERY_CODE_LENGTH);
        db.sql("""
                WITH earlier AS (
                    DELETE FROM enrollment WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code'
                )
                INSERT INTO enrollment (tenant_id, id, user_id, kind, secret_hash, created_at, confirmed_at)
                VALUES (:tenant, :id, :user, 'recovery-code', :hash, :now, :confirmed)
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("id", secrets.newId().value())
                .param("hash", recoveryHash.of(tenant, user, code))
                .param("now", now.atOffset(UTC))
                .param("confirmed", confirmed ? now.atOffset(UTC) : null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        return code;
    }

    /** The recovery code begins to count when the user's first authenticator does. */
    public void confirmRecoveryCode(TenantId tenant, UserId user, Instant now) {
        db.sql("""
                UPDATE enrollment SET confirmed_at = :now
                 WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code' AND confirmed_at IS NULL
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** A user whose last phone or app goes is no longer enrolled, and the recovery code goes with it. */
    public boolean remove(Caller caller, UserId user, EnrollmentId id) {
        var removed = db.sql("""
                WITH gone AS (
                    DELETE FROM enrollment WHERE tenant_id = :tenant AND user_id = :user AND id = :id RETURNING id
                ), orphaned AS (
                    DELETE FROM enrollment
                     WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code' AND id <> :id
                       AND EXISTS (SELECT 1 FROM gone)
                       AND NOT EXISTS (SELECT 1 FROM enrollment other
                                        WHERE other.tenant_id = :tenant AND other.user_id = :user AND other.id <> :id
                                          AND other.kind <> 'recovery-code' AND other.confirmed_at IS NOT NULL)
                )
                SELECT count(*) FROM gone
                """)
                        .param("tenant", caller.tenant().value())
                        .param("user", user.value())
                        .param("id", id.value())
                        .query(Integer.class)
                        .single()
                == 1;
        if (removed) events.publishEvent(new EnrollmentRemoved(caller, user, id));
        return removed;
    }

    /** @return those of {@code users} who have an authenticator that counts */
    public Set<UserId> enrolledAmong(TenantId tenant, Set<UserId> users) {
        if (users.isEmpty()) return Set.of();
        return db
                .sql("""
                SELECT DISTINCT user_id FROM enrollment
                 WHERE tenant_id = :tenant AND user_id = ANY (:users) AND kind <> 'recovery-code' AND confirmed_at IS NOT NULL
                """)
                .param("tenant", tenant.value())
                .param("users", users.stream().map(UserId::value).toArray(String[]::new))
                .query((row, _) -> new UserId(row.getString("user_id")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The seed of an app, for checking a code. */
    public Optional<String> seed(TenantId tenant, EnrollmentId id) {
        return db.sql("SELECT secret_sealed FROM enrollment WHERE tenant_id = :tenant AND id = :id AND kind = 'totp'")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> secrets.openSeed(tenant, id, row.getBytes("secret_sealed")))
                .optional();
    }

    private Enrollment read(TenantId tenant, ResultSet row) throws SQLException {
        var id = new EnrollmentId(row.getString("id"));
        var confirmed = instant(row, "confirmed_at");
        return switch (row.getString("kind")) {
            case "phone" ->
                new Enrollment.Phone(
                        id,
                        secrets.openPhone(tenant, id, row.getBytes("phone_sealed")),
                        Channel.of(row.getString("channel")).orElse(Channel.SMS),
                        confirmed,
                        instant(row, "last_auth_at"));
            case "totp" -> new Enrollment.App(id, confirmed);
            default -> new Enrollment.RecoveryCode(id, confirmed);
        };
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
