package io.ringcode.user;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The users of a tenant. */
@Component
public class Users {
    /** The connection that users live in where nothing else is said. */
    public static final String DEFAULT_CONNECTION = "Username-Password-Authentication";

    private static final String COLUMNS = "id, connection, email, email_verified, username, name, blocked";

    private record Stored(User user, @Nullable String passwordHash) {}

    private final JdbcClient db;
    private final Passwords passwords;
    private final RandomText random;

    Users(JdbcClient db, Passwords passwords, RandomText random) {
        this.db = db;
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
        var stored = db.sql("SELECT " + COLUMNS + """
                , password_hash FROM app_user
                 WHERE tenant_id = :tenant AND connection = :connection AND (lower(email) = :login OR lower(username) = :login)
                """)
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("login", login.toLowerCase(Locale.ROOT))
                .query((row, _) -> new Stored(user(tenant, row), row.getString("password_hash")))
                .optional();
        var right = passwords.matches(password, stored.map(Stored::passwordHash).orElse(null));
        return right ? stored.map(Stored::user).filter(user -> !user.blocked()) : Optional.empty();
    }

    public Optional<User> find(TenantId tenant, UserId id) {
        return db.sql("SELECT " + COLUMNS + " FROM app_user WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> user(tenant, row))
                .optional();
    }

    /** A new user with an id of its own. */
    public UserId create(
            TenantId tenant, String connection, String email, @Nullable String name, String password, Instant now) {
        var id = new UserId("auth0|" + random.hex(24));
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

    private static User user(TenantId tenant, ResultSet row) throws SQLException {
        return new User(
                tenant,
                new UserId(row.getString("id")),
                row.getString("connection"),
                row.getString("email"),
                row.getBoolean("email_verified"),
                row.getString("username"),
                row.getString("name"),
                row.getBoolean("blocked"));
    }
}
