package io.ringcode.session;

import static java.time.ZoneOffset.UTC;

import io.ringcode.action.SignInContext.Method;
import io.ringcode.factor.Amr;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who is signed in where. A session has an idle limit and an absolute one; its token is random, known to the browser, and
 * kept as a keyed hash. Every authentication makes a new token, so one that was planted before is worth nothing.
 */
@Component
public class BrowserSessions {
    /** Use is written down no more often than this. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private static final int MOST_RECORDED = 10;

    private final JdbcClient db;
    private final KeyedHash hash;
    private final RandomText random;
    private final Tenants tenants;
    private final Clock clock;

    BrowserSessions(JdbcClient db, Keyring keys, RandomText random, Tenants tenants, Clock clock) {
        this.db = db;
        this.hash = keys.hash("browser-session");
        this.random = random;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** The session of a token, which counts as used now; empty when there is none, or its time is over. */
    public Optional<BrowserSession> find(TenantId tenant, @Nullable String token) {
        if (token == null) return Optional.empty();
        record Found(BrowserSession session, OffsetDateTime seenAt) {}
        var now = clock.instant();
        var found = db.sql("""
                SELECT user_id, user_stamp, amr, auth_time, seen_at
                  FROM browser_session
                  JOIN user_standing ON user_standing.tenant_id = browser_session.tenant_id AND user_standing.id = user_id
                 WHERE browser_session.tenant_id = :tenant AND hash = :hash AND expires_at > :now AND seen_at > :idle
                   AND security_stamp = user_stamp
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("now", now.atOffset(UTC))
                .param("idle", now.minus(settings(tenant).idle()).atOffset(UTC))
                .query((row, _) -> new Found(
                        new BrowserSession(
                                tenant,
                                new UserId(row.getString("user_id")),
                                row.getLong("user_stamp"),
                                new Amr(List.of((String[]) row.getArray("amr").getArray())),
                                row.getObject("auth_time", OffsetDateTime.class).toInstant()),
                        row.getObject("seen_at", OffsetDateTime.class)))
                .optional();
        if (found.isPresent() && found.get().seenAt().toInstant().isBefore(now.minus(NOTED)))
            db.sql("UPDATE browser_session SET seen_at = :now WHERE tenant_id = :tenant AND hash = :hash")
                    .param("tenant", tenant.value())
                    .param("hash", hashed(tenant, token))
                    .param("now", now.atOffset(UTC))
                    .update();
        return found.map(Found::session);
    }

    /**
     * Signs a user in.
     *
     * @param replaced the token that the browser had, which ends here; null for none
     * @param stamp the user's security stamp, under which all was proved
     * @return the token for the browser
     */
    public String open(TenantId tenant, @Nullable String replaced, UserId user, long stamp, Amr amr) {
        return open(tenant, replaced, user, stamp, amr, clock.instant());
    }

    /**
     * The same without a new proof, in place of a session that was ended.
     *
     * @param authTime when the last of it was proved; the session lives no longer than if it had been opened then
     */
    public String open(TenantId tenant, @Nullable String replaced, UserId user, long stamp, Amr amr, Instant authTime) {
        if (replaced != null) end(tenant, replaced);
        var now = clock.instant();
        var token = random.mixed(43);
        db.sql("""
                INSERT INTO browser_session (tenant_id, hash, user_id, user_stamp, amr, auth_time, created_at, seen_at, expires_at)
                VALUES (:tenant, :hash, :user, :stamp, :amr, :authTime, :now, :now, :expires)
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("user", user.value())
                .param("stamp", stamp)
                .param("amr", amr.methods().toArray(String[]::new))
                .param("now", now.atOffset(UTC))
                .param("authTime", authTime.atOffset(UTC))
                .param("expires", authTime.plus(settings(tenant).life()).atOffset(UTC))
                .update();
        return token;
    }

    /** What actions have recorded in a session, by which its user was authenticated elsewhere. */
    public List<Method> recorded(TenantId tenant, @Nullable String token) {
        if (token == null) return List.of();
        return db.sql("""
                SELECT method, at FROM browser_session, unnest(recorded_methods, recorded_at) AS recorded (method, at)
                 WHERE tenant_id = :tenant AND hash = :hash ORDER BY at
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .query((row, _) -> new Method(
                        row.getString("method"),
                        null,
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** @param methods all that count now; of more than a session keeps, the newest */
    public void record(TenantId tenant, String token, List<Method> methods) {
        var newest = new LinkedHashMap<String, Method>();
        for (var method : methods) {
            newest.remove(method.name());
            newest.put(method.name(), method);
        }
        var kept = newest.values().stream()
                .skip(Math.max(0, newest.size() - MOST_RECORDED))
                .toList();
        db.sql("""
                UPDATE browser_session SET recorded_methods = :methods, recorded_at = :times::timestamptz[]
                 WHERE tenant_id = :tenant AND hash = :hash
                """)
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .param("methods", kept.stream().map(Method::name).toArray(String[]::new))
                .param(
                        "times",
                        kept.stream().map(method -> method.at().toString()).toArray(String[]::new))
                .update();
    }

    public void end(TenantId tenant, String token) {
        db.sql("DELETE FROM browser_session WHERE tenant_id = :tenant AND hash = :hash")
                .param("tenant", tenant.value())
                .param("hash", hashed(tenant, token))
                .update();
    }

    /** Signs a user out everywhere. */
    public void endAll(TenantId tenant, UserId user) {
        db.sql("DELETE FROM browser_session WHERE tenant_id = :tenant AND user_id = :user")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .update();
    }

    private SessionSettings settings(TenantId tenant) {
        return SessionSettings.of(tenants.settings(tenant));
    }

    private byte[] hashed(TenantId tenant, String token) {
        return hash.of(tenant.value(), token);
    }
}
