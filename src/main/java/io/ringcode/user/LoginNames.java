package io.ringcode.user;

import io.ringcode.tenant.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which login name is whose. Within a connection a name is one user's, be it as address or as user name: a primary key says
 * so, so that no two requests at once have it otherwise. Every method runs in its caller's transaction.
 */
@Component
class LoginNames {
    record Claim(UserId user, LoginName name) {}

    private final JdbcClient db;

    LoginNames(JdbcClient db) {
        this.db = db;
    }

    /** @return those that were nobody's, and are their claimants' now; of a name that is claimed twice the first */
    Set<Claim> claim(TenantId tenant, String connection, Collection<Claim> claims) {
        if (claims.isEmpty()) return Set.of();
        return new HashSet<>(db.sql("""
                INSERT INTO login_name (tenant_id, connection, name, user_id)
                SELECT :tenant, :connection, name, user_id
                  FROM unnest(:names, :users) WITH ORDINALITY AS given (name, user_id, place) ORDER BY name, place
                ON CONFLICT DO NOTHING
                RETURNING user_id, name
                """)
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("names", claims.stream().map(one -> one.name().form()).toArray(String[]::new))
                .param("users", claims.stream().map(one -> one.user().value()).toArray(String[]::new))
                .query((row, _) ->
                        new Claim(new UserId(row.getString("user_id")), new LoginName(row.getString("name"))))
                .list());
    }

    /** @return of those who have one of {@code wanted} in the connection, by name */
    Map<LoginName, UserId> owners(TenantId tenant, String connection, Set<LoginName> wanted) {
        if (wanted.isEmpty()) return Map.of();
        var owners = new HashMap<LoginName, UserId>();
        db.sql("""
                SELECT name, user_id FROM login_name
                 WHERE tenant_id = :tenant AND connection = :connection AND name = ANY(:names)
                """)
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("names", wanted.stream().map(LoginName::form).toArray(String[]::new))
                .query(row -> {
                    owners.put(new LoginName(row.getString("name")), new UserId(row.getString("user_id")));
                });
        return owners;
    }

    void release(TenantId tenant, String connection, Collection<Claim> claims) {
        if (claims.isEmpty()) return;
        db.sql("""
                DELETE FROM login_name USING unnest(:names, :users) AS given (name, user_id)
                 WHERE tenant_id = :tenant AND connection = :connection
                   AND login_name.name = given.name AND login_name.user_id = given.user_id
                """)
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("names", claims.stream().map(one -> one.name().form()).toArray(String[]::new))
                .param("users", claims.stream().map(one -> one.user().value()).toArray(String[]::new))
                .update();
    }

    /**
     * The names of a user who is there change.
     *
     * @return whether all that are new to the user could be had; if not, nothing has changed
     */
    boolean change(TenantId tenant, String connection, UserId user, Set<LoginName> before, Set<LoginName> after) {
        var wanted = claims(user, after).stream()
                .filter(one -> !before.contains(one.name()))
                .toList();
        var own = wanted.isEmpty() ? Set.<LoginName>of() : of(tenant, connection, user);
        var fresh = wanted.stream().filter(one -> !own.contains(one.name())).toList();
        var claimed = claim(tenant, connection, fresh);
        if (claimed.size() < fresh.size()) {
            release(tenant, connection, claimed);
            return false;
        }
        release(
                tenant,
                connection,
                claims(user, before).stream()
                        .filter(one -> !after.contains(one.name()))
                        .toList());
        return true;
    }

    static List<Claim> claims(UserId user, Set<LoginName> names) {
        return names.stream().map(name -> new Claim(user, name)).toList();
    }

    private Set<LoginName> of(TenantId tenant, String connection, UserId user) {
        return db
                .sql(
                        "SELECT name FROM login_name WHERE tenant_id = :tenant AND connection = :connection AND user_id = :user")
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("user", user.value())
                .query((row, _) -> new LoginName(row.getString("name")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
