package io.ringcode.management.client;

import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connection;
import io.ringcode.client.Connections;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.secret.RandomText;
import io.ringcode.user.Directory;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

/** The connections: directories of users. Databases of users and passwords are the ones that people can sign in from. */
@RestController
@RequestMapping("/api/v2/connections")
public class ConnectionsController {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,126}[a-zA-Z0-9])?");
    private static final Set<String> CHANGEABLE = Set.of(
            "options",
            "enabled_clients",
            "is_domain_connection",
            "show_as_button",
            "realms",
            "metadata",
            "display_name",
            "authentication",
            "connected_accounts");

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
    Object list(Caller caller, Paging paging, HttpServletRequest request) {
        var strategy = request.getParameter("strategy");
        var name = request.getParameter("name");
        var tenant = caller.tenant();
        var size = paging.checkpoint() ? paging.size() + 1 : paging.size();
        var found = connections.list(tenant, paging.from(), strategy, name, paging.start(), size).stream()
                .map(ConnectionsController::shown)
                .toList();
        if (paging.checkpoint()) return paging.step("connections", found, item -> String.valueOf(item.get("id")));
        return paging.page("connections", found, paging.totals() ? connections.count(tenant, strategy, name) : 0);
    }

    @GetMapping("/{id}")
    @RequiresScope("read:connections")
    Map<String, Object> read(@PathVariable String id, Caller caller, Paging paging) {
        return paging.select(shown(require(caller, id)));
    }

    @PostMapping
    @RequiresScope("create:connections")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, Body body) {
        var allowed = new LinkedHashSet<>(CHANGEABLE);
        allowed.addAll(Set.of("name", "strategy"));
        body.only(allowed);
        var blank = new Connection(
                "con_" + random.mixed(16),
                body.text("name", NAME),
                body.choice("strategy", Set.of(Connection.DATABASE)),
                Map.of(),
                Map.of(),
                List.of(),
                clock.instant());
        var connection = changed(caller, blank, body);
        return changes.make(caller, "Create a connection", connection.id(), body, () -> {
            if (!connections.create(caller.tenant(), connection))
                throw ManagementRefused.conflict(
                        "connection_conflict", "A connection with the name " + connection.name() + " already exists");
            return shown(connection);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:connections")
    Map<String, Object> update(@PathVariable String id, Caller caller, Body body) {
        require(caller, id);
        body.only(CHANGEABLE);
        return changes.make(
                caller,
                "Update a connection",
                id,
                body,
                () -> shown(connections
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
    Object clients(@PathVariable String id, Caller caller, Paging paging) {
        var after = paging.from();
        var enabled = require(caller, id).enabledClients().stream()
                .sorted()
                .filter(client -> after == null || client.compareTo(after) > 0)
                .limit(paging.size() + 1L)
                .map(client -> Map.of("client_id", client))
                .toList();
        return paging.step("clients", enabled, item -> String.valueOf(item.get("client_id")));
    }

    @PatchMapping("/{id}/clients")
    @RequiresScope("update:connections")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setClients(@PathVariable String id, Caller caller, Body body) {
        require(caller, id);
        var wanted = body.objects(50).stream()
                .collect(Collectors.toMap(
                        item -> item.only("client_id", "status").text("client_id"),
                        item -> item.flag("status"),
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

    private Connection changed(Caller caller, Connection before, Body body) {
        Map<String, JsonNode> options = body.has("options") ? options(body.object("options")) : before.options();
        var enabled = body.has("enabled_clients") ? body.texts("enabled_clients", 10_000) : before.enabledClients();
        if (body.has("enabled_clients")) requireClients(caller, Set.copyOf(enabled));
        var properties = new LinkedHashMap<>(before.properties());
        for (var name : CHANGEABLE)
            if (body.has(name) && !name.equals("options") && !name.equals("enabled_clients"))
                properties.put(name, body.raw(name));
        return with(before, options, properties, List.copyOf(new LinkedHashSet<>(enabled)));
    }

    /** Options are kept and shown as they are, so they must hold no secret. */
    private static Map<String, JsonNode> options(Body options) {
        for (var name : List.of("configuration", "customScripts"))
            if (options.has(name) && !options.object(name).names().isEmpty())
                throw ManagementRefused.body("options." + name, "This server runs no database scripts");
        return options.raw();
    }

    private void requireClients(Caller caller, Set<String> named) {
        for (var client : named)
            if (clients.find(caller.tenant(), new ClientId(client)).isEmpty())
                throw ManagementRefused.body("enabled_clients", "There is no such client");
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

    private static Map<String, Object> shown(Connection connection) {
        return new ResponseObject()
                .put("id", connection.id())
                .put("options", connection.options())
                .put("strategy", connection.strategy())
                .put("name", connection.name())
                .put("is_domain_connection", false)
                .put("realms", List.of(connection.name()))
                .putAll(connection.properties())
                .put("enabled_clients", connection.enabledClients())
                .members();
    }
}
