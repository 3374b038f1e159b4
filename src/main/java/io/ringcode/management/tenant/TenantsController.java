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
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
class TenantsController {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    /** Has a meaning in this place of a path. */
    private static final String SETTINGS = "settings";

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
    Object list(Caller caller, Paging paging) {
        requireOperator(caller);
        var shown = tenants.list(paging.start(), paging.size()).stream()
                .map(TenantsController::shown)
                .map(ResponseObject::members)
                .toList();
        return paging.page("tenants", shown, tenants.count());
    }

    @GetMapping("/{name}")
    @RequiresScope("read:tenants")
    Map<String, Object> read(@PathVariable String name, Caller caller) {
        return shown(require(caller, name)).members();
    }

    /** Answers the secret of the new tenant's management client, this once. */
    @PostMapping
    @RequiresScope("create:tenants")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, Body body) {
        requireOperator(caller);
        body.only("name", "domain", "friendly_name");
        var tenant = new TenantId(body.text("name", NAME));
        if (tenant.value().equals(SETTINGS)) throw ManagementRefused.body("name", "This name is taken");
        var domain = body.text("domain", DOMAIN).toLowerCase(Locale.ROOT);
        var friendlyName = body.optionalText("friendly_name", 1, 150);
        return changes.make(caller, "Create a tenant", tenant.value(), body, () -> {
            var now = clock.instant();
            if (!tenants.create(tenant, domain, now))
                throw ManagementRefused.conflict("tenant_exists", "A tenant has this name or domain already.");
            var profile = new TenantProfile(friendlyName == null ? tenant.value() : friendlyName, null);
            tenants.set(tenant, TenantProfile.SETTING, profile, now);
            keys.ensure(tenant);
            connections.ensureDefault(tenant, now);
            return shown(require(caller, tenant.value()))
                    .putAll(managementClient(tenant))
                    .members();
        });
    }

    /** Everything goes: users, authenticators, clients, keys, settings, messages, the log. */
    @DeleteMapping("/{name}")
    @RequiresScope("delete:tenants")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name, Caller caller) {
        var tenant = require(caller, name).id();
        if (tenant.equals(TenantId.DEFAULT))
            throw ManagementRefused.operation("operation_not_supported", "The default tenant cannot be deleted.");
        changes.make(caller, "Delete a tenant", name, () -> tenants.delete(tenant));
    }

    private Map<String, String> managementClient(TenantId tenant) {
        var id = new ClientId(random.mixed(32));
        var secret = random.mixed(64);
        var now = clock.instant();
        var grants = Set.of(GrantType.CLIENT_CREDENTIALS.wire());
        clients.create(new Client(tenant, id, "Ringcode management", true, grants, List.of()), secret, now);
        var scopes = new HashSet<>(ManagementScopes.ALL);
        scopes.removeAll(ManagementScopes.OF_OPERATORS);
        apis.grant(tenant, id, Apis.MANAGEMENT, scopes, now);
        return Map.of("client_id", id.value(), "client_secret", secret);
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

    private static ResponseObject shown(Tenants.Known tenant) {
        return new ResponseObject()
                .put("name", tenant.id().value())
                .put("domain", tenant.domain())
                .put("created_at", tenant.createdAt());
    }
}
