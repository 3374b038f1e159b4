package io.ringcode.user;

import static java.time.ZoneOffset.UTC;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringcode.batch.BatchedLookup;
import io.ringcode.batch.GroupCommits;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.Typed;
import io.ringcode.user.Passwords.Match;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The users of a tenant, as sign-ins need them; {@link Directory} is what administrators use. */
@Component
public class Users {
    /** A user of one tenant. */
    public record UserKey(TenantId tenant, UserId id) {}

    private record Stored(User user, @Nullable String passwordHash) {}

    private final JdbcClient db;
    private final UserRows rows;
    private final Passwords passwords;
    private final LoginNames names;
    private final RandomText random;
    private final TransactionTemplate transactions;
    private final BatchedLookup<UserKey, User> lookup;
    /** Of users who were read lately. It never changes; who is deleted and made anew by the same id is taken for older than he is. */
    private final Cache<UserKey, Instant> createdAt = Caffeine.newBuilder()
            .maximumSize(4_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private final ApplicationEventPublisher events;

    Users(
            JdbcClient db,
            UserRows rows,
            Passwords passwords,
            LoginNames names,
            RandomText random,
            PlatformTransactionManager transactions,
            GroupCommits commits,
            ApplicationEventPublisher events) {
        this.db = db;
        this.rows = rows;
        this.passwords = passwords;
        this.names = names;
        this.random = random;
        this.transactions = new TransactionTemplate(transactions);
        this.lookup = commits.lookup("user", this::find);
        this.events = events;
    }

    /**
     * The user, if the password is theirs. Takes as long for an unknown user as for a wrong password.
     *
     * @param login an e-mail address or a user name, in any case
     * @throws TooBusy when more logins are waiting than can be checked soon
     */
    public Optional<User> signIn(TenantId tenant, String connection, String login, String password) {
        if (PasswordLength.tooLong(password)) return Optional.empty();
        var stored = db.sql("SELECT " + UserRows.COLUMNS + """
                , password_hash FROM app_user
                 WHERE tenant_id = :tenant AND connection = :connection AND id = coalesce((
                       SELECT user_id FROM login_name
                        WHERE tenant_id = :tenant AND connection = :connection AND name = :name), (
                       SELECT id FROM app_user
                        WHERE tenant_id = :tenant AND connection = :connection AND NOT named
                          AND (lower(email) IN (lower(:typed), lower(:raw)) OR lower(username) IN (lower(:typed), lower(:raw)))
                        ORDER BY (lower(email) IN (lower(:typed), lower(:raw))) DESC NULLS LAST, created_at LIMIT 1))
                """)
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("name", LoginName.of(login).form())
                .param("typed", new Typed(login).name())
                .param("raw", login)
                .query((row, _) -> new Stored(rows.user(tenant, row), row.getString("password_hash")))
                .optional();
        var hash = stored.map(Stored::passwordHash).orElse(null);
        var match = passwords.match(password, hash);
        if (match == Match.WRONG) return Optional.empty();
        if (hash != null && (match == Match.RIGHT_AS_TYPED || passwords.isForeign(hash)))
            replaceHash(tenant, stored.orElseThrow().user().id(), hash, password);
        return stored.map(Stored::user).filter(user -> !user.blocked());
    }

    /** An imported hash, or one of another form, gives way to one of our own, unless the password has been changed meanwhile. */
    private void replaceHash(TenantId tenant, UserId id, String before, String password) {
        db.sql("""
                UPDATE app_user SET password_hash = :hash WHERE tenant_id = :tenant AND id = :id AND password_hash = :before
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("before", before)
                .param("hash", passwords.hash(password).value())
                .update();
    }

    public Optional<User> find(TenantId tenant, UserId id) {
        return lookup.find(new UserKey(tenant, id));
    }

    private Map<UserKey, User> find(List<UserKey> keys) {
        var users = new HashMap<UserKey, User>();
        db.sql("SELECT tenant_id, " + UserRows.COLUMNS + """
                  FROM unnest(:tenants::text[], :ids::text[]) AS asked (in_tenant, user_id)
                  JOIN app_user ON tenant_id = in_tenant AND id = user_id
                """)
                .param("tenants", keys.stream().map(key -> key.tenant().value()).toArray(String[]::new))
                .param("ids", keys.stream().map(key -> key.id().value()).toArray(String[]::new))
                .query(row -> {
                    put(row, users);
                });
        return users;
    }

    /** When accounts were made; those that there are not are not among them. */
    public Map<UserKey, Instant> createdAt(Collection<UserKey> keys) {
        var created = new HashMap<>(createdAt.getAllPresent(keys));
        var rest = keys.stream().filter(key -> !created.containsKey(key)).toList();
        if (rest.isEmpty()) return created;
        find(rest);
        created.putAll(createdAt.getAllPresent(rest));
        return created;
    }

    private void put(ResultSet row, Map<UserKey, User> users) throws SQLException {
        var tenant = new TenantId(row.getString("tenant_id"));
        var user = rows.user(tenant, row);
        var key = new UserKey(tenant, user.id());
        users.put(key, user);
        createdAt.put(key, row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /**
     * A sign-in that is finished.
     *
     * @param grounds what it stands on
     */
    public record FinishedSignIn(TenantId tenant, UserId user, Grounds grounds, String ip) {}

    /**
     * Counts finished sign-ins.
     *
     * @param signIns each of another user; their rows are locked in this order
     * @return in the order of the sign-ins, the user; null when blocked, no longer there, or when the sign-in's grounds are
     *     gone: then the transaction must be rolled back
     */
    public List<@Nullable User> signedIn(List<FinishedSignIn> signIns, Instant now) {
        var users = new HashMap<UserKey, User>();
        if (!signIns.isEmpty())
            db.sql("""
                    UPDATE app_user SET last_login_at = :now, last_ip = finished.ip, logins_count = logins_count + 1
                      FROM unnest(:tenants::text[], :ids::text[], :ips::text[]) AS finished (in_tenant, user_id, ip)
                     WHERE tenant_id = in_tenant AND id = user_id AND NOT blocked
                    RETURNING tenant_id,\s""" + UserRows.COLUMNS)
                    .param(
                            "tenants",
                            signIns.stream().map(one -> one.tenant().value()).toArray(String[]::new))
                    .param(
                            "ids",
                            signIns.stream().map(one -> one.user().value()).toArray(String[]::new))
                    .param("ips", signIns.stream().map(FinishedSignIn::ip).toArray(String[]::new))
                    .param("now", now.atOffset(UTC))
                    .query(row -> {
                        put(row, users);
                    });
        var found = new @Nullable User[signIns.size()];
        for (int i = 0; i < found.length; i++) {
            var user = users.get(
                    new UserKey(signIns.get(i).tenant(), signIns.get(i).user()));
            found[i] = user != null && signIns.get(i).grounds().hold(user) ? user : null;
        }
        return Arrays.asList(found);
    }

    /** Counts one finished sign-in. @return empty where {@link #signedIn(List, Instant)} has null */
    public Optional<User> signedIn(TenantId tenant, UserId id, Grounds grounds, String ip, Instant now) {
        return Optional.ofNullable(signedIn(List.of(new FinishedSignIn(tenant, id, grounds, ip)), now)
                .getFirst());
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

    /** What was remembered of a second factor, or of a browser, before this moment does not count any more. */
    public void forgetBrowsers(TenantId tenant, UserId id, Instant now) {
        db.sql("UPDATE app_user SET browsers_forgotten_at = :now WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("now", now.atOffset(UTC))
                .update();
        events.publishEvent(new BrowsersForgotten(tenant, id));
    }

    /**
     * A new user with an id of its own.
     *
     * @throws LoginNameTaken when the address is another user's name
     */
    public UserId create(
            TenantId tenant,
            String connection,
            String email,
            @Nullable String name,
            PasswordHash password,
            Instant now) {
        return insert(tenant, connection, email, name, password, now).orElseThrow(LoginNameTaken::new);
    }

    /** A new user by the user's own wish. @return empty when the address is another user's name already */
    public Optional<UserId> signUp(
            TenantId tenant, String connection, String email, PasswordHash password, Instant now) {
        return insert(tenant, connection, email, null, password, now);
    }

    private Optional<UserId> insert(
            TenantId tenant,
            String connection,
            String email,
            @Nullable String name,
            PasswordHash password,
            Instant now) {
        var id = newId();
        var claims = LoginNames.claims(id, LoginName.of(email, null));
        return Objects.requireNonNull(transactions.execute(_ -> {
            if (names.claim(tenant, connection, claims).isEmpty()) return Optional.empty();
            var made = db.sql("""
                    INSERT INTO app_user (tenant_id, id, connection, email, name, password_hash, named, created_at, updated_at)
                    VALUES (:tenant, :id, :connection, :email, :name, :hash, true, :now, :now)
                    ON CONFLICT DO NOTHING
                    """)
                    .param("tenant", tenant.value())
                    .param("id", id.value())
                    .param("connection", connection)
                    .param("email", email)
                    .param("name", name)
                    .param("hash", password.value())
                    .param("now", now.atOffset(UTC))
                    .update();
            if (made == 0) names.release(tenant, connection, claims);
            return made == 0 ? Optional.empty() : Optional.of(id);
        }));
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
