package io.ringcode.client;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.Api.UserAccess;
import io.ringcode.database.AfterCommit;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.Recent;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The APIs of a tenant and which client may call which. The tenant's own are known without their origin. */
@Component
public class Apis {
    /** The Management API, as stored: the issuer stands before it in a token. */
    public static final String MANAGEMENT = "api/v2/";

    /** The MFA API, likewise. Its tokens live for ten minutes, whatever anyone sets. */
    public static final String MFA = "mfa/";

    /** The My Account API, likewise. It is there once an administrator has activated it. */
    public static final String MY_ACCOUNT = "me/";

    public static final Set<String> MY_ACCOUNT_SCOPES = Set.of(
            "read:me:factors",
            "create:me:authentication_methods",
            "read:me:authentication_methods",
            "update:me:authentication_methods",
            "delete:me:authentication_methods");

    private static final Set<String> OWN = Set.of(MANAGEMENT, MFA, MY_ACCOUNT);

    private static final Api MFA_API =
            new Api(MFA, Set.of("enroll", "read:authenticators", "remove:authenticators"), Duration.ofMinutes(10));
    private static final Api MANAGEMENT_API = new Api(MANAGEMENT, ManagementScopes.ALL, Duration.ofHours(24));

    private record Key(TenantId tenant, String audience) {}

    private record Grant(TenantId tenant, ClientId client, String audience, Subject subject) {}

    /** For whom a token is that a grant allows: the client itself, or a user of it. */
    private enum Subject {
        CLIENT("client"),
        USER("user");

        private final String wire;

        Subject(String wire) {
            this.wire = wire;
        }
    }

    private final JdbcClient db;
    private final RandomText random;
    private final Recent<Key, Optional<Api>> apis;
    private final Recent<Grant, Optional<Set<String>>> grants;

    public Apis(JdbcClient db, RandomText random) {
        this.db = db;
        this.random = random;
        this.apis = new Recent<>(this::load);
        this.grants = new Recent<>(this::loadGrant);
    }

    /** The tenant's own APIs are named after whatever the server is called by. */
    public static String absolute(String audience, String issuer) {
        return OWN.contains(audience) ? issuer + audience : audience;
    }

    public static String relative(String audience, String issuer) {
        return audience.startsWith(issuer) && OWN.contains(audience.substring(issuer.length()))
                ? audience.substring(issuer.length())
                : audience;
    }

    public Optional<Api> find(TenantId tenant, String audience) {
        return switch (audience) {
            case MFA -> Optional.of(MFA_API);
            case MANAGEMENT -> Optional.of(MANAGEMENT_API);
            default -> apis.get(new Key(tenant, audience));
        };
    }

    /** @return the scopes that this client has been granted for machine-to-machine calls, if it has been */
    public Optional<Set<String>> granted(TenantId tenant, ClientId client, String audience) {
        return grants.get(new Grant(tenant, client, audience, Subject.CLIENT));
    }

    /** What an application may ask of an API in the name of a user. */
    public sealed interface ForUser {
        /** @param api with the scopes that the application may ask for */
        record Open(Api api) implements ForUser {}

        record NotGranted() implements ForUser {}

        /** There is none, or none that users get tokens for: the Management API is for applications. */
        record Unknown() implements ForUser {}
    }

    public ForUser forUser(TenantId tenant, ClientId client, String audience) {
        var api = find(tenant, audience).orElse(null);
        if (api == null || audience.equals(MANAGEMENT)) return new ForUser.Unknown();
        return switch (api.userAccess()) {
            case ALLOW_ALL -> new ForUser.Open(api);
            case REQUIRE_CLIENT_GRANT ->
                grants.get(new Grant(tenant, client, audience, Subject.USER))
                        .<ForUser>map(granted -> new ForUser.Open(api.narrowedTo(granted)))
                        .orElseGet(ForUser.NotGranted::new);
        };
    }

    public void create(TenantId tenant, Api api, Instant now) {
        db.sql("""
                INSERT INTO resource_server (tenant_id, id, identifier, name, scopes, token_lifetime, created_at)
                VALUES (:tenant, :id, :identifier, :identifier, :scopes, :lifetime, :now)
                """)
                .param("tenant", tenant.value())
                .param("id", random.hex(24))
                .param("identifier", api.identifier())
                .param("scopes", api.scopes().toArray(String[]::new))
                .param("lifetime", api.tokenLifetime().toSeconds())
                .param("now", now.atOffset(UTC))
                .update();
    }

    public void grant(TenantId tenant, ClientId client, String audience, Collection<String> scopes, Instant now) {
        db.sql("""
                INSERT INTO client_grant (tenant_id, id, client_id, audience, scopes, created_at)
                VALUES (:tenant, :id, :client, :audience, :scopes, :now)
                """)
                .param("tenant", tenant.value())
                .param("id", "cgr_" + random.mixed(16))
                .param("client", client.value())
                .param("audience", audience)
                .param("scopes", scopes.toArray(String[]::new))
                .param("now", now.atOffset(UTC))
                .update();
    }

    void forget(TenantId tenant, String audience) {
        AfterCommit.forget(() -> apis.forget(new Key(tenant, audience)));
    }

    void forget(TenantId tenant, ClientId client, String audience) {
        AfterCommit.forget(() -> {
            for (var subject : Subject.values()) grants.forget(new Grant(tenant, client, audience, subject));
        });
    }

    private Optional<Api> load(Key key) {
        return db.sql("""
                SELECT scopes, token_lifetime, properties -> 'subject_type_authorization' -> 'user' ->> 'policy' AS user_policy
                  FROM resource_server WHERE tenant_id = :tenant AND identifier = :id
                """)
                .param("tenant", key.tenant().value())
                .param("id", key.audience())
                .query((row, _) -> new Api(
                        key.audience(),
                        Set.copyOf(Clients.texts(row, "scopes")),
                        Duration.ofSeconds(row.getInt("token_lifetime")),
                        userAccess(key.audience(), row.getString("user_policy"))))
                .optional();
    }

    /** Of the tenant's other APIs the policy is kept and not acted on: whoever signs users in gets tokens for them. */
    private static UserAccess userAccess(String audience, @Nullable String policy) {
        return audience.equals(MY_ACCOUNT) && !"allow_all".equals(policy)
                ? UserAccess.REQUIRE_CLIENT_GRANT
                : UserAccess.ALLOW_ALL;
    }

    private Optional<Set<String>> loadGrant(Grant key) {
        return db.sql("""
                SELECT scopes FROM client_grant
                 WHERE tenant_id = :tenant AND client_id = :client AND audience = :audience
                   AND coalesce(properties ->> 'subject_type', 'client') = :subject
                """)
                .param("tenant", key.tenant().value())
                .param("client", key.client().value())
                .param("audience", key.audience())
                .param("subject", key.subject().wire)
                .query((row, _) -> Set.copyOf(Clients.texts(row, "scopes")))
                .optional();
    }
}
