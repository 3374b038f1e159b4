package io.ringcode.client;

import static java.time.ZoneOffset.UTC;

import io.ringcode.database.AfterCommit;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.Recent;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** The connections of a tenant. What a sign-in asks is at most half a second old, on every node. */
@Component
public class Connections {
    /** The connection that every tenant begins with, and that users live in where nothing else is said. */
    public static final String DEFAULT = "Username-Password-Authentication";

    private static final String COLUMNS = """
            SELECT id, name, strategy, options, properties, enabled_clients, created_at FROM connection
            """;

    private record Key(TenantId tenant, String name) {}

    private final JdbcClient db;
    private final ObjectMapper json;
    private final RandomText random;
    private final Recent<Key, Optional<Connection>> byName;

    Connections(JdbcClient db, ObjectMapper json, RandomText random) {
        this.db = db;
        this.json = json;
        this.random = random;
        this.byName = new Recent<>(this::load);
    }

    /** @return whether users of this connection may sign in through this client */
    public boolean offers(TenantId tenant, String name, ClientId client) {
        return byName.get(new Key(tenant, name))
                .filter(known -> known.strategy().equals(Connection.DATABASE))
                .filter(known -> isEnabled(known, client))
                .isPresent();
    }

    /** Administrators come to the console from wherever they are; the page of one's own methods is for who can sign in somewhere. */
    private static boolean isEnabled(Connection connection, ClientId client) {
        if (client.equals(Clients.CONSOLE)) return true;
        var enabled = connection.enabledClients();
        return client.equals(Clients.ACCOUNT) ? !enabled.isEmpty() : enabled.contains(client.value());
    }

    /** @return whether new users of this connection may sign themselves up through this client */
    public boolean offersSignUp(TenantId tenant, String name, ClientId client) {
        return named(tenant, name)
                .filter(known -> known.strategy().equals(Connection.DATABASE))
                .filter(known -> known.enabledClients().contains(client.value()))
                .filter(known -> {
                    var off = known.options().get("disable_signup");
                    return off == null || !off.asBoolean(false);
                })
                .isPresent();
    }

    /**
     * In the order of their ids.
     *
     * @param after the id to go on from; null for the beginning
     * @param strategy null for every one
     * @param name null for every one
     */
    public List<Connection> list(
            TenantId tenant,
            @Nullable String after,
            @Nullable String strategy,
            @Nullable String name,
            int start,
            int size) {
        return db.sql(COLUMNS + """
                 WHERE tenant_id = :tenant AND id > coalesce(:after, '')
                   AND strategy = coalesce(:strategy, strategy) AND name = coalesce(:name, name)
                 ORDER BY id OFFSET :start LIMIT :size
                """)
                .param("tenant", tenant.value())
                .param("after", after)
                .param("strategy", strategy)
                .param("name", name)
                .param("start", start)
                .param("size", size)
                .query((row, _) -> read(row))
                .list();
    }

    public long count(TenantId tenant, @Nullable String strategy, @Nullable String name) {
        return db.sql("""
                SELECT count(*) FROM connection
                 WHERE tenant_id = :tenant AND strategy = coalesce(:strategy, strategy) AND name = coalesce(:name, name)
                """)
                .param("tenant", tenant.value())
                .param("strategy", strategy)
                .param("name", name)
                .query(Long.class)
                .single();
    }

    public Optional<Connection> find(TenantId tenant, String id) {
        return db.sql(COLUMNS + " WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    public Optional<Connection> named(TenantId tenant, String name) {
        return load(new Key(tenant, name));
    }

    /** The connection that every tenant begins with. */
    public void ensureDefault(TenantId tenant, Instant now) {
        create(
                tenant,
                new Connection(
                        "con_" + random.mixed(16), DEFAULT, Connection.DATABASE, Map.of(), Map.of(), List.of(), now));
    }

    /** @return whether the name was free */
    public boolean create(TenantId tenant, Connection connection) {
        forget(tenant, connection);
        return db.sql("""
                INSERT INTO connection (tenant_id, id, name, strategy, options, properties, enabled_clients, created_at)
                VALUES (:tenant, :id, :name, :strategy, :options::jsonb, :properties::jsonb, :clients, :now)
                ON CONFLICT DO NOTHING
                """)
                        .param("tenant", tenant.value())
                        .param("id", connection.id())
                        .param("name", connection.name())
                        .param("strategy", connection.strategy())
                        .param("options", json.writeValueAsString(connection.options()))
                        .param("properties", json.writeValueAsString(connection.properties()))
                        .param("clients", connection.enabledClients().toArray(String[]::new))
                        .param("now", connection.createdAt().atOffset(UTC))
                        .update()
                == 1;
    }

    /** Changes a connection by what is stored now. Its name and strategy stay. */
    public Optional<Connection> update(TenantId tenant, String id, UnaryOperator<Connection> change) {
        var stored = db.sql(COLUMNS + " WHERE tenant_id = :tenant AND id = :id FOR UPDATE")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
        var changed = stored.map(change);
        changed.ifPresent(connection -> {
            db.sql("""
                    UPDATE connection SET options = :options::jsonb, properties = :properties::jsonb, enabled_clients = :clients
                     WHERE tenant_id = :tenant AND id = :id
                    """)
                    .param("tenant", tenant.value())
                    .param("id", id)
                    .param("options", json.writeValueAsString(connection.options()))
                    .param("properties", json.writeValueAsString(connection.properties()))
                    .param("clients", connection.enabledClients().toArray(String[]::new))
                    .update();
            forget(tenant, connection);
        });
        return changed;
    }

    /** @return whether there was one. Its users are the caller's to delete. */
    public boolean delete(TenantId tenant, Connection connection) {
        forget(tenant, connection);
        return db.sql("DELETE FROM connection WHERE tenant_id = :tenant AND id = :id")
                        .param("tenant", tenant.value())
                        .param("id", connection.id())
                        .update()
                == 1;
    }

    private void forget(TenantId tenant, Connection connection) {
        AfterCommit.forget(() -> byName.forget(new Key(tenant, connection.name())));
    }

    /** A client came or went, and with it its place among the enabled ones of every connection. */
    void changed(TenantId tenant) {
        AfterCommit.forget(() -> byName.forgetAll(key -> key.tenant().equals(tenant)));
    }

    private Optional<Connection> load(Key key) {
        return db.sql(COLUMNS + " WHERE tenant_id = :tenant AND name = :name")
                .param("tenant", key.tenant().value())
                .param("name", key.name())
                .query((row, _) -> read(row))
                .optional();
    }

    private Connection read(ResultSet row) throws SQLException {
        return new Connection(
                row.getString("id"),
                row.getString("name"),
                row.getString("strategy"),
                Registrations.members(json, row.getString("options")),
                Registrations.members(json, row.getString("properties")),
                Clients.texts(row, "enabled_clients"),
                Registrations.instant(row, "created_at"));
    }
}
