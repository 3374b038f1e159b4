package io.ringcode.management.client;

import io.ringcode.client.AuthMethod;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.ClientKey;
import io.ringcode.client.ClientKeys;
import io.ringcode.client.Clients;
import io.ringcode.client.Registration;
import io.ringcode.client.Registrations;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.secret.RandomText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The applications. A secret is told when it is made, and never again: only its hash is kept. */
@RestController
@RequestMapping("/api/v2/clients")
class ClientsController {
    private static final int SECRET_LENGTH = 64;

    /** Stands for what all clients share, which is nothing here; the deploy tool does not go on without it. */
    private static final Map<String, Object> GLOBAL =
            Map.of("client_id", "all-applications", "name", "All Applications", "global", true);

    private final Registrations registrations;
    private final Clients clients;
    private final ClientKeys keys;
    private final ClientKeyForm keyForm;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    ClientsController(
            Registrations registrations,
            Clients clients,
            ClientKeys keys,
            ClientKeyForm keyForm,
            RandomText random,
            Changes changes,
            Clock clock) {
        this.registrations = registrations;
        this.clients = clients;
        this.keys = keys;
        this.keyForm = keyForm;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope({"read:clients", "read:client_keys"})
    Object list(Caller caller, Paging paging, HttpServletRequest request) {
        if (Paging.flag(request, "is_global", false))
            return paging.page("clients", paging.start() == 0 ? List.of(GLOBAL) : List.of(), 1);
        var tenant = caller.tenant();
        var found = registrations.list(tenant, paging.start(), paging.size());
        var shown = found.stream().map(client -> shown(caller, client, null)).toList();
        return paging.page("clients", shown, paging.totals() ? registrations.count(tenant) : 0);
    }

    @GetMapping("/{id}")
    @RequiresScope({"read:clients", "read:client_keys"})
    Map<String, Object> read(@PathVariable String id, Caller caller, Paging paging) {
        return paging.select(shown(caller, require(caller, id), null));
    }

    @PostMapping
    @RequiresScope("create:clients")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, Body body) {
        var form = new ClientForm(body);
        var now = clock.instant();
        var blank = new Registration(
                new ClientId(random.mixed(32)),
                form.name(),
                form.usualMethod(),
                form.usualGrants(),
                List.of(),
                List.of(),
                Map.of(),
                now,
                now);
        var client = form.applyTo(blank, now);
        var secret = client.authMethod() == AuthMethod.NONE ? null : random.mixed(SECRET_LENGTH);
        return changes.make(caller, "Create a client", client.id().value(), body, () -> {
            registrations.create(caller.tenant(), client, secret);
            var given = form.keys();
            if (given != null) for (var key : given) keys.add(caller.tenant(), client.id(), keyForm.read(key, true));
            return shown(caller, client, secret);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope({"update:clients", "update:client_keys"})
    Map<String, Object> update(@PathVariable String id, Caller caller, Body body) {
        require(caller, id);
        var form = new ClientForm(body);
        return changes.make(caller, "Update a client", id, body, () -> {
            var changed = registrations
                    .update(caller.tenant(), new ClientId(id), before -> form.applyTo(before, clock.instant()))
                    .orElseThrow(ClientsController::missing);
            activate(caller, changed, form);
            var secret = needsSecret(caller, changed) ? newSecret(caller, changed.id()) : null;
            return shown(caller, changed, secret);
        });
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:clients")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        require(caller, id);
        changes.make(caller, "Delete a client", id, () -> registrations.delete(caller.tenant(), new ClientId(id)));
    }

    @PostMapping("/{id}/rotate-secret")
    @RequiresScope("update:client_keys")
    Map<String, Object> rotate(@PathVariable String id, Caller caller) {
        var client = require(caller, id);
        return changes.make(
                caller, "Rotate a client secret", id, () -> shown(caller, client, newSecret(caller, client.id())));
    }

    /** A client that was public, or signed assertions, has no secret yet. */
    private boolean needsSecret(Caller caller, Registration client) {
        return client.authMethod() != AuthMethod.NONE && !clients.hasSecret(caller.tenant(), client.id());
    }

    private String newSecret(Caller caller, ClientId id) {
        var secret = random.mixed(SECRET_LENGTH);
        clients.setSecret(caller.tenant(), id, secret, clock.instant());
        return secret;
    }

    /** Exactly the keys that are named are accepted from now on. */
    private void activate(Caller caller, Registration client, ClientForm form) {
        var given = form.keys();
        if (given == null) return;
        var known = keys.list(caller.tenant(), client.id()).stream()
                .map(ClientKey::id)
                .collect(Collectors.toSet());
        var named = given.stream().map(key -> key.only("id").text("id")).collect(Collectors.toSet());
        if (!known.containsAll(named))
            throw ManagementRefused.body(ClientForm.KEYS, "The client has no such credential");
        keys.activate(caller.tenant(), client.id(), named, clock.instant());
    }

    private Registration require(Caller caller, String id) {
        return registrations.find(caller.tenant(), new ClientId(id)).orElseThrow(ClientsController::missing);
    }

    static ManagementRefused missing() {
        return ManagementRefused.missing("inexistent_client", "The client does not exist");
    }

    private Map<String, Object> shown(Caller caller, Registration client, @Nullable String secret) {
        var shown = new ResponseObject()
                .put("tenant", caller.tenant().value())
                .put("global", false)
                .put("is_first_party", true)
                .put("oidc_conformant", true)
                .put("sso_disabled", false)
                .put("cross_origin_authentication", false)
                .putAll(client.properties())
                .put("name", client.name())
                .put("client_id", client.id().value())
                .put("client_secret", secret)
                .put("callbacks", client.callbacks())
                .put("web_origins", client.webOrigins().isEmpty() ? null : client.webOrigins())
                .put("grant_types", client.grantTypes());
        if (client.authMethod() == AuthMethod.PRIVATE_KEY_JWT)
            shown.put(
                    ClientForm.KEYS, Map.of("private_key_jwt", Map.of("credentials", activeKeys(caller, client.id()))));
        else shown.put("token_endpoint_auth_method", client.authMethod().wire());
        return shown.members();
    }

    private List<Map<String, String>> activeKeys(Caller caller, ClientId client) {
        return keys.list(caller.tenant(), client).stream()
                .filter(ClientKey::active)
                .map(key -> Map.of("id", key.id()))
                .toList();
    }
}
