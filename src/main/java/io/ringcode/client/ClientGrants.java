package io.ringcode.client;

import static java.time.ZoneOffset.UTC;

import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** The grants of a tenant's clients, for its administrators. */
@Component
public class ClientGrants {
    private static final String WANTED = """
             WHERE tenant_id = :tenant AND client_id = coalesce(:client, client_id) AND audience = coalesce(:audience, audience)
            """;

    private final JdbcClient db;
    private final ObjectMapper json;
    private final Apis apis;

    ClientGrants(JdbcClient db, ObjectMapper json, Apis apis) {
        this.db = db;
        this.json = json;
        this.apis = apis;
    }

    /** Which grants: those of one client, for one audience, or all. */
    public record Filter(@Nullable String client, @Nullable String audience) {}

    /**
     * In the order of their ids.
     *
     * @param after the id to go on from; null for the beginning
     */
    public List<ClientGrant> list(TenantId tenant, Filter filter, @Nullable String after, int start, int size) {
        return db.sql("SELECT id, client_id, audience, scopes, properties FROM client_grant" + WANTED
                        + " AND id > coalesce(:after, '') ORDER BY id OFFSET :start LIMIT :size")
                .param("tenant", tenant.value())
                .param("client", filter.client())
                .param("audience", filter.audience())
                .param("after", after)
                .param("start", start)
                .param("size", size)
                .query((row, _) -> read(row))
                .list();
    }

    public long count(TenantId tenant, Filter filter) {
        return db.sql("SELECT count(*) FROM client_grant" + WANTED)
                .param("tenant", tenant.value())
                .param("client", filter.client())
                .param("audience", filter.audience())
                .query(Long.class)
                .single();
    }

    public Optional<ClientGrant> find(TenantId tenant, String id) {
        return db.sql("""
                SELECT id, client_id, audience, scopes, properties FROM client_grant WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** @return whether the client had none for this audience */
    public boolean create(TenantId tenant, ClientGrant grant, Instant now) {
        apis.forget(tenant, grant.client(), grant.audience());
        return db.sql("""
                INSERT INTO client_grant (tenant_id, id, client_id, audience, scopes, properties, created_at)
                VALUES (:tenant, :id, :client, :audience, :scopes, :properties::jsonb, :now) ON CONFLICT DO NOTHING
                """)
                        .param("tenant", tenant.value())
                        .param("id", grant.id())
                        .param("client", grant.client().value())
                        .param("audience", grant.audience())
                        .param("scopes", grant.scopes().toArray(String[]::new))
                        .param("properties", json.writeValueAsString(grant.properties()))
                        .param("now", now.atOffset(UTC))
                        .update()
                == 1;
    }

    public void update(TenantId tenant, ClientGrant grant) {
        db.sql("""
                UPDATE client_grant SET scopes = :scopes, properties = :properties::jsonb
                 WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", grant.id())
                .param("scopes", grant.scopes().toArray(String[]::new))
                .param("properties", json.writeValueAsString(grant.properties()))
                .update();
        apis.forget(tenant, grant.client(), grant.audience());
    }

    public void delete(TenantId tenant, ClientGrant grant) {
        db.sql("DELETE FROM client_grant WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant.value())
                .param("id", grant.id())
                .update();
        apis.forget(tenant, grant.client(), grant.audience());
    }

    private ClientGrant read(ResultSet row) throws SQLException {
        return new ClientGrant(
                row.getString("id"),
                new ClientId(row.getString("client_id")),
                row.getString("audience"),
                Clients.texts(row, "scopes"),
                Registrations.members(json, row.getString("properties")));
    }
}
