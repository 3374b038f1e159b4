package io.ringcode.client;

import static java.time.ZoneOffset.UTC;

import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The clients of a tenant, for its administrators; {@link Clients} is what sign-ins use. */
@Component
public class Registrations {
    private static final String COLUMNS = """
            SELECT id, name, auth_method, grant_types, callbacks, web_origins, properties, created_at, updated_at
              FROM client
            """;

    private final JdbcClient db;
    private final ObjectMapper json;
    private final Clients clients;
    private final Connections connections;

    Registrations(JdbcClient db, ObjectMapper json, Clients clients, Connections connections) {
        this.db = db;
        this.json = json;
        this.clients = clients;
        this.connections = connections;
    }

    /** In the order of their names. */
    public List<Registration> list(TenantId tenant, int start, int size) {
        return db.sql(COLUMNS + " WHERE tenant_id = :tenant ORDER BY name, id OFFSET :start LIMIT :size")
                .param("tenant", tenant.value())
                .param("start", start)
                .param("size", size)
                .query((row, _) -> read(row))
                .list();
    }

    public long count(TenantId tenant) {
        return db.sql("SELECT count(*) FROM client WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(Long.class)
                .single();
    }

    public Optional<Registration> find(TenantId tenant, ClientId id) {
        return db.sql(COLUMNS + " WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> read(row))
                .optional();
    }

    /**
     * Registers a client, for sign-ins from every connection that there is.
     *
     * @param secret null for one that has none
     */
    public void create(TenantId tenant, Registration client, @Nullable String secret) {
        var grants = java.util.Set.copyOf(client.grantTypes());
        clients.create(
                new Client(
                        tenant,
                        client.id(),
                        client.name(),
                        client.authMethod() != AuthMethod.NONE,
                        grants,
                        client.webOrigins()),
                secret,
                client.createdAt());
        write(tenant, client);
    }

    /**
     * Changes a client by what is stored now; two changes at once happen one after the other.
     *
     * @return empty when there is no such client
     */
    public Optional<Registration> update(TenantId tenant, ClientId id, UnaryOperator<Registration> change) {
        var stored = db.sql(COLUMNS + " WHERE tenant_id = :tenant AND id = :id FOR UPDATE")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> read(row))
                .optional();
        var changed = stored.map(change);
        changed.ifPresent(client -> write(tenant, client));
        return changed;
    }

    /** @return whether there was one */
    public boolean delete(TenantId tenant, ClientId id) {
        db.sql("""
                UPDATE connection SET enabled_clients = array_remove(enabled_clients, :id)
                 WHERE tenant_id = :tenant AND :id = ANY (enabled_clients)
                """).param("tenant", tenant.value()).param("id", id.value()).update();
        var gone = db.sql("DELETE FROM client WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .update();
        clients.forget(tenant, id);
        connections.changed(tenant);
        return gone == 1;
    }

    private void write(TenantId tenant, Registration client) {
        db.sql("""
                UPDATE client SET name = :name, auth_method = :method, grant_types = :grants, callbacks = :callbacks,
                       web_origins = :origins, properties = :properties::jsonb, updated_at = :now
                 WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", client.id().value())
                .param("name", client.name())
                .param("method", client.authMethod().wire())
                .param("grants", client.grantTypes().toArray(String[]::new))
                .param("callbacks", client.callbacks().toArray(String[]::new))
                .param("origins", client.webOrigins().toArray(String[]::new))
                .param("properties", json.writeValueAsString(client.properties()))
                .param("now", client.updatedAt().atOffset(UTC))
                .update();
        clients.forget(tenant, client.id());
    }

    private Registration read(ResultSet row) throws SQLException {
        return new Registration(
                new ClientId(row.getString("id")),
                row.getString("name"),
                AuthMethod.of(row.getString("auth_method")).orElseThrow(),
                Clients.texts(row, "grant_types"),
                Clients.texts(row, "callbacks"),
                Clients.texts(row, "web_origins"),
                members(json, row.getString("properties")),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    static Map<String, JsonNode> members(ObjectMapper json, String text) {
        var members = new LinkedHashMap<String, JsonNode>();
        json.readTree(text).properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
