package io.ringcode.client;

import static java.time.ZoneOffset.UTC;

import io.ringcode.database.AfterCommit;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.Recent;
import io.ringcode.tenant.TenantId;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    private record Known(
            Client client,
            AuthMethod method,
            @Nullable String secretHash,
            @Nullable Previous previous) {}

    /** The secret before the last rotation, while both are accepted. */
    private record Previous(String hash, Instant until) {}

    private final JdbcClient db;
    private final Clock clock;
    private final KeyedHash hash;
    private final Connections connections;
    private final Recent<Key, Optional<Known>> clients;
    private final Recent<TenantId, Set<String>> origins;

    Clients(JdbcClient db, Keyring keys, Clock clock, Connections connections) {
        this.db = db;
        this.connections = connections;
        this.clock = clock;
        this.hash = keys.hash("client-secret");
        this.clients = new Recent<>(this::load);
        this.origins = new Recent<>(this::loadOrigins);
    }

    /** The console is a client of every tenant, which is registered nowhere and may use no grant. */
    public static final ClientId CONSOLE = new ClientId("console");

    /** So is the page on which people manage their own methods. */
    public static final ClientId ACCOUNT = new ClientId("account");

    public Optional<Client> find(TenantId tenant, ClientId id) {
        if (id.equals(CONSOLE)) return Optional.of(new Client(tenant, CONSOLE, "Console", true, Set.of(), List.of()));
        if (id.equals(ACCOUNT)) return Optional.of(new Client(tenant, ACCOUNT, "Account", true, Set.of(), List.of()));
        return clients.get(new Key(tenant, id)).map(Known::client);
    }

    /**
     * The client, if it proves itself: by its secret, or by none when it is public. A secret is random and long, so a
     * keyed hash protects it; the comparison takes the same time whatever is wrong. One that signs assertions has no
     * other way in.
     */
    public Optional<Client> authenticate(TenantId tenant, ClientId id, @Nullable String secret) {
        var known = clients.get(new Key(tenant, id)).filter(found -> found.method() != AuthMethod.PRIVATE_KEY_JWT);
        var given = hashed(tenant, id, secret == null ? "" : secret);
        var right = known.map(Known::secretHash).orElse(null);
        var open = known.filter(found -> found.method() == AuthMethod.NONE);
        if (open.isPresent() && (secret == null || right == null))
            return secret == null ? open.map(Known::client) : Optional.empty();
        var unknown = hashed(tenant, id, "unknown client");
        var previous = known.map(Known::previous)
                .filter(before -> clock.instant().isBefore(before.until()))
                .map(Previous::hash)
                .orElse(null);
        // Both are compared, whatever the first says.
        var sameAsNow = isSame(given, right == null ? unknown : right);
        var sameAsBefore = isSame(given, previous == null ? unknown : previous);
        var same = sameAsNow || (sameAsBefore && previous != null);
        return same ? known.map(Known::client) : Optional.empty();
    }

    private static boolean isSame(String given, String right) {
        return MessageDigest.isEqual(
                Base64.getDecoder().decode(given), Base64.getDecoder().decode(right));
    }

    /** The client, if it is one that signs assertions: the caller is to check one. */
    public Optional<Client> signing(TenantId tenant, ClientId id) {
        return clients.get(new Key(tenant, id))
                .filter(found -> found.method() == AuthMethod.PRIVATE_KEY_JWT)
                .map(Known::client);
    }

    /** @return whether a page of this origin may call the tenant's endpoints */
    public boolean allowsOrigin(TenantId tenant, String origin) {
        return origins.get(tenant).contains(origin);
    }

    /**
     * A new client, for sign-ins from every connection that there is.
     *
     * @param secret null for one that has none
     */
    public void create(Client client, @Nullable String secret, Instant now) {
        db.sql("""
                WITH offered AS (
                    UPDATE connection SET enabled_clients = array_append(enabled_clients, :id) WHERE tenant_id = :tenant
                )
                INSERT INTO client (tenant_id, id, name, secret_hash, auth_method, grant_types, web_origins,
                                    created_at, updated_at)
                VALUES (:tenant, :id, :name, decode(:hash, 'base64'), :method, :grants, :origins, :now, :now)
                """)
                .param("tenant", client.tenant().value())
                .param("id", client.id().value())
                .param("name", client.name())
                .param("hash", secret == null ? null : hashed(client.tenant(), client.id(), secret))
                .param("method", (client.confidential() ? AuthMethod.CLIENT_SECRET_POST : AuthMethod.NONE).wire())
                .param("grants", client.grantTypes().toArray(String[]::new))
                .param("origins", client.webOrigins().toArray(String[]::new))
                .param("now", now.atOffset(UTC))
                .update();
        forget(client.tenant(), client.id());
        connections.changed(client.tenant());
    }

    public boolean hasSecret(TenantId tenant, ClientId id) {
        return db.sql("SELECT count(*) FROM client WHERE tenant_id = :tenant AND id = :id AND secret_hash IS NOT NULL")
                        .param("tenant", tenant.value())
                        .param("id", id.value())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /**
     * A new secret in place of any other.
     *
     * @param overlap for how long the one before is accepted too
     */
    public void setSecret(TenantId tenant, ClientId id, String secret, Instant now, Duration overlap) {
        db.sql("""
                UPDATE client
                   SET previous_secret_hash = secret_hash, previous_secret_until = :until,
                       secret_hash = decode(:hash, 'base64'), updated_at = :now
                 WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("hash", hashed(tenant, id, secret))
                .param("until", now.plus(overlap).atOffset(UTC))
                .param("now", now.atOffset(UTC))
                .update();
        forget(tenant, id);
    }

    /** What is known of a client is read again. */
    void forget(TenantId tenant, ClientId id) {
        AfterCommit.forget(() -> {
            clients.forget(new Key(tenant, id));
            origins.forget(tenant);
        });
    }

    private String hashed(TenantId tenant, ClientId id, String secret) {
        return Base64.getEncoder().encodeToString(hash.of(tenant.value(), id.value(), secret));
    }

    private Optional<Known> load(Key key) {
        return db.sql("""
                SELECT name, auth_method, translate(encode(secret_hash, 'base64'), E'\\n', '') AS secret_hash,
                       translate(encode(previous_secret_hash, 'base64'), E'\\n', '') AS previous_hash, previous_secret_until,
                       grant_types, web_origins
                  FROM client WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", key.tenant().value())
                .param("id", key.id().value())
                .query((row, _) -> {
                    var method = AuthMethod.of(row.getString("auth_method")).orElseThrow();
                    return new Known(
                            new Client(
                                    key.tenant(),
                                    key.id(),
                                    row.getString("name"),
                                    method != AuthMethod.NONE,
                                    Set.copyOf(texts(row, "grant_types")),
                                    texts(row, "web_origins")),
                            method,
                            row.getString("secret_hash"),
                            previous(row));
                })
                .optional();
    }

    private static @Nullable Previous previous(ResultSet row) throws SQLException {
        var hash = row.getString("previous_hash");
        return hash == null
                ? null
                : new Previous(
                        hash,
                        row.getObject("previous_secret_until", OffsetDateTime.class)
                                .toInstant());
    }

    private Set<String> loadOrigins(TenantId tenant) {
        return Set.copyOf(
                db.sql("""
                SELECT DISTINCT rtrim(origin, '/') FROM client, LATERAL (
                    SELECT unnest(web_origins) UNION ALL
                    SELECT jsonb_array_elements_text(properties -> 'allowed_origins')) AS origins (origin)
                 WHERE tenant_id = :tenant
                """).param("tenant", tenant.value()).query(String.class).list());
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
