package io.ringcode.user;

import io.ringcode.tenant.TenantId;
import io.ringcode.user.ImportPlan.Access;
import io.ringcode.user.ImportPlan.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes many users at once: looks up whom they may be, decides, and writes, each in a few statements. */
@Component
public class UserImports {
    /** Tables that grow, and their columns by which rows are looked up. */
    public static final Map<String, String> GROWING =
            Map.of("app_user", "tenant_id, id, connection, named", "login_name", "tenant_id, name, user_id");

    private final JdbcClient db;
    private final UserRows rows;
    private final UserTable table;
    private final Users users;
    private final LoginNames names;
    private final ApplicationEventPublisher events;

    UserImports(
            JdbcClient db,
            UserRows rows,
            UserTable table,
            Users users,
            LoginNames names,
            ApplicationEventPublisher events) {
        this.db = db;
        this.rows = rows;
        this.table = table;
        this.users = users;
        this.names = names;
        this.events = events;
    }

    /**
     * Inserts those who are not there, by id, and within the connection by e-mail address and user name. One who is there is
     * changed by what is given, or refused; the password stays. Runs in its caller's transaction.
     *
     * @return what has become of each
     * @throws NotTogether when the transaction must be rolled back, to try fewer, or the one again
     */
    public List<Imported> write(
            TenantId tenant, String connection, List<ImportedUser> batch, IfPresent ifPresent, Instant now) {
        var others = unnamed(tenant, connection, batch);
        // These are compared by the database, which does not know what became of the batch's users before.
        if (!others.isEmpty() && batch.size() > 1) throw new NotTogether();
        var wanted = new HashSet<LoginName>();
        for (var user : batch) wanted.addAll(user.names());
        var owners = names.owners(tenant, connection, wanted);
        var plan = switch (ifPresent) {
            case IfPresent.Refuse _ -> new ImportPlan(present(tenant, batch), owners, Access.UNTOUCHABLE, users::newId);
            case IfPresent.Change change -> {
                var known = held(tenant, connection, batch, owners.values(), others.values(), change);
                // Whoever was renamed before being held here.
                if (!known.isEmpty()
                        && !names.owners(tenant, connection, wanted).equals(owners)) throw new NotTogether();
                yield new ImportPlan(known, owners, Access.CHANGEABLE, users::newId);
            }
        };
        var outcomes = new ArrayList<Imported>();
        for (var user : batch) outcomes.add(plan.next(user, others.getOrDefault(outcomes.size(), Set.of())));
        names.release(tenant, connection, plan.releases());
        if (names.claim(tenant, connection, plan.claims()).size()
                < plan.claims().size()) throw new NotTogether();
        table.update(tenant, plan.updates(), now);
        var inserts = plan.inserts();
        if (table.insert(tenant, connection, inserts, plan.hashes(), now).size() < inserts.size())
            throw new NotTogether();
        for (var user : plan.blocked()) events.publishEvent(new UserBlocked(tenant, user));
        return outcomes;
    }

    /**
     * Users who were stored before names had a form, until {@link MissingLoginNames} has come to them.
     *
     * @return by places in the batch
     */
    private Map<Integer, Set<UserId>> unnamed(TenantId tenant, String connection, List<ImportedUser> batch) {
        var found = new HashMap<Integer, Set<UserId>>();
        db.sql("""
                WITH given AS (
                    SELECT lower(email) AS email, lower(username) AS username, place - 1 AS place
                      FROM unnest(:emails, :usernames) WITH ORDINALITY AS given (email, username, place)
                )
                SELECT place, id FROM given JOIN app_user ON lower(app_user.email) = given.email
                 WHERE tenant_id = :tenant AND connection = :connection AND NOT named
                 UNION
                SELECT place, id FROM given JOIN app_user ON lower(app_user.username) = given.username
                 WHERE tenant_id = :tenant AND connection = :connection AND NOT named
                """)
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("emails", batch.stream().map(user -> user.data().email()).toArray(String[]::new))
                .param(
                        "usernames",
                        batch.stream().map(user -> user.data().username()).toArray(String[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getInt("place"), _ -> new HashSet<>())
                            .add(new UserId(row.getString("id")));
                });
        return found;
    }

    private Map<UserId, Known> present(TenantId tenant, List<ImportedUser> batch) {
        var known = new HashMap<UserId, Known>();
        db.sql("SELECT id FROM app_user WHERE tenant_id = :tenant AND id = ANY(:ids)")
                .param("tenant", tenant.value())
                .param("ids", texts(ids(batch)))
                .query(row -> {
                    known.put(new UserId(row.getString("id")), new Known(AdminUserData.NONE, Access.UNTOUCHABLE));
                });
        return known;
    }

    /** Those who may be changed, held until the end of the transaction. */
    private Map<UserId, Known> held(
            TenantId tenant,
            String connection,
            List<ImportedUser> batch,
            Collection<UserId> owners,
            Collection<Set<UserId>> others,
            IfPresent.Change change) {
        var ids = ids(batch);
        ids.addAll(owners);
        others.forEach(ids::addAll);
        if (ids.isEmpty()) return Map.of();
        var profiles = db.sql("SELECT " + UserRows.ALL_COLUMNS + """
                 FROM app_user WHERE tenant_id = :tenant AND id = ANY(:ids) ORDER BY id FOR UPDATE
                """)
                .param("tenant", tenant.value())
                .param("ids", texts(ids))
                .query((row, _) -> rows.profile(tenant, row))
                .list();
        var found = new HashSet<UserId>();
        for (var profile : profiles) found.add(profile.id());
        var untouchable = found.isEmpty() ? found : change.untouchable().apply(found);
        var known = new HashMap<UserId, Known>();
        for (var profile : profiles) {
            var changeable = profile.user().connection().equals(connection) && !untouchable.contains(profile.id());
            known.put(
                    profile.id(),
                    new Known(AdminUserData.of(profile), changeable ? Access.CHANGEABLE : Access.UNTOUCHABLE));
        }
        return known;
    }

    private static Set<UserId> ids(List<ImportedUser> batch) {
        var ids = new HashSet<UserId>();
        for (var user : batch) if (user.key() != null) ids.add(Objects.requireNonNull(user.id()));
        return ids;
    }

    private static String[] texts(Set<UserId> ids) {
        return ids.stream().map(UserId::value).toArray(String[]::new);
    }
}
