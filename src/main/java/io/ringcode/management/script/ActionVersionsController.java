package io.ringcode.management.script;

import static io.ringcode.management.script.ScriptBodies.refusing;

import io.ringcode.action.Actions;
import io.ringcode.action.Actions.Action;
import io.ringcode.action.Execution;
import io.ringcode.action.Executions;
import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/** Versions of an action, their deployment, test runs and executions. */
@RestController
@RequestMapping("/api/v2/actions")
class ActionVersionsController {
    private final Actions actions;
    private final Executions executions;
    private final Changes changes;
    private final ObjectMapper json;

    ActionVersionsController(Actions actions, Executions executions, Changes changes, ObjectMapper json) {
        this.actions = actions;
        this.executions = executions;
        this.changes = changes;
        this.json = json;
    }

    @PostMapping("/actions/{id}/deploy")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @RequiresScope("create:actions")
    Map<String, Object> deploy(Caller caller, @PathVariable String id) {
        return deployed(changes.make(
                caller,
                "Deploy an action",
                id,
                () -> refusing("code", () -> actions.deploy(caller.tenant(), id))
                        .orElseThrow(ActionBodies::missing)));
    }

    @GetMapping("/actions/{id}/versions")
    @RequiresScope("read:actions")
    Map<String, Object> versions(Caller caller, @PathVariable String id, Paging paging) {
        var action = find(caller, id);
        var all = actions.versions(caller.tenant(), id);
        var here = all.stream()
                .skip(paging.start())
                .limit(paging.size())
                .map(version -> ActionBodies.shown(action.script(), version, List.of()))
                .toList();
        return ScriptBodies.page(paging, "versions", here, all.size());
    }

    @GetMapping("/actions/{id}/versions/{version}")
    @RequiresScope("read:actions")
    Map<String, Object> version(Caller caller, @PathVariable String id, @PathVariable String version) {
        var action = find(caller, id);
        return actions.versions(caller.tenant(), id).stream()
                .filter(each -> each.id().toString().equals(version))
                .findFirst()
                .map(each -> ActionBodies.shown(action.script(), each, List.of()))
                .orElseThrow(ActionVersionsController::noVersion);
    }

    @PostMapping("/actions/{id}/versions/{version}/deploy")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @RequiresScope("create:actions")
    Map<String, Object> deployVersion(Caller caller, @PathVariable String id, @PathVariable String version) {
        find(caller, id);
        var wanted = uuid(version).orElseThrow(ActionVersionsController::noVersion);
        return deployed(changes.make(
                caller,
                "Deploy an earlier version of an action",
                id,
                () -> refusing("code", () -> actions.deploy(caller.tenant(), id, wanted))
                        .orElseThrow(ActionVersionsController::noVersion)));
    }

    private static Map<String, Object> deployed(Action action) {
        return ActionBodies.shown(action.script(), Objects.requireNonNull(action.deployed()), List.of());
    }

    /** Runs the saved code for real. */
    @PostMapping("/actions/{id}/test")
    @RequiresScope("create:actions")
    Map<String, Object> test(Caller caller, @PathVariable String id, Body body) {
        var event = json.createObjectNode();
        body.only("payload").object("payload").raw().forEach(event::set);
        find(caller, id);
        var ran = refusing("code", () -> executions.testAction(caller.tenant(), id, event));
        changes.make(caller, "Test an action", id, () -> id);
        return Map.of("payload", ScriptBodies.shown(ran.orElseThrow(ActionBodies::missing)));
    }

    @GetMapping("/actions/{id}/executions")
    @RequiresScope("read:actions")
    Map<String, Object> executions(Caller caller, @PathVariable String id, Paging paging) {
        find(caller, id);
        var shown = executions.of(caller.tenant(), id, paging.start(), paging.size()).stream()
                .map(ScriptBodies::shown)
                .toList();
        return ScriptBodies.page(paging, "executions", shown, executions.count(caller.tenant(), id));
    }

    @GetMapping("/executions/{id}")
    @RequiresScope("read:actions")
    Map<String, Object> execution(Caller caller, @PathVariable String id) {
        var execution = uuid(id).flatMap(known -> executions.find(caller.tenant(), known))
                .orElseThrow(() -> ManagementRefused.missing(null, "That execution does not exist."));
        var name = actions.find(caller.tenant(), execution.script())
                .map(action -> action.script().name())
                .orElse(execution.script());
        return new ResponseObject()
                .put("id", execution.id().toString())
                .put("trigger_id", execution.trigger().id())
                .put("status", "final")
                .put("results", List.of(result(execution, name)))
                .put("created_at", execution.at())
                .put("updated_at", execution.at())
                .members();
    }

    private static Map<String, Object> result(Execution execution, String name) {
        var error = execution.error() == null
                ? null
                : Map.of("id", execution.result().wire(), "msg", execution.error());
        return new ResponseObject()
                .put("action_name", name)
                .put("error", error)
                .put("response", Map.of("logs", execution.log()))
                .put("started_at", execution.at().minus(execution.took()))
                .put("ended_at", execution.at())
                .members();
    }

    private Action find(Caller caller, String id) {
        return actions.find(caller.tenant(), id).orElseThrow(ActionBodies::missing);
    }

    private static ManagementRefused noVersion() {
        return ManagementRefused.missing(null, "That version does not exist.");
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
