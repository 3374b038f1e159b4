package io.ringcode.client;

import static java.time.ZoneOffset.UTC;

import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** The APIs that a tenant's administrators have registered; {@link Apis} is what tokens are made by. */
@Component
public class ResourceServers {
    private static final String COLUMNS = """
            SELECT id, identifier, name, scopes, scope_descriptions, token_lifetime, properties FROM resource_server
            """;

    private final JdbcClient db;
    private final ObjectMapper json;
    private final Apis apis;

    ResourceServers(JdbcClient db, ObjectMapper json, Apis apis) {
        this.db = db;
        this.json = json;
        this.apis = apis;
    }

    /** In the order of their identifiers. */
    public List<ResourceServer> list(TenantId tenant) {
        return db.sql(COLUMNS + " WHERE tenant_id = :tenant ORDER BY identifier")
                .param("tenant", tenant.value())
                .query((row, _) -> read(row))
                .list();
    }

    /** @param key an id or an identifier */
    public Optional<ResourceServer> find(TenantId tenant, String key) {
        return db.sql(COLUMNS + " WHERE tenant_id = :tenant AND (id = :key OR identifier = :key)")
                .param("tenant", tenant.value())
                .param("key", key)
                .query((row, _) -> read(row))
                .optional();
    }

    /** @return whether the identifier was free */
    public boolean create(TenantId tenant, ResourceServer api, Instant now) {
        var made = db.sql("""
                INSERT INTO resource_server (tenant_id, id, identifier, name, created_at)
                VALUES (:tenant, :id, :identifier, :name, :now) ON CONFLICT DO NOTHING
                """)
                .param("tenant", tenant.value())
                .param("id", api.id())
                .param("identifier", api.identifier())
                .param("name", api.name())
                .param("now", now.atOffset(UTC))
                .update();
        if (made == 1) write(tenant, api);
        return made == 1;
    }

    /** Changes an API by what is stored now. Its identifier stays. */
    public Optional<ResourceServer> update(TenantId tenant, String key, UnaryOperator<ResourceServer> change) {
        var stored = db.sql(COLUMNS + " WHERE tenant_id = :tenant AND (id = :key OR identifier = :key) FOR UPDATE")
                .param("tenant", tenant.value())
                .param("key", key)
                .query((row, _) -> read(row))
                .optional();
        var changed = stored.map(change);
        changed.ifPresent(api -> write(tenant, api));
        return changed;
    }

    /** The API goes, and every grant for it. */
    public boolean delete(TenantId tenant, ResourceServer api) {
        db.sql("DELETE FROM client_grant WHERE tenant_id = :tenant AND audience = :audience")
                .param("tenant", tenant.value())
                .param("audience", api.identifier())
                .update();
        apis.forget(tenant, api.identifier());
        return db.sql("DELETE FROM resource_server WHERE tenant_id = :tenant AND id = :id")
                        .param("tenant", tenant.value())
                        .param("id", api.id())
                        .update()
                == 1;
    }

    private void write(TenantId tenant, ResourceServer api) {
        db.sql("""
                UPDATE resource_server SET name = :name, scopes = :scopes, scope_descriptions = :descriptions,
                       token_lifetime = :lifetime, properties = :properties::jsonb
                 WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", api.id())
                .param("name", api.name())
                .param(
                        "scopes",
                        api.scopes().stream().map(ResourceServer.Scope::value).toArray(String[]::new))
                .param(
                        "descriptions",
                        api.scopes().stream()
                                .map(ResourceServer.Scope::description)
                                .toArray(String[]::new))
                .param("lifetime", api.tokenLifetime())
                .param("properties", json.writeValueAsString(api.properties()))
                .update();
        apis.forget(tenant, api.identifier());
    }

    private ResourceServer read(ResultSet row) throws SQLException {
        var values = Clients.texts(row, "scopes");
        var descriptions = Clients.texts(row, "scope_descriptions");
        var scopes = new ArrayList<ResourceServer.Scope>();
        for (int i = 0; i < values.size(); i++)
            scopes.add(new ResourceServer.Scope(values.get(i), i < descriptions.size() ? descriptions.get(i) : ""));
        return new ResourceServer(
                row.getString("id"),
                row.getString("identifier"),
                row.getString("name"),
                List.copyOf(scopes),
                row.getInt("token_lifetime"),
                Registrations.members(json, row.getString("properties")));
    }
}
