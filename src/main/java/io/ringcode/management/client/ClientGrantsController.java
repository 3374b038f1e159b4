package io.ringcode.management.client;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.authorization.Issuer;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientGrant;
import io.ringcode.client.ClientGrants;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.MembersOf;
import io.ringcode.json.SentJson;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.secret.RandomText;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
import tools.jackson.databind.JsonNode;

/** Client grants: which client may ask which API for a token of its own, with which scopes. */
@RestController
@RequestMapping("/api/v2/client-grants")
public class ClientGrantsController {
    public record New(
            String clientId,
            String audience,
            @Nullable JsonNode subjectType,
            @JsonUnwrapped Change change) implements JsonBody {}

    public record Change(
            @Items(max = 1_000, unique = true) Patch<List<String>> scope,
            @JsonUnwrapped Kept kept) implements JsonBody {}

    /** Given back as they were sent; null too. */
    record Kept(
            @Nullable JsonNode organizationUsage,
            @Nullable JsonNode allowAnyOrganization,
            @Nullable JsonNode authorizationDetailsTypes)
            implements JsonBody {}

    public record Shown(
            String id,
            String clientId,
            String audience,
            List<String> scope,
            @MembersOf(New.class) @JsonAnyGetter Map<String, JsonNode> kept)
            implements JsonAnswer {
        private static Shown of(ClientGrant grant, Issuer issuer) {
            return new Shown(
                    grant.id(),
                    grant.client().value(),
                    Apis.absolute(grant.audience(), issuer.url()),
                    grant.scopes(),
                    grant.properties());
        }
    }

    private final ClientGrants grants;
    private final Clients clients;
    private final Apis apis;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    ClientGrantsController(
            ClientGrants grants, Clients clients, Apis apis, RandomText random, Changes changes, Clock clock) {
        this.grants = grants;
        this.clients = clients;
        this.apis = apis;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:client_grants")
    public Page<Shown> list(
            Caller caller,
            Paging paging,
            @RequestParam(name = "client_id", required = false) @Nullable String client,
            @RequestParam(required = false) @Nullable String audience,
            Issuer issuer) {
        var filter = new ClientGrants.Filter(client, audience == null ? null : Apis.relative(audience, issuer.url()));
        var size = paging.checkpoint() ? paging.size() + 1 : paging.size();
        var found = grants.list(caller.tenant(), filter, paging.from(), paging.start(), size).stream()
                .map(grant -> Shown.of(grant, issuer))
                .toList();
        if (paging.checkpoint()) return paging.step("client_grants", found, Shown::id);
        return paging.page("client_grants", found, paging.totals() ? grants.count(caller.tenant(), filter) : 0);
    }

    @GetMapping("/{id}")
    @RequiresScope("read:client_grants")
    public Shown read(@PathVariable String id, Caller caller, Issuer issuer) {
        return Shown.of(require(caller, id), issuer);
    }

    @PostMapping
    @RequiresScope("create:client_grants")
    @ResponseStatus(HttpStatus.CREATED)
    public Shown create(Caller caller, New body, Issuer issuer) {
        var client = new ClientId(body.clientId());
        var audience = Apis.relative(body.audience(), issuer.url());
        if (clients.find(caller.tenant(), client).isEmpty()) throw ClientsController.missing();
        if (apis.find(caller.tenant(), audience).isEmpty())
            throw ManagementRefused.missing("inexistent_resource_server", "The resource server does not exist");
        var ofUsers =
                body.subjectType() != null && body.subjectType().asString("").equals("user");
        if (audience.equals(Apis.MY_ACCOUNT) && !ofUsers)
            throw InvalidBody.on("subject_type", "Must be user: a client has no account of its own");
        var blank = new ClientGrant("cgr_" + random.mixed(16), client, audience, List.of(), subjectType(body));
        var grant = changed(caller, blank, body.change());
        return changes.make(caller, "Create a client grant", grant.id(), body, () -> {
            if (!grants.create(caller.tenant(), grant, clock.instant()))
                throw ManagementRefused.conflict(
                        "client_grant_conflict", "A client grant for this client and audience already exists");
            return Shown.of(grant, issuer);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:client_grants")
    public Shown update(@PathVariable String id, Caller caller, Change body, Issuer issuer) {
        var before = require(caller, id);
        var grant = changed(caller, before, body);
        return changes.make(caller, "Update a client grant", id, body, () -> {
            grants.update(caller.tenant(), grant);
            return Shown.of(grant, issuer);
        });
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:client_grants")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String id, Caller caller) {
        var grant = require(caller, id);
        changes.make(caller, "Delete a client grant", id, () -> {
            grants.delete(caller.tenant(), grant);
            return true;
        });
    }

    private static Map<String, JsonNode> subjectType(New body) {
        return body.subjectType() == null ? Map.of() : Map.of("subject_type", body.subjectType());
    }

    /** A scope that the API does not have cannot be granted. */
    private ClientGrant changed(Caller caller, ClientGrant before, Change change) {
        var scopes = change.scope().orKept(before.scopes());
        var offered =
                apis.find(caller.tenant(), before.audience()).orElseThrow().scopes();
        if (change.scope().value() != null && !offered.containsAll(scopes))
            throw InvalidBody.on(
                    "scope", "No enum match, expected some of: " + String.join(", ", new TreeSet<>(offered)));
        var properties = new LinkedHashMap<>(before.properties());
        SentJson.of(change.kept()).properties().forEach(sent -> properties.put(sent.getKey(), sent.getValue()));
        return new ClientGrant(before.id(), before.client(), before.audience(), scopes, properties);
    }

    private ClientGrant require(Caller caller, String id) {
        return grants.find(caller.tenant(), id)
                .orElseThrow(
                        () -> ManagementRefused.missing("inexistent_client_grant", "The client grant does not exist"));
    }
}
