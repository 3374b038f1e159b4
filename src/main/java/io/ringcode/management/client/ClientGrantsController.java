package io.ringcode.management.client;

import io.ringcode.authorization.Issuers;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientGrant;
import io.ringcode.client.ClientGrants;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.secret.RandomText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Client grants: which client may ask which API for a token of its own, with which scopes. */
@RestController
@RequestMapping("/api/v2/client-grants")
class ClientGrantsController {
    private static final List<String> KEPT =
            List.of("subject_type", "organization_usage", "allow_any_organization", "authorization_details_types");

    private final ClientGrants grants;
    private final Clients clients;
    private final Apis apis;
    private final Issuers issuers;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    ClientGrantsController(
            ClientGrants grants,
            Clients clients,
            Apis apis,
            Issuers issuers,
            RandomText random,
            Changes changes,
            Clock clock) {
        this.grants = grants;
        this.clients = clients;
        this.apis = apis;
        this.issuers = issuers;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:client_grants")
    Object list(Caller caller, Paging paging, HttpServletRequest request) {
        var issuer = issuers.of(request);
        var audience = request.getParameter("audience");
        var filter = new ClientGrants.Filter(
                request.getParameter("client_id"), audience == null ? null : Apis.relative(audience, issuer));
        var size = paging.checkpoint() ? paging.size() + 1 : paging.size();
        var found = grants.list(caller.tenant(), filter, paging.from(), paging.start(), size).stream()
                .map(grant -> shown(grant, issuer))
                .toList();
        if (paging.checkpoint()) return paging.step("client_grants", found, item -> String.valueOf(item.get("id")));
        return paging.page("client_grants", found, paging.totals() ? grants.count(caller.tenant(), filter) : 0);
    }

    @GetMapping("/{id}")
    @RequiresScope("read:client_grants")
    Map<String, Object> read(@PathVariable String id, Caller caller, HttpServletRequest request) {
        return shown(require(caller, id), issuers.of(request));
    }

    @PostMapping
    @RequiresScope("create:client_grants")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, Body body, HttpServletRequest request) {
        body.only(
                "client_id",
                "audience",
                "scope",
                "subject_type",
                "organization_usage",
                "allow_any_organization",
                "authorization_details_types");
        var issuer = issuers.of(request);
        var client = new ClientId(body.text("client_id"));
        var audience = Apis.relative(body.text("audience"), issuer);
        if (clients.find(caller.tenant(), client).isEmpty()) throw ClientsController.missing();
        if (apis.find(caller.tenant(), audience).isEmpty())
            throw ManagementRefused.missing("inexistent_resource_server", "The resource server does not exist");
        var blank = new ClientGrant("cgr_" + random.mixed(16), client, audience, List.of(), Map.of());
        var grant = changed(caller, blank, body);
        return changes.make(caller, "Create a client grant", grant.id(), body, () -> {
            if (!grants.create(caller.tenant(), grant, clock.instant()))
                throw ManagementRefused.conflict(
                        "client_grant_conflict", "A client grant for this client and audience already exists");
            return shown(grant, issuer);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:client_grants")
    Map<String, Object> update(@PathVariable String id, Caller caller, Body body, HttpServletRequest request) {
        var before = require(caller, id);
        body.only("scope", "organization_usage", "allow_any_organization", "authorization_details_types");
        var grant = changed(caller, before, body);
        return changes.make(caller, "Update a client grant", id, body, () -> {
            grants.update(caller.tenant(), grant);
            return shown(grant, issuers.of(request));
        });
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:client_grants")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        var grant = require(caller, id);
        changes.make(caller, "Delete a client grant", id, () -> {
            grants.delete(caller.tenant(), grant);
            return true;
        });
    }

    /** A scope that the API does not have cannot be granted. */
    private ClientGrant changed(Caller caller, ClientGrant before, Body body) {
        var scopes = before.scopes();
        if (body.has("scope") && !body.isNull("scope")) {
            var offered =
                    apis.find(caller.tenant(), before.audience()).orElseThrow().scopes();
            scopes = body.choices("scope", Set.copyOf(offered));
        }
        var properties = new LinkedHashMap<>(before.properties());
        for (var name : KEPT) if (body.has(name)) properties.put(name, body.raw(name));
        return new ClientGrant(before.id(), before.client(), before.audience(), scopes, properties);
    }

    private ClientGrant require(Caller caller, String id) {
        return grants.find(caller.tenant(), id)
                .orElseThrow(
                        () -> ManagementRefused.missing("inexistent_client_grant", "The client grant does not exist"));
    }

    private static Map<String, Object> shown(ClientGrant grant, String issuer) {
        return new ResponseObject()
                .put("id", grant.id())
                .put("client_id", grant.client().value())
                .put("audience", Apis.absolute(grant.audience(), issuer))
                .put("scope", grant.scopes())
                .putAll(grant.properties())
                .members();
    }
}
