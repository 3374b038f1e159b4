package io.ringcode.client;

import static java.time.ZoneOffset.UTC;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The applications of a tenant. Reads are at most half a second old, on every node. */
@Component
public class Clients {
    private record Key(TenantId tenant, ClientId id) {}

    private record Known(Client client, @Nullable String secretHash) {}

    private final JdbcClient db;
    private final KeyedHash hash;
    private final LoadingCache<Key, Optional<Known>> clients;
    private final LoadingCache<TenantId, Set<String>> origins;

    public Clients(JdbcClient db, Keyring keys) {
        this.db = db;
        this.hash = keys.hash("client-secret");
        var fresh = Duration.ofMillis(500);
        this.clients = Caffeine.newBuilder()
                .expireAfterWrite(fresh)
                .maximumSize(10_000)
                .build(this::load);
        this.origins = Caffeine.newBuilder()
                .expireAfterWrite(fresh)
                .maximumSize(10_000)
                .build(this::loadOrigins);
    }

    public Optional<Client> find(TenantId tenant, ClientId id) {
        return clients.get(new Key(tenant, id)).map(Known::client);
    }

    /**
     * The client, if it proves itself: by its secret when it has one, by none when it is public. A secret is random and
     * long, so a keyed hash protects it; the comparison takes the same time whatever is wrong.
     */
    public Optional<Client> authenticate(TenantId tenant, ClientId id, @Nullable String secret) {
        var known = clients.get(new Key(tenant, id));
        var given = hashed(tenant, id, secret == null ? "" : secret);
        var right = known.map(Known::secretHash).orElse(null);
        if (known.isPresent() && right == null) return secret == null ? known.map(Known::client) : Optional.empty();
        var same = MessageDigest.isEqual(
                Base64.getDecoder().decode(given),
                Base64.getDecoder().decode(right == null ? hashed(tenant, id, "unknown client") : right));
        return same ? known.map(Known::client) : Optional.empty();
    }

    /** @return whether a page of this origin may call the tenant's endpoints */
    public boolean allowsOrigin(TenantId tenant, String origin) {
        return origins.get(tenant).contains(origin);
    }

    /** @param secret null makes a public client */
    public void create(Client client, @Nullable String secret, Instant now) {
        db.sql("""
                INSERT INTO client (tenant_id, id, name, secret_hash, grant_types, web_origins, created_at)
                VALUES (:tenant, :id, :name, decode(:hash, 'base64'), :grants, :origins, :now)
                """)
                .param("tenant", client.tenant().value())
                .param("id", client.id().value())
                .param("name", client.name())
                .param("hash", secret == null ? null : hashed(client.tenant(), client.id(), secret))
                .param("grants", client.grantTypes().toArray(String[]::new))
                .param("origins", client.webOrigins().toArray(String[]::new))
                .param("now", now.atOffset(UTC))
                .update();
        clients.invalidate(new Key(client.tenant(), client.id()));
    }

    private String hashed(TenantId tenant, ClientId id, String secret) {
        return Base64.getEncoder().encodeToString(hash.of(tenant.value(), id.value(), secret));
    }

    private Optional<Known> load(Key key) {
        return db.sql("""
                SELECT name, translate(encode(secret_hash, 'base64'), E'\\n', '') AS secret_hash, grant_types, web_origins
                  FROM client WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", key.tenant().value())
                .param("id", key.id().value())
                .query((row, _) -> {
                    var secretHash = row.getString("secret_hash");
                    return new Known(
                            new Client(
                                    key.tenant(),
                                    key.id(),
                                    row.getString("name"),
                                    secretHash != null,
                                    Set.copyOf(texts(row, "grant_types")),
                                    texts(row, "web_origins")),
                            secretHash);
                })
                .optional();
    }

    private Set<String> loadOrigins(TenantId tenant) {
        return Set.copyOf(db.sql("SELECT DISTINCT unnest(web_origins) FROM client WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(String.class)
                .list());
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
