package io.ringcode.user;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.Typed;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The users of a tenant, as sign-ins need them; {@link Directory} is what administrators use. */
@Component
public class Users {
    private record Stored(User user, @Nullable String passwordHash) {}

    private final JdbcClient db;
    private final UserRows rows;
    private final Passwords passwords;
    private final RandomText random;

    Users(JdbcClient db, UserRows rows, Passwords passwords, RandomText random) {
        this.db = db;
        this.rows = rows;
        this.passwords = passwords;
        this.random = random;
    }

    /**
     * The user, if the password is theirs. Takes as long for an unknown user as for a wrong password.
     *
     * @param login an e-mail address or a user name, in any case
     * @throws TooBusy when more logins are waiting than can be checked soon
     */
    public Optional<User> signIn(TenantId tenant, String connection, String login, String password) {
        var stored = db.sql("SELECT " + UserRows.COLUMNS + """
                , password_hash FROM app_user
                 WHERE tenant_id = :tenant AND connection = :connection AND (lower(email) = :login OR lower(username) = :login)
                """)
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("login", new Typed(login).name().toLowerCase(Locale.ROOT))
                .query((row, _) -> new Stored(rows.user(tenant, row), row.getString("password_hash")))
                .optional();
        var hash = stored.map(Stored::passwordHash).orElse(null);
        var right = passwords.matches(password, hash);
        if (right && hash != null && passwords.isForeign(hash))
            replaceHash(tenant, stored.orElseThrow().user().id(), hash, password);
        return right ? stored.map(Stored::user).filter(user -> !user.blocked()) : Optional.empty();
    }

    /** An imported hash gives way to one of our own, unless the password has been changed meanwhile. */
    private void replaceHash(TenantId tenant, UserId id, String before, String password) {
        db.sql("""
                UPDATE app_user SET password_hash = :hash WHERE tenant_id = :tenant AND id = :id AND password_hash = :before
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("before", before)
                .param("hash", passwords.hash(password))
                .update();
    }

    public Optional<User> find(TenantId tenant, UserId id) {
        return db.sql("SELECT " + UserRows.COLUMNS + " FROM app_user WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> rows.user(tenant, row))
                .optional();
    }

    /**
     * Counts a finished sign-in.
     *
     * @return the user; empty when blocked, no longer there, or when the sign-in's grounds are gone: then the transaction
     *     must be rolled back
     */
    public Optional<User> signedIn(TenantId tenant, UserId id, Grounds grounds, String ip, Instant now) {
        return db.sql("""
                UPDATE app_user SET last_login_at = :now, last_ip = :ip, logins_count = logins_count + 1
                 WHERE tenant_id = :tenant AND id = :id AND NOT blocked
                RETURNING\s""" + UserRows.COLUMNS)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("ip", ip)
                .param("now", now.atOffset(UTC))
                .query((row, _) -> rows.user(tenant, row))
                .optional()
                .filter(grounds::hold);
    }

    /**
     * The user, held until the end of the transaction: whatever else changes what the user has proved or may do, waits.
     *
     * @return empty when blocked, no longer there, or when {@code grounds} are gone
     */
    public Optional<User> hold(TenantId tenant, UserId id, Grounds grounds) {
        return db.sql("SELECT " + UserRows.COLUMNS + """
                 FROM app_user WHERE tenant_id = :tenant AND id = :id AND NOT blocked FOR NO KEY UPDATE
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> rows.user(tenant, row))
                .optional()
                .filter(grounds::hold);
    }

    /**
     * Ends whatever was issued to the user, or begun by the user, until now, but for access tokens. Runs in the transaction
     * of the cause.
     */
    public void changeStamp(TenantId tenant, UserId id) {
        db.sql("""
                UPDATE app_user SET security_stamp = (security_stamp + 1 + random() * 1000000)::bigint % 9007199254740991
                 WHERE tenant_id = :tenant AND id = :id
                """).param("tenant", tenant.value()).param("id", id.value()).update();
    }

    /** Ends the access tokens that were issued to the user until now. */
    public void endAccess(TenantId tenant, UserId id, Instant now) {
        db.sql("UPDATE app_user SET access_ended_at = :now WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** What was remembered of a second factor before this moment does not count any more. */
    public void forgetBrowsers(TenantId tenant, UserId id, Instant now) {
        db.sql("UPDATE app_user SET browsers_forgotten_at = :now WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** A new user with an id of its own. */
    public UserId create(
            TenantId tenant, String connection, String email, @Nullable String name, String password, Instant now) {
        var id = newId();
        db.sql("""
                INSERT INTO app_user (tenant_id, id, connection, email, name, password_hash, created_at, updated_at)
                VALUES (:tenant, :id, :connection, :email, :name, :hash, :now, :now)
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("connection", connection)
                .param("email", email)
                .param("name", name)
                .param("hash", passwords.hash(password))
                .param("now", now.atOffset(UTC))
                .update();
        return id;
    }

    /** A new user by the user's own wish. @return empty when the address has one already */
    public Optional<UserId> signUp(TenantId tenant, String connection, String email, String password, Instant now) {
        var id = newId();
        var made = db.sql("""
                INSERT INTO app_user (tenant_id, id, connection, email, password_hash, created_at, updated_at)
                VALUES (:tenant, :id, :connection, :email, :hash, :now, :now)
                ON CONFLICT DO NOTHING
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("connection", connection)
                .param("email", email)
                .param("hash", passwords.hash(password))
                .param("now", now.atOffset(UTC))
                .update();
        return made == 1 ? Optional.of(id) : Optional.empty();
    }

    /**
     * A user who signs in elsewhere, known here by an id of its own, from the first time on.
     *
     * @param issuer the short name of the place
     * @param key what the place calls the user, for good
     * @param name for people to read; null for none
     */
    public User ensureForeign(TenantId tenant, String issuer, String key, @Nullable String name, Instant now) {
        var id = new UserId(issuer + "|" + key);
        db.sql("""
                INSERT INTO app_user (tenant_id, id, connection, name, created_at, updated_at)
                VALUES (:tenant, :id, :connection, :name, :now, :now)
                ON CONFLICT DO NOTHING
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("connection", issuer)
                .param("name", name)
                .param("now", now.atOffset(UTC))
                .update();
        return find(tenant, id).orElseThrow();
    }

    UserId newId() {
        return new UserId("auth0|" + random.hex(24));
    }
}
