package io.ringcode.management.client;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connection;
import io.ringcode.client.Connections;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.Rule.MembersOf;
import io.ringcode.json.SentJson;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.Selected;
import io.ringcode.secret.RandomText;
import io.ringcode.user.Directory;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The connections: directories of users. Databases of users and passwords are the ones that people can sign in from. */
@RestController
@RequestMapping("/api/v2/connections")
public class ConnectionsController {
    record EnabledClient(String clientId) implements JsonAnswer {}

    record Shown(
            String id,
            Map<String, JsonNode> options,
            String strategy,
            String name,

            @MembersOf(ConnectionBodies.Kept.class) @JsonAnyGetter
            Map<String, Object> kept,

            List<String> enabledClients)
            implements JsonAnswer {
        private static Shown of(Connection connection) {
            var kept = new LinkedHashMap<String, Object>();
            kept.put("is_domain_connection", false);
            kept.put("realms", List.of(connection.name()));
            kept.putAll(connection.properties());
            return new Shown(
                    connection.id(),
                    connection.options(),
                    connection.strategy(),
                    connection.name(),
                    kept,
                    connection.enabledClients());
        }
    }

    private final Connections connections;
    private final Clients clients;
    private final Directory users;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    ConnectionsController(
            Connections connections,
            Clients clients,
            Directory users,
            RandomText random,
            Changes changes,
            Clock clock) {
        this.connections = connections;
        this.clients = clients;
        this.users = users;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:connections")
    Page<Shown> list(
            Caller caller,
            Paging paging,
            @RequestParam(required = false) @Nullable String strategy,
            @RequestParam(required = false) @Nullable String name) {
        var tenant = caller.tenant();
        var size = paging.checkpoint() ? paging.size() + 1 : paging.size();
        var found = connections.list(tenant, paging.from(), strategy, name, paging.start(), size).stream()
                .map(Shown::of)
                .toList();
        if (paging.checkpoint()) return paging.step("connections", found, Shown::id);
        return paging.page("connections", found, paging.totals() ? connections.count(tenant, strategy, name) : 0);
    }

    @GetMapping("/{id}")
    @RequiresScope("read:connections")
    Selected<Shown> read(@PathVariable String id, Caller caller, Paging paging) {
        return paging.selected(Shown.of(require(caller, id)));
    }

    @PostMapping
    @RequiresScope("create:connections")
    @ResponseStatus(HttpStatus.CREATED)
    Shown create(Caller caller, ConnectionBodies.New body) {
        var blank = new Connection(
                "con_" + random.mixed(16),
                body.name(),
                body.strategy(),
                Map.of(),
                Map.of(),
                List.of(),
                clock.instant());
        var connection = changed(caller, blank, body.change());
        return changes.make(caller, "Create a connection", connection.id(), body, () -> {
            if (!connections.create(caller.tenant(), connection))
                throw ManagementRefused.conflict(
                        "connection_conflict", "A connection with the name " + connection.name() + " already exists");
            return Shown.of(connection);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:connections")
    Shown update(@PathVariable String id, Caller caller, ConnectionBodies.Change body) {
        require(caller, id);
        return changes.make(
                caller,
                "Update a connection",
                id,
                body,
                () -> Shown.of(connections
                        .update(caller.tenant(), id, before -> changed(caller, before, body))
                        .orElseThrow(ConnectionsController::missing)));
    }

    /** The users of the connection go with it. */
    @DeleteMapping("/{id}")
    @RequiresScope("delete:connections")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        var connection = require(caller, id);
        changes.make(caller, "Delete a connection", id, () -> {
            users.deleteAll(caller.tenant(), connection.name());
            return connections.delete(caller.tenant(), connection);
        });
    }

    @GetMapping("/{id}/clients")
    @RequiresScope("read:connections")
    Page<EnabledClient> clients(@PathVariable String id, Caller caller, Paging paging) {
        var after = paging.from();
        var enabled = require(caller, id).enabledClients().stream()
                .sorted()
                .filter(client -> after == null || client.compareTo(after) > 0)
                .limit(paging.size() + 1L)
                .map(EnabledClient::new)
                .toList();
        return paging.step("clients", enabled, EnabledClient::clientId);
    }

    @PatchMapping("/{id}/clients")
    @RequiresScope("update:connections")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setClients(@PathVariable String id, Caller caller, ConnectionBodies.Enabling body) {
        require(caller, id);
        var wanted = body.clients().stream()
                .collect(Collectors.toMap(
                        ConnectionBodies.EnabledOrNot::clientId,
                        ConnectionBodies.EnabledOrNot::status,
                        (_, last) -> last));
        requireClients(caller, wanted.keySet());
        changes.make(
                caller,
                "Update the clients of a connection",
                id,
                () -> connections.update(caller.tenant(), id, before -> {
                    var enabled = new LinkedHashSet<>(before.enabledClients());
                    wanted.forEach((client, on) -> {
                        if (on) enabled.add(client);
                        else enabled.remove(client);
                    });
                    return with(before, before.options(), before.properties(), List.copyOf(enabled));
                }));
    }

    private Connection changed(Caller caller, Connection before, ConnectionBodies.Change change) {
        var options = change.options() == null ? before.options() : members(change.options());
        if (change.enabledClients() != null) requireClients(caller, Set.copyOf(change.enabledClients()));
        var enabled = change.enabledClients() == null ? before.enabledClients() : change.enabledClients();
        var properties = new LinkedHashMap<>(before.properties());
        properties.putAll(members(SentJson.of(change.kept())));
        return with(before, options, properties, List.copyOf(new LinkedHashSet<>(enabled)));
    }

    private static Map<String, JsonNode> members(ObjectNode object) {
        var members = new LinkedHashMap<String, JsonNode>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    private void requireClients(Caller caller, Set<String> named) {
        for (var client : named)
            if (clients.find(caller.tenant(), new ClientId(client)).isEmpty())
                throw InvalidBody.on("enabled_clients", "There is no such client");
    }

    private Connection require(Caller caller, String id) {
        return connections.find(caller.tenant(), id).orElseThrow(ConnectionsController::missing);
    }

    public static ManagementRefused missing() {
        return ManagementRefused.missing("inexistent_connection", "The connection does not exist");
    }

    private static Connection with(
            Connection before, Map<String, JsonNode> options, Map<String, JsonNode> properties, List<String> enabled) {
        return new Connection(
                before.id(), before.name(), before.strategy(), options, properties, enabled, before.createdAt());
    }
}
