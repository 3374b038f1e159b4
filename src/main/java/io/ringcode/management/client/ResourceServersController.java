package io.ringcode.management.client;

import io.ringcode.authorization.Issuers;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.ManagementScopes;
import io.ringcode.client.ResourceServer;
import io.ringcode.client.ResourceServer.Scope;
import io.ringcode.client.ResourceServers;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.secret.RandomText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The APIs that tokens can be asked for. The Management API itself is listed among them and cannot be changed. */
@RestController
@RequestMapping("/api/v2/resource-servers")
class ResourceServersController {
    private static final String SYSTEM_ID = "management";
    private static final int LONGEST_TOKEN_LIFE = 2_592_000;
    private static final Set<String> KEPT = Set.of(
            "allow_offline_access",
            "skip_consent_for_verifiable_first_party_clients",
            "token_dialect",
            "enforce_policies",
            "token_lifetime_for_web",
            "subject_type_authorization",
            "consent_policy");

    private final ResourceServers apis;
    private final Issuers issuers;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    ResourceServersController(ResourceServers apis, Issuers issuers, RandomText random, Changes changes, Clock clock) {
        this.apis = apis;
        this.issuers = issuers;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:resource_servers")
    Object list(Caller caller, Paging paging, HttpServletRequest request) {
        var all = new ArrayList<Map<String, Object>>();
        all.add(system(request));
        apis.list(caller.tenant()).forEach(api -> all.add(shown(api)));
        var from = Math.min(paging.start(), all.size());
        var page = all.subList(from, Math.min(from + paging.size(), all.size()));
        return paging.page("resource_servers", page, all.size());
    }

    @GetMapping("/{id}")
    @RequiresScope("read:resource_servers")
    Map<String, Object> read(@PathVariable String id, Caller caller, Paging paging, HttpServletRequest request) {
        return paging.select(isSystem(id, request) ? system(request) : shown(require(caller, id)));
    }

    @PostMapping
    @RequiresScope("create:resource_servers")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, Body body, HttpServletRequest request) {
        var allowed = new TreeSet<>(KEPT);
        allowed.addAll(Set.of("identifier", "name", "scopes", "token_lifetime", "signing_alg"));
        var identifier = body.only(allowed).text("identifier", 1, 600);
        if (isReserved(identifier, request)) throw conflict();
        var blank = new ResourceServer(
                random.hex(24), identifier, identifier, List.of(), 86_400, Map.of("allow_offline_access", NO));
        var api = changed(blank, body);
        return changes.make(caller, "Create a resource server", api.id(), body, () -> {
            if (!apis.create(caller.tenant(), api, clock.instant())) throw conflict();
            return shown(api);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:resource_servers")
    Map<String, Object> update(@PathVariable String id, Caller caller, Body body, HttpServletRequest request) {
        refuseSystem(id, request);
        var api = require(caller, id);
        var allowed = new TreeSet<>(KEPT);
        allowed.addAll(Set.of("name", "scopes", "token_lifetime", "signing_alg"));
        body.only(allowed);
        return changes.make(
                caller,
                "Update a resource server",
                api.id(),
                body,
                () -> shown(apis.update(caller.tenant(), id, before -> changed(before, body))
                        .orElseThrow(ResourceServersController::missing)));
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:resource_servers")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller, HttpServletRequest request) {
        refuseSystem(id, request);
        var api = require(caller, id);
        changes.make(caller, "Delete a resource server", api.id(), () -> apis.delete(caller.tenant(), api));
    }

    private static final JsonNode NO = tools.jackson.databind.node.BooleanNode.FALSE;

    private static ResourceServer changed(ResourceServer before, Body body) {
        if (body.has("signing_alg")) body.choice("signing_alg", Set.of("RS256"));
        var properties = new LinkedHashMap<>(before.properties());
        for (var name : KEPT) if (body.has(name)) properties.put(name, body.raw(name));
        return new ResourceServer(
                before.id(),
                before.identifier(),
                body.has("name") ? body.text("name", 1, 200) : before.name(),
                body.has("scopes") ? scopes(body) : before.scopes(),
                body.has("token_lifetime")
                        ? body.number("token_lifetime", 1, LONGEST_TOKEN_LIFE)
                        : before.tokenLifetime(),
                properties);
    }

    private static List<Scope> scopes(Body body) {
        var scopes = new ArrayList<Scope>();
        var seen = new TreeSet<String>();
        for (var item : body.objects("scopes", 1000)) {
            var value = item.only("value", "description").text("value", 1, 280);
            if (value.chars().anyMatch(Character::isWhitespace))
                throw ManagementRefused.body("scopes.value", "A scope has no blank in it (RFC 6749 section 3.3)");
            if (!seen.add(value)) throw ManagementRefused.body("scopes.value", "Items must be unique");
            var description = item.optionalText("description", 0, 500);
            scopes.add(new Scope(value, description == null ? "" : description));
        }
        return scopes;
    }

    private ResourceServer require(Caller caller, String id) {
        return apis.find(caller.tenant(), id).orElseThrow(ResourceServersController::missing);
    }

    private boolean isSystem(String id, HttpServletRequest request) {
        return id.equals(SYSTEM_ID) || id.equals(issuers.of(request) + Apis.MANAGEMENT);
    }

    private boolean isReserved(String identifier, HttpServletRequest request) {
        return isSystem(identifier, request)
                || identifier.equals(issuers.of(request) + Apis.MFA)
                || identifier.equals(Apis.MFA)
                || identifier.equals(Apis.MANAGEMENT);
    }

    private void refuseSystem(String id, HttpServletRequest request) {
        if (isSystem(id, request))
            throw ManagementRefused.forbidden("operation_not_supported", "The Management API cannot be changed");
    }

    private static ManagementRefused missing() {
        return ManagementRefused.missing("inexistent_resource_server", "The resource server does not exist");
    }

    private static ManagementRefused conflict() {
        return ManagementRefused.conflict(
                "resource_server_conflict", "A resource server with this identifier already exists");
    }

    private Map<String, Object> system(HttpServletRequest request) {
        return new ResponseObject()
                .put("id", SYSTEM_ID)
                // By this name the deploy tool knows that it is not to be exported.
                .put("name", "Auth0 Management API")
                .put("identifier", issuers.of(request) + Apis.MANAGEMENT)
                .put("is_system", true)
                .put("allow_offline_access", false)
                .put("token_lifetime", 86_400)
                .put("signing_alg", "RS256")
                .put(
                        "scopes",
                        new TreeSet<>(ManagementScopes.ALL)
                                .stream().map(scope -> Map.of("value", scope)).toList())
                .members();
    }

    private static Map<String, Object> shown(ResourceServer api) {
        var scopes = api.scopes().stream()
                .map(scope -> scope.description().isEmpty()
                        ? Map.of("value", scope.value())
                        : Map.of("value", scope.value(), "description", scope.description()))
                .toList();
        return new ResponseObject()
                .put("id", api.id())
                .put("name", api.name())
                .put("identifier", api.identifier())
                .put("is_system", false)
                .putAll(api.properties())
                .put("token_lifetime", api.tokenLifetime())
                .put("signing_alg", "RS256")
                .put("scopes", scopes)
                .members();
    }
}
