package io.ringcode.management.script;

import static io.ringcode.management.script.ScriptBodies.refusing;

import io.ringcode.action.Actions;
import io.ringcode.action.Actions.Action;
import io.ringcode.action.Execution;
import io.ringcode.action.Executions;
import io.ringcode.client.Caller;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.script.RunAnswer.Runs;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Versions of an action, their deployment, test runs and executions. */
@RestController
@RequestMapping("/api/v2/actions")
public class ActionVersionsController {
    private final Actions actions;
    private final Executions executions;
    private final Changes changes;

    ActionVersionsController(Actions actions, Executions executions, Changes changes) {
        this.actions = actions;
        this.executions = executions;
        this.changes = changes;
    }

    public record Versions(List<VersionAnswer> versions, long total, int page, int perPage) implements JsonAnswer {}

    /** @param payload the event that the action gets */
    public record Trial(ObjectNode payload) implements JsonBody {}

    public record Tested(RunAnswer payload) implements JsonAnswer {}

    record ExecutionAnswer(
            String id, String triggerId, String status, List<Result> results, IsoTime createdAt, IsoTime updatedAt)
            implements JsonAnswer {}

    record Result(
            String actionName, ActionAnswer.@Nullable Note error, Response response, IsoTime startedAt, IsoTime endedAt)
            implements JsonAnswer {}

    record Response(List<String> logs) implements JsonAnswer {}

    @PostMapping("/actions/{id}/deploy")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @RequiresScope("create:actions")
    public VersionAnswer deploy(Caller caller, @PathVariable String id) {
        return deployed(changes.make(
                caller,
                "Deploy an action",
                id,
                () -> refusing("code", () -> actions.deploy(caller.tenant(), id))
                        .orElseThrow(ActionsController::missing)));
    }

    @GetMapping("/actions/{id}/versions")
    @RequiresScope("read:actions")
    public Versions versions(Caller caller, @PathVariable String id, Paging paging) {
        var action = find(caller, id);
        var all = actions.versions(caller.tenant(), id);
        var here = all.stream()
                .skip(paging.start())
                .limit(paging.size())
                .map(version -> VersionAnswer.of(action.script(), version, List.of()))
                .toList();
        return new Versions(here, all.size(), ScriptBodies.page(paging), paging.size());
    }

    @GetMapping("/actions/{id}/versions/{version}")
    @RequiresScope("read:actions")
    VersionAnswer version(Caller caller, @PathVariable String id, @PathVariable String version) {
        var action = find(caller, id);
        return actions.versions(caller.tenant(), id).stream()
                .filter(each -> each.id().toString().equals(version))
                .findFirst()
                .map(each -> VersionAnswer.of(action.script(), each, List.of()))
                .orElseThrow(ActionVersionsController::noVersion);
    }

    @PostMapping("/actions/{id}/versions/{version}/deploy")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @RequiresScope("create:actions")
    public VersionAnswer deployVersion(Caller caller, @PathVariable String id, @PathVariable String version) {
        find(caller, id);
        var wanted = uuid(version).orElseThrow(ActionVersionsController::noVersion);
        return deployed(changes.make(
                caller,
                "Deploy an earlier version of an action",
                id,
                () -> refusing("code", () -> actions.deploy(caller.tenant(), id, wanted))
                        .orElseThrow(ActionVersionsController::noVersion)));
    }

    private static VersionAnswer deployed(Action action) {
        return VersionAnswer.of(action.script(), Objects.requireNonNull(action.deployed()), List.of());
    }

    /** Runs the saved code for real. */
    @PostMapping("/actions/{id}/test")
    @RequiresScope("create:actions")
    public Tested test(Caller caller, @PathVariable String id, Trial trial) {
        find(caller, id);
        var ran = refusing("code", () -> executions.testAction(caller.tenant(), id, trial.payload()));
        changes.make(caller, "Test an action", id, () -> id);
        return new Tested(RunAnswer.of(ran.orElseThrow(ActionsController::missing)));
    }

    @GetMapping("/actions/{id}/executions")
    @RequiresScope("read:actions")
    public Runs executions(Caller caller, @PathVariable String id, Paging paging) {
        find(caller, id);
        return Runs.of(executions, caller.tenant(), id, paging);
    }

    @GetMapping("/executions/{id}")
    @RequiresScope("read:actions")
    ExecutionAnswer execution(Caller caller, @PathVariable String id) {
        var execution = uuid(id).flatMap(known -> executions.find(caller.tenant(), known))
                .orElseThrow(() -> ManagementRefused.missing(null, "That execution does not exist."));
        var name = actions.find(caller.tenant(), execution.script())
                .map(action -> action.script().name())
                .orElse(execution.script());
        var at = new IsoTime(execution.at());
        return new ExecutionAnswer(
                execution.id().toString(), execution.trigger().id(), "final", List.of(result(execution, name)), at, at);
    }

    private static Result result(Execution execution, String name) {
        var error = execution.error() == null
                ? null
                : new ActionAnswer.Note(execution.result().wire(), execution.error());
        return new Result(
                name,
                error,
                new Response(execution.log()),
                new IsoTime(execution.at().minus(execution.took())),
                new IsoTime(execution.at()));
    }

    private Action find(Caller caller, String id) {
        return actions.find(caller.tenant(), id).orElseThrow(ActionsController::missing);
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
