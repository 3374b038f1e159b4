package io.ringcode.management.tenant;

import io.ringcode.authorization.GrantType;
import io.ringcode.authorization.SigningKeys;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.client.ManagementScopes;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The tenants of this installation, for its operator: whoever has a management client of the default tenant. */
@RestController
@RequestMapping("/api/v2/tenants")
public class TenantsController {
    static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    static final String DOMAIN =
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";
    /** Has a meaning in this place of a path. */
    private static final String SETTINGS = "settings";

    /** @param friendlyName its name, where none is given */
    public record NewTenant(
            @Matches(NAME) String name,
            @Matches(DOMAIN) String domain,

            @Nullable @NullAllowed @Length(min = 1, max = 150)
            String friendlyName)
            implements JsonBody {
        public NewTenant {
            if (name.equals(SETTINGS)) throw InvalidBody.on("name", "This name is taken");
        }
    }

    /** @param clientSecret of the new tenant's management client, told this once; null afterwards, as its id is */
    public record Shown(
            String name,
            @Nullable String domain,
            @Nullable IsoTime createdAt,
            @Nullable String clientId,
            @Nullable String clientSecret)
            implements JsonAnswer {
        private static Shown of(Tenants.Known tenant) {
            return new Shown(tenant.id().value(), tenant.domain(), IsoTime.of(tenant.createdAt()), null, null);
        }

        @Override
        public String toString() {
            return "tenant " + name;
        }

        private Shown with(ClientId client, String secret) {
            return new Shown(name, domain, createdAt, client.value(), secret);
        }
    }

    private final Tenants tenants;
    private final SigningKeys keys;
    private final Connections connections;
    private final Clients clients;
    private final Apis apis;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    TenantsController(
            Tenants tenants,
            SigningKeys keys,
            Connections connections,
            Clients clients,
            Apis apis,
            RandomText random,
            Changes changes,
            Clock clock) {
        this.tenants = tenants;
        this.keys = keys;
        this.connections = connections;
        this.clients = clients;
        this.apis = apis;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:tenants")
    public Page<Shown> list(Caller caller, Paging paging) {
        requireOperator(caller);
        var shown = tenants.list(paging.start(), paging.size()).stream()
                .map(Shown::of)
                .toList();
        return paging.page("tenants", shown, tenants.count());
    }

    @GetMapping("/{name}")
    @RequiresScope("read:tenants")
    public Shown read(@PathVariable String name, Caller caller) {
        return Shown.of(require(caller, name));
    }

    /** Answers the secret of the new tenant's management client, this once. */
    @PostMapping
    @RequiresScope("create:tenants")
    @ResponseStatus(HttpStatus.CREATED)
    public Shown create(Caller caller, NewTenant body) {
        requireOperator(caller);
        var tenant = new TenantId(body.name());
        var domain = body.domain().toLowerCase(Locale.ROOT);
        return changes.make(caller, "Create a tenant", tenant.value(), body, () -> {
            var now = clock.instant();
            if (!tenants.create(tenant, domain, now))
                throw ManagementRefused.conflict("tenant_exists", "A tenant with this name or domain already exists.");
            var profile = new TenantProfile(body.friendlyName() == null ? body.name() : body.friendlyName(), null);
            tenants.set(tenant, TenantProfile.SETTING, profile, now);
            keys.ensure(tenant);
            connections.ensureDefault(tenant, now);
            return withClient(Shown.of(require(caller, body.name())), tenant);
        });
    }

    /** Everything goes: users, authenticators, clients, keys, settings, messages, the log. */
    @DeleteMapping("/{name}")
    @RequiresScope("delete:tenants")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String name, Caller caller) {
        var tenant = require(caller, name).id();
        if (tenant.equals(TenantId.DEFAULT))
            throw ManagementRefused.operation("operation_not_supported", "The default tenant cannot be deleted.");
        changes.make(caller, "Delete a tenant", name, () -> tenants.delete(tenant));
    }

    private Shown withClient(Shown shown, TenantId tenant) {
        var id = new ClientId(random.mixed(32));
        var secret = random.mixed(64);
        var now = clock.instant();
        var grants = Set.of(GrantType.CLIENT_CREDENTIALS.wire());
        clients.create(new Client(tenant, id, "Ringcode management", true, grants, List.of()), secret, now);
        var scopes = new HashSet<>(ManagementScopes.ALL);
        scopes.removeAll(ManagementScopes.OF_OPERATORS);
        apis.grant(tenant, id, Apis.MANAGEMENT, scopes, now);
        return shown.with(id, secret);
    }

    private static void requireOperator(Caller caller) {
        if (!caller.tenant().equals(TenantId.DEFAULT))
            throw ManagementRefused.forbidden(
                    "operation_not_supported", "Tenants are managed through the default tenant.");
    }

    /** To a tenant's own administrators, no other tenant exists. */
    private Tenants.Known require(Caller caller, String name) {
        return tenants.find(new TenantId(name))
                .filter(_ -> caller.tenant().equals(TenantId.DEFAULT))
                .orElseThrow(() -> ManagementRefused.missing("inexistent_tenant", "The tenant does not exist."));
    }
}
