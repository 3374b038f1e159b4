package io.ringcode.user;

import static java.time.ZoneOffset.UTC;

import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.Typed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The users of a tenant, for its administrators. */
@Component
public class Directory {
    private static final String SELECT = "SELECT " + UserRows.ALL_COLUMNS + " FROM app_user WHERE tenant_id = :tenant ";

    private final JdbcClient db;
    private final UserRows rows;
    private final UserTable table;
    private final Users users;
    private final LoginNames names;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    Directory(
            JdbcClient db,
            UserRows rows,
            UserTable table,
            Users users,
            LoginNames names,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.db = db;
        this.rows = rows;
        this.table = table;
        this.users = users;
        this.names = names;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    public Optional<Profile> find(TenantId tenant, UserId id) {
        return db.sql(SELECT + "AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> rows.profile(tenant, row))
                .optional();
    }

    /** In any way of writing it. */
    public List<Profile> byEmail(TenantId tenant, String email) {
        return db
                .sql(SELECT + """
                AND email IS NOT NULL AND id IN (
                    SELECT user_id FROM login_name WHERE tenant_id = :tenant AND name = :name
                     UNION ALL
                    SELECT id FROM app_user WHERE tenant_id = :tenant AND lower(email) COLLATE "C" = lower(:typed))
                 ORDER BY created_at LIMIT 100
                """)
                .param("tenant", tenant.value())
                .param("name", LoginName.of(email).form())
                .param("typed", new Typed(email).name())
                .query((row, _) -> rows.profile(tenant, row))
                .list()
                .stream()
                .filter(found -> isAddress(found, LoginName.of(email)))
                .toList();
    }

    /**
     * @param condition SQL over the columns of {@code app_user}, whose values stand in {@code parameters}
     * @param order SQL, as {@link UserSearch} makes it
     */
    public List<Profile> search(
            TenantId tenant, String condition, Map<String, Object> parameters, String order, int start, int size) {
        return db.sql(SELECT + "AND (" + condition + ") ORDER BY " + order + " OFFSET :start LIMIT :size")
                .param("tenant", tenant.value())
                .params(parameters)
                .param("start", start)
                .param("size", size)
                .query((row, _) -> rows.profile(tenant, row))
                .list();
    }

    /**
     * In the order of their ids.
     *
     * @param connection null for all
     * @param after the id to go on from; empty for the beginning
     */
    public List<Profile> walk(TenantId tenant, @Nullable String connection, String after, int size) {
        return db.sql(SELECT + """
                AND id > :after AND connection = coalesce(:connection, connection) ORDER BY id LIMIT :size
                """)
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("after", after)
                .param("size", size)
                .query((row, _) -> rows.profile(tenant, row))
                .list();
    }

    /** @param most where counting stops */
    public long count(TenantId tenant, String condition, Map<String, Object> parameters, int most) {
        return db.sql("SELECT count(*) FROM (SELECT 1 FROM app_user WHERE tenant_id = :tenant AND (" + condition
                        + ") LIMIT :most) AS matching")
                .param("tenant", tenant.value())
                .params(parameters)
                .param("most", most)
                .query(Long.class)
                .single();
    }

    /** What a number is looked up by, in each form that it may have been stored in. */
    public byte[][] indexes(TenantId tenant, PhoneNumber phone) {
        return table.indexes(tenant, phone);
    }

    /** @return empty when the connection has a user of this id, e-mail address or user name already */
    public Optional<Profile> create(TenantId tenant, NewUser user, Instant now) {
        var id = user.key() == null ? users.newId() : new UserId("auth0|" + user.key());
        var password = user.password();
        var hashes = password == null ? Map.<UserId, String>of() : Map.of(id, password.value());
        var row = List.of(new UserTable.Row(id, user.data()));
        var claims = LoginNames.claims(
                id, LoginName.of(user.data().email(), user.data().username()));
        return Objects.requireNonNull(transactions.execute(_ -> {
            var claimed = names.claim(tenant, user.connection(), claims);
            if (claimed.size() == claims.size()
                    && !table.insert(tenant, user.connection(), row, hashes, now)
                            .isEmpty()) return find(tenant, id);
            names.release(tenant, user.connection(), claimed);
            return Optional.empty();
        }));
    }

    private static boolean isAddress(Profile found, LoginName name) {
        var email = found.user().email();
        return email != null && LoginName.of(email).equals(name);
    }

    /**
     * Changes a user by what is stored now. An e-mail address or user name that another one has is refused.
     *
     * @throws LoginNameTaken then
     */
    public Optional<Profile> update(TenantId tenant, UserId id, UnaryOperator<AdminUserData> change, Instant now) {
        var stored = db.sql(SELECT + "AND id = :id FOR UPDATE")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> rows.profile(tenant, row))
                .optional();
        if (stored.isEmpty()) return Optional.empty();
        var before = stored.get().user();
        var facts = change.apply(AdminUserData.of(stored.get()));
        var had = LoginName.of(before.email(), before.username());
        if (!names.change(tenant, before.connection(), id, had, LoginName.of(facts.email(), facts.username())))
            throw new LoginNameTaken();
        table.update(tenant, List.of(new UserTable.Row(id, facts)), now);
        if (facts.blocked() && !stored.get().user().blocked()) events.publishEvent(new UserBlocked(tenant, id));
        return find(tenant, id);
    }

    /** @param languages that whoever sets it reads, as {@code Accept-Language} has them; null where nobody knows */
    public void setPassword(
            TenantId tenant, UserId id, PasswordHash password, @Nullable String languages, Instant now) {
        db.sql("""
                UPDATE app_user SET password_hash = :hash, updated_at = :now WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("hash", password.value())
                .param("now", now.atOffset(UTC))
                .update();
        events.publishEvent(new PasswordChanged(tenant, id, languages));
    }

    /** Nobody signs in by the password any more, until another one is set. */
    public void dropPassword(TenantId tenant, UserId id, Instant now) {
        db.sql("""
                UPDATE app_user SET password_hash = NULL, updated_at = :now WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** The user goes, and all that is the user's. @return whether there was one */
    public boolean delete(TenantId tenant, UserId id) {
        return db.sql("DELETE FROM app_user WHERE tenant_id = :tenant AND id = :id")
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .update()
                == 1;
    }

    /** All users of a connection go. */
    public void deleteAll(TenantId tenant, String connection) {
        db.sql("DELETE FROM app_user WHERE tenant_id = :tenant AND connection = :connection")
                .param("tenant", tenant.value())
                .param("connection", connection)
                .update();
    }
}
