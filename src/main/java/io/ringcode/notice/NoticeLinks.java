package io.ringcode.notice;

import static java.time.ZoneOffset.UTC;

import io.ringcode.authorization.Issuers;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.ActivityDenied;
import io.ringcode.user.Directory;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * "Not me": what the link in a notice does. It takes trust away and gives none, so that who has it can lock an account and never
 * get into it. A link's token is random; its keyed hash is what is kept.
 */
@Component
class NoticeLinks {
    private static final Duration LIFE = Duration.ofDays(7);
    private static final int LENGTH = 24;

    private final JdbcClient db;
    private final KeyedHash hash;
    private final RandomText random;
    private final Issuers issuers;
    private final AuthenticatorAdmin authenticators;
    private final Directory users;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    NoticeLinks(
            JdbcClient db,
            Keyring keys,
            RandomText random,
            Issuers issuers,
            AuthenticatorAdmin authenticators,
            Directory users,
            Clock clock,
            ApplicationEventPublisher events) {
        this.db = db;
        this.hash = keys.hash("notice-link");
        this.random = random;
        this.issuers = issuers;
        this.authenticators = authenticators;
        this.users = users;
        this.clock = clock;
        this.events = events;
    }

    /** @return its whole address, told this once */
    String issue(TenantId tenant, UserId user, NoticeKind kind, @Nullable String enrollment, Instant now) {
        var token = random.mixed(LENGTH);
        db.sql("""
                INSERT INTO notice_link (tenant_id, hash, user_id, kind, enrollment, expires_at)
                SELECT :tenant, :hash, id, :kind, :enrollment, :expires FROM user_standing
                 WHERE tenant_id = :tenant AND id = :user
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("user", user.value())
                .param("kind", kind.wire())
                .param("enrollment", enrollment)
                .param("expires", now.plus(LIFE).atOffset(UTC))
                .update();
        return issuers.of(tenant) + "u/not-me?t=" + token;
    }

    boolean isGood(TenantId tenant, String token) {
        return db.sql("""
                SELECT EXISTS (SELECT FROM notice_link WHERE tenant_id = :tenant AND hash = :hash AND expires_at > :now)
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("now", clock.instant().atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    private record Used(
            UserId user, NoticeKind kind, @Nullable AuthenticatorId about) {}

    /** Whose account was protected, and of what the notice told. */
    record Protected(UserId user, NoticeKind kind) {}

    /**
     * Uses a link up, together with the others that tell of the same, and undoes what can be undone. Runs in its caller's
     * transaction.
     */
    Optional<Protected> use(TenantId tenant, String token) {
        var found = db.sql("""
                WITH used AS (
                    DELETE FROM notice_link WHERE tenant_id = :tenant AND hash = :hash AND expires_at > :now
                    RETURNING user_id, kind, enrollment
                ), others AS (
                    DELETE FROM notice_link AS other USING used
                     WHERE other.tenant_id = :tenant AND other.hash <> :hash AND other.user_id = used.user_id
                       AND other.kind = used.kind AND other.enrollment IS NOT DISTINCT FROM used.enrollment
                )
                SELECT user_id, kind, enrollment FROM used
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("now", clock.instant().atOffset(UTC))
                .query((row, _) -> {
                    var about = row.getString("enrollment");
                    return new Used(
                            new UserId(row.getString("user_id")),
                            NoticeKind.of(row.getString("kind")).orElseThrow(),
                            about == null ? null : new AuthenticatorId(about));
                })
                .optional();
        found.ifPresent(used -> protect(tenant, used));
        return found.map(used -> new Protected(used.user(), used.kind()));
    }

    private void protect(TenantId tenant, Used used) {
        switch (used.kind()) {
            case FACTOR_BOUND -> authenticators.denyBinding(tenant, used.user(), Objects.requireNonNull(used.about()));
            case RECOVERY_CODE_USED, RECOVERY_CODE_MADE -> authenticators.denyRecoveryCode(tenant, used.user());
            case PASSWORD_CHANGED -> users.dropPassword(tenant, used.user(), clock.instant());
            case FACTOR_CHANGED, FACTOR_REMOVED, FACTOR_LOCKED, LOSS_REPORTED -> {}
        }
        events.publishEvent(new ActivityDenied(tenant, used.user()));
    }

    private byte[] hashed(TenantId tenant, String token) {
        return hash.of(tenant.value(), token);
    }
}
