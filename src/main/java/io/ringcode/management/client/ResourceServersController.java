package io.ringcode.management.client;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.authorization.Issuer;
import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.ManagementScopes;
import io.ringcode.client.ResourceServer;
import io.ringcode.client.ResourceServer.Scope;
import io.ringcode.client.ResourceServers;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.MembersOf;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.json.SentJson;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.Selected;
import io.ringcode.secret.RandomText;
import java.time.Clock;
import java.util.ArrayList;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/**
 * The APIs that tokens can be asked for. The Management API itself is listed among them and cannot be changed; the My Account API is
 * activated by being created, and has scopes of its own.
 */
@RestController
@RequestMapping("/api/v2/resource-servers")
public class ResourceServersController {
    private static final String SYSTEM_ID = "management";
    private static final JsonNode NO = BooleanNode.FALSE;

    record New(
            @Length(min = 1, max = 600) String identifier,
            @JsonUnwrapped Change change) implements JsonBody {}

    record Change(
            @Nullable @Length(min = 1, max = 200) String name,
            @Nullable @Items(max = 1_000) List<NewScope> scopes,

            @Nullable @Range(min = 1, max = Api.LONGEST_TOKEN_LIFE)
            Integer tokenLifetime,

            @Nullable @OneOf("RS256") String signingAlg,
            @JsonUnwrapped Kept kept)
            implements JsonBody {
        Change {
            if (scopes != null
                    && scopes.stream().map(NewScope::value).distinct().count() < scopes.size())
                throw InvalidBody.on("scopes.value", "Items must be unique");
        }

        private ResourceServer applyTo(ResourceServer before) {
            var properties = new LinkedHashMap<>(before.properties());
            SentJson.of(kept).properties().forEach(sent -> properties.put(sent.getKey(), sent.getValue()));
            return new ResourceServer(
                    before.id(),
                    before.identifier(),
                    name == null ? before.name() : name,
                    scopes == null
                            ? before.scopes()
                            : scopes.stream().map(NewScope::scope).toList(),
                    tokenLifetime == null ? before.tokenLifetime() : tokenLifetime,
                    properties);
        }
    }

    record NewScope(
            @Length(min = 1, max = 280) String value,
            @Nullable @NullAllowed @Length(max = 500) String description) {
        NewScope {
            if (value.chars().anyMatch(Character::isWhitespace))
                throw InvalidBody.on("value", "A scope has no blank in it (RFC 6749 section 3.3)");
        }

        private Scope scope() {
            return new Scope(value, description == null ? "" : description);
        }
    }

    /** Given back as they were sent; null too. */
    record Kept(
            @Nullable JsonNode allowOfflineAccess,
            @Nullable JsonNode skipConsentForVerifiableFirstPartyClients,
            @Nullable JsonNode tokenDialect,
            @Nullable JsonNode enforcePolicies,
            @Nullable JsonNode tokenLifetimeForWeb,
            @Nullable JsonNode subjectTypeAuthorization,
            @Nullable JsonNode consentPolicy)
            implements JsonBody {}

    public record Shown(
            String id,
            String name,
            String identifier,
            boolean isSystem,
            @MembersOf(Kept.class) @JsonAnyGetter Map<String, JsonNode> kept,
            int tokenLifetime,
            String signingAlg,
            List<ShownScope> scopes)
            implements JsonAnswer {
        private static Shown of(ResourceServer api, Issuer issuer) {
            var scopes = api.scopes().stream()
                    .map(scope ->
                            new ShownScope(scope.value(), scope.description().isEmpty() ? null : scope.description()))
                    .toList();
            return new Shown(
                    api.id(),
                    api.name(),
                    Apis.absolute(api.identifier(), issuer.url()),
                    MyAccountApi.is(api),
                    api.properties(),
                    api.tokenLifetime(),
                    "RS256",
                    scopes);
        }

        private static Shown system(Issuer issuer) {
            var scopes = new TreeSet<>(ManagementScopes.ALL)
                    .stream().map(scope -> new ShownScope(scope, null)).toList();
            // By this name the deploy tool knows that it is not to be exported.
            var name = "Auth0 Management API";
            var kept = Map.of("allow_offline_access", NO);
            return new Shown(SYSTEM_ID, name, issuer.url() + Apis.MANAGEMENT, true, kept, 86_400, "RS256", scopes);
        }
    }

