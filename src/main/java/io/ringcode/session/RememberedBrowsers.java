package io.ringcode.session;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Browsers that passed the second factor and need not pass it again for some time. One browser may know several users. */
@Component
public class RememberedBrowsers {
    private final JdbcClient db;
    private final KeyedHash hash;
    private final Clock clock;

    RememberedBrowsers(JdbcClient db, Keyring keys, Clock clock) {
        this.db = db;
        this.hash = keys.hash("remembered-browser");
        this.clock = clock;
    }

    /**
     * @param token what the browser keeps
     * @param stamp the user's security stamp, under which the second factor was proved
     */
    public void remember(TenantId tenant, String token, UserId user, long stamp, Duration life) {
        var now = clock.instant();
        db.sql("""
                INSERT INTO remembered_browser (tenant_id, hash, user_id, user_stamp, created_at, used_at, expires_at)
                VALUES (:tenant, :hash, :user, :stamp, :now, :now, :expires)
                ON CONFLICT (tenant_id, hash, user_id) DO UPDATE
                   SET user_stamp = :stamp, created_at = :now, used_at = :now, expires_at = :expires
                """)
                .param("tenant", tenant.value())
                .param("hash", hash.of(tenant.value(), token))
                .param("user", user.value())
                .param("stamp", stamp)
                .param("now", now.atOffset(UTC))
                .param("expires", now.plus(life).atOffset(UTC))
                .update();
    }

    /**
     * Whether this browser is remembered for this user; being asked is being used. An administrator may have had all
     * of a user's browsers forgotten since.
     *
     * @param idle how long it may go unused
     */
    public boolean knows(TenantId tenant, @Nullable String token, UserId user, Duration idle) {
        if (token == null) return false;
        var now = clock.instant();
        return db.sql("""
                UPDATE remembered_browser SET used_at = :now FROM user_standing
                 WHERE remembered_browser.tenant_id = :tenant AND hash = :hash AND user_id = :user
                   AND expires_at > :now AND used_at > :idle
                   AND user_standing.tenant_id = :tenant AND user_standing.id = :user
                   AND security_stamp = user_stamp
                   AND (browsers_forgotten_at IS NULL OR browsers_forgotten_at < remembered_browser.created_at)
                """)
                        .param("tenant", tenant.value())
                        .param("hash", hash.of(tenant.value(), token))
                        .param("user", user.value())
                        .param("now", now.atOffset(UTC))
                        .param("idle", now.minus(idle).atOffset(UTC))
                        .update()
                == 1;
    }

    /** A changed factor makes every browser prove it anew. */
    public void forgetAll(TenantId tenant, UserId user) {
        db.sql("DELETE FROM remembered_browser WHERE tenant_id = :tenant AND user_id = :user")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .update();
    }
}
