package io.ringcode.tenant;

import static java.time.ZoneOffset.UTC;

import io.ringcode.database.AfterCommit;
import io.ringcode.database.BackgroundWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The tenants of this installation and what is set for each. Reads are at most half a second old, on every node. */
@Component
public class Tenants {

    private final JdbcClient db;
    private final ObjectMapper json;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final Recent<TenantId, TenantSettings> settings;
    private final Recent<String, TenantId> hosts;
    private final Recent<TenantId, Optional<String>> domains;

    public Tenants(JdbcClient db, ObjectMapper json, Clock clock, PlatformTransactionManager transactions) {
        this.db = db;
        this.json = json;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.settings = new Recent<>(this::load);
        this.hosts = new Recent<>(this::findByHost);
        this.domains = new Recent<>(this::loadDomain);
    }

    /** @param host as the request named it, without port */
    public TenantId ofHost(String host) {
        return hosts.get(host);
    }

    /** The tenant's own host name; empty for one that answers where no other fits. */
    public Optional<String> domain(TenantId tenant) {
        return domains.get(tenant);
    }

    public TenantSettings settings(TenantId tenant) {
        return settings.get(tenant);
    }

    /** Sets one resource as a whole. */
    public void set(TenantId tenant, String name, Object value, Instant now) {
        db.sql("""
                INSERT INTO tenant_setting (tenant_id, name, value, updated_at)
                VALUES (:tenant, :name, :value::jsonb, :now)
                ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
                """)
                .param("tenant", tenant.value())
                .param("name", name)
                .param("value", json.writeValueAsString(value))
                .param("now", now.atOffset(UTC))
                .update();
        AfterCommit.forget(() -> settings.forget(tenant));
    }

    /** Changes one resource by what is stored now; two changes at once happen one after the other. */
    public <T> void update(TenantId tenant, String name, Class<T> type, T unset, UnaryOperator<T> change) {
        transactions.executeWithoutResult(_ -> {
            db.sql("SELECT 1 FROM tenant WHERE id = :tenant FOR UPDATE")
                    .param("tenant", tenant.value())
                    .query()
                    .singleRow();
            set(tenant, name, change.apply(load(tenant).get(name, type, unset)), clock.instant());
        });
    }

    /** @return false when the tenant was there already */
    public boolean create(TenantId tenant, Instant now) {
        return db.sql("INSERT INTO tenant (id, created_at) VALUES (:id, :now) ON CONFLICT DO NOTHING")
                        .param("id", tenant.value())
                        .param("now", now.atOffset(UTC))
                        .update()
                == 1;
    }

    /**
     * A further tenant, which answers at a host name of its own. What a deleted tenant of this name left behind, because it
     * was written while it was deleted, goes first.
     *
     * @return false when its id or its host name is taken
     */
    public boolean create(TenantId tenant, String domain, Instant now) {
        var taken = db.sql("SELECT count(*) FROM tenant WHERE id = :id OR domain = :domain")
                .param("id", tenant.value())
                .param("domain", domain)
                .query(Integer.class)
                .single();
        if (taken > 0) return false;
        purge(tenant);
        var made = db.sql(
                        "INSERT INTO tenant (id, domain, created_at) VALUES (:id, :domain, :now) ON CONFLICT DO NOTHING")
                .param("id", tenant.value())
                .param("domain", domain)
                .param("now", now.atOffset(UTC))
                .update();
        AfterCommit.forget(() -> {
            hosts.forget(domain);
            domains.forget(tenant);
        });
        return made == 1;
    }

    /** A tenant as its operator sees it. */
    public record Known(TenantId id, @Nullable String domain, Instant createdAt) {}

    /** By id. */
    public List<Known> list(int start, int size) {
        return db.sql("SELECT id, domain, created_at FROM tenant ORDER BY id OFFSET :start LIMIT :size")
                .param("start", start)
                .param("size", size)
                .query((row, _) -> known(row))
                .list();
    }

    /** All of them, for work that is done for one after the other. */
    public List<TenantId> ids() {
        return db.sql("SELECT id FROM tenant ORDER BY id")
                .query((row, _) -> new TenantId(row.getString("id")))
                .list();
    }

    public long count() {
        return db.sql("SELECT count(*) FROM tenant").query(Long.class).single();
    }

    public Optional<Known> find(TenantId tenant) {
        return db.sql("SELECT id, domain, created_at FROM tenant WHERE id = :id")
                .param("id", tenant.value())
                .query((row, _) -> known(row))
                .optional();
    }

    /** The tenant goes, and everything that is its own, in whichever table. @return whether there was one */
    public boolean delete(TenantId tenant) {
        // A large one has more rows than a request's statement may take time for.
        return BackgroundWork.call(() -> deleteAll(tenant));
    }

    private boolean deleteAll(TenantId tenant) {
        var gone = db.sql("DELETE FROM tenant WHERE id = :tenant")
                        .param("tenant", tenant.value())
                        .update()
                == 1;
        if (gone) purge(tenant);
        AfterCommit.forget(() -> {
            hosts.forgetAll(_ -> true);
            domains.forget(tenant);
            settings.forget(tenant);
        });
        return gone;
    }

    /** The catalog knows every table, also those that do not refer to the tenant's row. */
    private void purge(TenantId tenant) {
        var tables = db.sql("""
                SELECT quote_ident(table_name) FROM information_schema.columns
                  JOIN information_schema.tables USING (table_schema, table_name)
                 WHERE table_schema = current_schema() AND column_name = 'tenant_id' AND table_type = 'BASE TABLE'
                """).query(String.class).list();
        for (var table : tables)
            db.sql("DELETE FROM " + table + " WHERE tenant_id = :tenant")
                    .param("tenant", tenant.value())
                    .update();
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                new TenantId(row.getString("id")),
                row.getString("domain"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private TenantId findByHost(String host) {
        return db.sql("SELECT id FROM tenant WHERE domain = :host")
                .param("host", host)
                .query((row, _) -> new TenantId(row.getString("id")))
                .optional()
                .orElse(TenantId.DEFAULT);
    }

    private Optional<String> loadDomain(TenantId tenant) {
        return db.sql("SELECT domain FROM tenant WHERE id = :tenant AND domain IS NOT NULL")
                .param("tenant", tenant.value())
                .query(String.class)
                .optional();
    }

    private TenantSettings load(TenantId tenant) {
        var stored = new HashMap<String, JsonNode>();
        db.sql("SELECT name, value FROM tenant_setting WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(row -> {
                    stored.put(row.getString("name"), json.readTree(row.getString("value")));
                });
        return new TenantSettings(tenant, stored, json);
    }
}