    public record ShownScope(String value, @Nullable String description) implements JsonAnswer {}

    private final ResourceServers apis;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    ResourceServersController(ResourceServers apis, RandomText random, Changes changes, Clock clock) {
        this.apis = apis;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:resource_servers")
    public Page<Shown> list(Caller caller, Paging paging, Issuer issuer) {
        var all = new ArrayList<Shown>();
        all.add(Shown.system(issuer));
        apis.list(caller.tenant()).forEach(api -> all.add(Shown.of(api, issuer)));
        var from = Math.min(paging.start(), all.size());
        var page = all.subList(from, Math.min(from + paging.size(), all.size()));
        return paging.page("resource_servers", page, all.size());
    }

    @GetMapping("/{id}")
    @RequiresScope("read:resource_servers")
    public Selected<Shown> read(@PathVariable String id, Caller caller, Paging paging, Issuer issuer) {
        return paging.selected(
                isSystem(id, issuer) ? Shown.system(issuer) : Shown.of(require(caller, id, issuer), issuer));
    }

    @PostMapping
    @RequiresScope("create:resource_servers")
    @ResponseStatus(HttpStatus.CREATED)
    Shown create(Caller caller, New body, Issuer issuer) {
        if (isReserved(body.identifier(), issuer)) throw conflict();
        var identifier = Apis.relative(body.identifier(), issuer.url());
        var blank = new ResourceServer(
                random.hex(24), identifier, identifier, List.of(), 86_400, Map.of("allow_offline_access", NO));
        var api = MyAccountApi.fitted(body.change().applyTo(blank));
        return changes.make(caller, "Create a resource server", api.id(), body, () -> {
            if (!apis.create(caller.tenant(), api, clock.instant())) throw conflict();
            return Shown.of(api, issuer);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:resource_servers")
    Shown update(@PathVariable String id, Caller caller, Change body, Issuer issuer) {
        refuseSystem(id, issuer);
        var api = require(caller, id, issuer);
        return changes.make(
                caller,
                "Update a resource server",
                api.id(),
                body,
                () -> Shown.of(
                        apis.update(caller.tenant(), api.id(), before -> MyAccountApi.fitted(body.applyTo(before)))
                                .orElseThrow(ResourceServersController::missing),
                        issuer));
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:resource_servers")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller, Issuer issuer) {
        refuseSystem(id, issuer);
        var api = require(caller, id, issuer);
        changes.make(caller, "Delete a resource server", api.id(), () -> apis.delete(caller.tenant(), api));
    }

    private ResourceServer require(Caller caller, String id, Issuer issuer) {
        return apis.find(caller.tenant(), Apis.relative(id, issuer.url()))
                .orElseThrow(ResourceServersController::missing);
    }

    private boolean isSystem(String id, Issuer issuer) {
        return id.equals(SYSTEM_ID) || id.equals(issuer.url() + Apis.MANAGEMENT);
    }

    private boolean isReserved(String identifier, Issuer issuer) {
        return isSystem(identifier, issuer)
                || identifier.equals(issuer.url() + Apis.MFA)
                || identifier.equals(Apis.MFA)
                || identifier.equals(Apis.MY_ACCOUNT)
                || identifier.equals(Apis.MANAGEMENT);
    }

    private void refuseSystem(String id, Issuer issuer) {
        if (isSystem(id, issuer))
            throw ManagementRefused.forbidden("operation_not_supported", "The Management API cannot be changed");
    }

    private static ManagementRefused missing() {
        return ManagementRefused.missing("inexistent_resource_server", "The resource server does not exist");
    }

    private static ManagementRefused conflict() {
        return ManagementRefused.conflict(
                "resource_server_conflict", "A resource server with this identifier already exists");
    }
}
