package io.ringcode.management.script;

import static io.ringcode.management.script.ScriptBodies.refusing;

import io.ringcode.action.Actions;
import io.ringcode.action.Actions.Action;
import io.ringcode.action.Actions.Change;
import io.ringcode.action.Builds;
import io.ringcode.client.Caller;
import io.ringcode.json.JsonAnswer;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.script.ActionBodies.ActionChange;
import io.ringcode.management.script.ActionBodies.NewAction;
import io.ringcode.tenant.TenantId;
import java.util.List;
import java.util.Map;
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

/** Actions: what is saved is built, and runs once it is deployed and bound. */
@RestController
@RequestMapping("/api/v2/actions")
public class ActionsController {
    private final Actions actions;
    private final Builds builds;
    private final Changes changes;

    ActionsController(Actions actions, Builds builds, Changes changes) {
        this.actions = actions;
        this.builds = builds;
        this.changes = changes;
    }

    public record Listed(List<ActionAnswer> actions, long total, int page, int perPage) implements JsonAnswer {}

    public record Modules(List<JsonNode> modules, long total, int page, int perPage) implements JsonAnswer {}

    @GetMapping("/actions")
    @RequiresScope("read:actions")
    public Listed list(
            Caller caller,
            Paging paging,
            @RequestParam @Nullable String triggerId,
            @RequestParam @Nullable String actionName,
            @RequestParam @Nullable String deployed) {
        var running = deployed == null ? null : Paging.flag("deployed", deployed, false);
        var all = actions.list(caller.tenant()).stream()
                .filter(action ->
                        triggerId == null || action.script().trigger().id().equals(triggerId))
                .filter(action -> actionName == null || action.script().name().equals(actionName))
                .filter(action -> running == null || running == (action.deployed() != null))
                .toList();
        var here = all.stream()
                .skip(paging.start())
                .limit(paging.size())
                .map(ActionAnswer::of)
                .toList();
        return new Listed(here, all.size(), ScriptBodies.page(paging), paging.size());
    }

    /** There are none: code that several actions share is not offered, and clients ask before they ask for actions. */
    @GetMapping("/modules")
    @RequiresScope("read:actions")
    Modules modules(Paging paging) {
        return new Modules(List.of(), 0, ScriptBodies.page(paging), paging.size());
    }

    @PostMapping("/actions")
    @ResponseStatus(HttpStatus.CREATED)
    @RequiresScope("create:actions")
    public ActionAnswer create(Caller caller, NewAction body) {
        var name = body.name();
        var supported = body.trigger();
        var change = body.change();
        check(change, null);
        return ActionAnswer.of(changes.make(
                caller,
                "Create an action",
                name,
                body,
                () -> refusing("code", () -> {
                    var made = actions.create(
                            caller.tenant(), name, supported.trigger(), supported.versionOrCurrent(), change);
                    return Boolean.TRUE.equals(body.deploy())
                            ? actions.deploy(caller.tenant(), made.script().id())
                                    .orElseThrow()
                            : made;
                })));
    }

    @GetMapping("/actions/{id}")
    @RequiresScope("read:actions")
    public ActionAnswer get(Caller caller, @PathVariable String id) {
        return ActionAnswer.of(find(caller.tenant(), id));
    }

    @PatchMapping("/actions/{id}")
    @RequiresScope("update:actions")
    public ActionAnswer update(Caller caller, @PathVariable String id, ActionChange body) {
        var before = find(caller.tenant(), id);
        if (!body.fits(before.script().trigger()))
            throw ManagementRefused.body("supported_triggers", "An action keeps the trigger that it was made for");
        var change = body.change();
        check(change, before);
        return ActionAnswer.of(changes.make(
                caller,
                "Update an action",
                id,
                body,
                () -> refusing("code", () -> actions.update(caller.tenant(), id, change))
                        .orElseThrow(ActionsController::missing)));
    }

    @DeleteMapping("/actions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RequiresScope("delete:actions")
    public void delete(Caller caller, @PathVariable String id, @RequestParam @Nullable String force) {
        find(caller.tenant(), id);
        var bound = Paging.flag("force", force, false);
        changes.make(
                caller,
                "Delete an action",
                id,
                () -> refusing("code", () -> actions.delete(caller.tenant(), id, bound)));
    }

    /** Before any transaction: it starts a process. */
    private void check(Change change, @Nullable Action before) {
        if (change.code() == null && change.dependencies() == null) return;
        var code = change.code() != null
                ? change.code()
                : before == null ? "" : before.newest().code();
        var dependencies = change.dependencies() == null ? Map.<String, String>of() : change.dependencies();
        refusing("code", () -> {
            builds.check(code, dependencies);
            return code;
        });
    }

    static ManagementRefused missing() {
        return ManagementRefused.missing(null, "That action does not exist.");
    }

    private Action find(TenantId tenant, String id) {
        return actions.find(tenant, id).orElseThrow(ActionsController::missing);
    }
}
