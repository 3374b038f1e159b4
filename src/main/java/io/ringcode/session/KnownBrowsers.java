package io.ringcode.session;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Browsers by which users have signed in before: what tells a new one, and when a second factor was proved there. It stands for no
 * factor; {@link RememberedBrowsers} do.
 */
@Component
public class KnownBrowsers {
    /** As long as the browser keeps its cookie. */
    private static final Duration LIFE = Duration.ofDays(90);

    /** Of one user; whoever throws cookies away is in a new browser each time. */
    private static final int MOST = 50;

    /** @param factorAt when a second factor was proved there last; null for never */
    public record KnownBrowser(@Nullable Instant factorAt) {}

    private final JdbcClient db;
    private final KeyedHash hash;
    private final Clock clock;

    KnownBrowsers(JdbcClient db, Keyring keys, Clock clock) {
        this.db = db;
        this.hash = keys.hash("known-browser");
        this.clock = clock;
    }

    /** @param token what the browser keeps; null for one that has nothing of ours */
    public Optional<KnownBrowser> find(TenantId tenant, @Nullable String token, UserId user) {
        if (token == null) return Optional.empty();
        return db.sql("""
                SELECT factor_at FROM known_browser
                 WHERE tenant_id = :tenant AND hash = :hash AND user_id = :user AND expires_at > :now
                """)
                .param("tenant", tenant.value())
                .param("hash", hash.of(tenant.value(), token))
                .param("user", user.value())
                .param("now", clock.instant().atOffset(UTC))
                .query((row, _) -> {
                    var at = row.getObject("factor_at", OffsetDateTime.class);
                    return new KnownBrowser(at == null ? null : at.toInstant());
                })
                .optional();
    }

    /**
     * A user has signed in there.
     *
     * @param factorAt when a second factor was proved; null where none was
     */
    public void signedIn(TenantId tenant, String token, UserId user, @Nullable Instant factorAt) {
        db.sql("""
                INSERT INTO known_browser (tenant_id, hash, user_id, factor_at, expires_at)
                VALUES (:tenant, :hash, :user, :factor, :expires)
                ON CONFLICT (tenant_id, hash, user_id) DO UPDATE
                   SET factor_at = coalesce(:factor, known_browser.factor_at), expires_at = :expires
                """)
                .param("tenant", tenant.value())
                .param("hash", hash.of(tenant.value(), token))
                .param("user", user.value())
                .param(
                        "factor",
                        factorAt == null ? null : factorAt.atOffset(UTC),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("expires", clock.instant().plus(LIFE).atOffset(UTC))
                .update();
        forgetOldest(tenant, token, user);
    }

    /** Beside the one by which the user has just signed in. */
    private void forgetOldest(TenantId tenant, String token, UserId user) {
        db.sql("""
                DELETE FROM known_browser
                 WHERE tenant_id = :tenant AND user_id = :user
                   AND hash IN (SELECT hash FROM known_browser WHERE tenant_id = :tenant AND user_id = :user AND hash <> :hash
                                 ORDER BY expires_at DESC, hash OFFSET :others)
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("hash", hash.of(tenant.value(), token))
                .param("others", MOST - 1)
                .update();
    }

    /** What ends trust makes every browser a new one. */
    void forgetAll(TenantId tenant, UserId user) {
        db.sql("DELETE FROM known_browser WHERE tenant_id = :tenant AND user_id = :user")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .update();
    }
}
