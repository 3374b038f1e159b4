package io.ringcode.management.client;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.ringcode.client.AuthMethod;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.ClientKey;
import io.ringcode.client.ClientKeys;
import io.ringcode.client.Clients;
import io.ringcode.client.Registration;
import io.ringcode.client.Registrations;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.Rule.MembersOf;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.Selected;
import io.ringcode.secret.RandomText;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The applications. A secret is told when it is made, and never again: only its hash is kept. */
@RestController
@RequestMapping("/api/v2/clients")
public class ClientsController {
    private static final int SECRET_LENGTH = 64;

    /** In seconds: for how long the secret before a rotation is accepted beside the new one. */
    private static final String OVERLAP = "previous_valid_for";

    /** Auth0's. */
    private static final int USUAL_OVERLAP = 30;

    private static final int LONGEST_OVERLAP = 30 * 24 * 60 * 60;

    /** @param clientSecret told when it is made */
    public record Shown(
            @Nullable String tenant,
            boolean global,
            String name,
            String clientId,
            @Nullable String clientSecret,
            @Nullable List<String> callbacks,
            @Nullable List<String> webOrigins,
            @Nullable List<String> grantTypes,
            @Nullable String tokenEndpointAuthMethod,
            @Nullable AcceptedKeys clientAuthenticationMethods,

            @MembersOf(ClientProperties.class) @JsonAnyGetter
            Map<String, Object> kept)
            implements JsonAnswer {
        /** Stands for what all clients share, which is nothing here; the deploy tool does not go on without it. */
        private static final Shown GLOBAL = new Shown(
                null, true, "All Applications", "all-applications", null, null, null, null, null, null, Map.of());

        @Override
        public String toString() {
            return "client " + clientId;
        }
    }

    record AcceptedKeys(Credentials privateKeyJwt) implements JsonAnswer {}

    record Credentials(List<Credential> credentials) implements JsonAnswer {}

    record Credential(String id) implements JsonAnswer {}

    private final Registrations registrations;
    private final Clients clients;
    private final ClientKeys keys;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    ClientsController(
            Registrations registrations,
            Clients clients,
            ClientKeys keys,
            RandomText random,
            Changes changes,
            Clock clock) {
        this.registrations = registrations;
        this.clients = clients;
        this.keys = keys;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope({"read:clients", "read:client_keys"})
    public Page<Shown> list(
            Caller caller,
            Paging paging,
            @RequestParam(name = "is_global", required = false) @Nullable String isGlobal) {
        if (Paging.flag("is_global", isGlobal, false))
            return paging.page("clients", paging.start() == 0 ? List.of(Shown.GLOBAL) : List.of(), 1);
        var tenant = caller.tenant();
        var found = registrations.list(tenant, paging.start(), paging.size());
        var shown = found.stream().map(client -> shown(caller, client, null)).toList();
        return paging.page("clients", shown, paging.totals() ? registrations.count(tenant) : 0);
    }

    @GetMapping("/{id}")
    @RequiresScope({"read:clients", "read:client_keys"})
    public Selected<Shown> read(@PathVariable String id, Caller caller, Paging paging) {
        return paging.selected(shown(caller, require(caller, id), null));
    }

    @PostMapping
    @RequiresScope("create:clients")
    @ResponseStatus(HttpStatus.CREATED)
    public Shown create(Caller caller, ClientBodies.New body) {
        var now = clock.instant();
        var client = body.client(new ClientId(random.mixed(32)), now);
        var secret = client.authMethod() == AuthMethod.NONE ? null : random.mixed(SECRET_LENGTH);
        return changes.make(caller, "Create a client", client.id().value(), body, () -> {
            registrations.create(caller.tenant(), client, secret);
            for (var key : body.keys()) keys.add(caller.tenant(), client.id(), key.key(random, true, now));
            return shown(caller, client, secret);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope({"update:clients", "update:client_keys"})
    public Shown update(@PathVariable String id, Caller caller, ClientBodies.Change body) {
        require(caller, id);
        return changes.make(caller, "Update a client", id, body, () -> {
            var changed = registrations
                    .update(caller.tenant(), new ClientId(id), before -> body.applyTo(before, clock.instant()))
                    .orElseThrow(ClientsController::missing);
            activate(caller, changed, body.keys());
            var secret = needsSecret(caller, changed) ? newSecret(caller, changed.id(), Duration.ZERO) : null;
            return shown(caller, changed, secret);
        });
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:clients")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String id, Caller caller) {
        require(caller, id);
        changes.make(caller, "Delete a client", id, () -> registrations.delete(caller.tenant(), new ClientId(id)));
    }

    @PostMapping("/{id}/rotate-secret")
    @RequiresScope("update:client_keys")
    public Shown rotate(
            @PathVariable String id,
            Caller caller,
            @RequestParam(name = OVERLAP, required = false) @Nullable String previousValidFor) {
        var client = require(caller, id);
        var overlap = Duration.ofSeconds(Paging.number(OVERLAP, previousValidFor, USUAL_OVERLAP, LONGEST_OVERLAP));
        return changes.make(
                caller,
                "Rotate a client secret",
                id,
                () -> shown(caller, client, newSecret(caller, client.id(), overlap)));
    }

    /** A client that was public, or signed assertions, has no secret yet. */
    private boolean needsSecret(Caller caller, Registration client) {
        return client.authMethod() != AuthMethod.NONE && !clients.hasSecret(caller.tenant(), client.id());
    }

    private String newSecret(Caller caller, ClientId id, Duration overlap) {
        var secret = random.mixed(SECRET_LENGTH);
        clients.setSecret(caller.tenant(), id, secret, clock.instant(), overlap);
        return secret;
    }

    /** Exactly the keys that are named are accepted from now on. */
    private void activate(Caller caller, Registration client, @Nullable Set<String> named) {
        if (named == null) return;
        var known = keys.list(caller.tenant(), client.id()).stream()
                .map(ClientKey::id)
                .collect(Collectors.toSet());
        if (!known.containsAll(named)) throw InvalidBody.on(ClientBodies.KEYS, "The client has no such credential");
        keys.activate(caller.tenant(), client.id(), named, clock.instant());
    }

    private Registration require(Caller caller, String id) {
        return registrations.find(caller.tenant(), new ClientId(id)).orElseThrow(ClientsController::missing);
    }

    static ManagementRefused missing() {
        return ManagementRefused.missing("inexistent_client", "The client does not exist");
    }

    private Shown shown(Caller caller, Registration client, @Nullable String secret) {
        var kept = new LinkedHashMap<String, Object>();
        kept.put("is_first_party", true);
        kept.put("oidc_conformant", true);
        kept.put("sso_disabled", false);
        kept.put("cross_origin_authentication", false);
        kept.putAll(client.properties());
        var signs = client.authMethod() == AuthMethod.PRIVATE_KEY_JWT;
        return new Shown(
                caller.tenant().value(),
                false,
                client.name(),
                client.id().value(),
                secret,
                client.callbacks(),
                client.webOrigins().isEmpty() ? null : client.webOrigins(),
                client.grantTypes(),
                signs ? null : client.authMethod().wire(),
                signs ? accepted(caller, client.id()) : null,
                kept);
    }

    private AcceptedKeys accepted(Caller caller, ClientId client) {
        var accepted = keys.list(caller.tenant(), client).stream()
                .filter(ClientKey::active)
                .map(key -> new Credential(key.id()))
                .toList();
        return new AcceptedKeys(new Credentials(accepted));
    }
}
