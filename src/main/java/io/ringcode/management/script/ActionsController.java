package io.ringcode.management.script;

import static io.ringcode.management.script.ScriptBodies.refusing;

import io.ringcode.action.Actions;
import io.ringcode.action.Actions.Action;
import io.ringcode.action.Actions.Change;
import io.ringcode.action.Builds;
import io.ringcode.action.Trigger;
import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
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

/** Actions: what is saved is built, and runs once it is deployed and bound. */
@RestController
@RequestMapping("/api/v2/actions")
class ActionsController {
    private final Actions actions;
    private final Builds builds;
    private final Changes changes;

    ActionsController(Actions actions, Builds builds, Changes changes) {
        this.actions = actions;
        this.builds = builds;
        this.changes = changes;
    }

    @GetMapping("/actions")
    @RequiresScope("read:actions")
    Map<String, Object> list(Caller caller, Paging paging, HttpServletRequest request) {
        var trigger = request.getParameter("triggerId");
        var name = request.getParameter("actionName");
        var deployed = request.getParameter("deployed") == null ? null : Paging.flag(request, "deployed", false);
        var all = actions.list(caller.tenant()).stream()
                .filter(action ->
                        trigger == null || action.script().trigger().id().equals(trigger))
                .filter(action -> name == null || action.script().name().equals(name))
                .filter(action -> deployed == null || deployed == (action.deployed() != null))
                .map(ActionBodies::shown)
                .toList();
        var here = all.stream().skip(paging.start()).limit(paging.size()).toList();
        return ScriptBodies.page(paging, "actions", here, all.size());
    }

    /** There are none: code that several actions share is not offered, and clients ask before they ask for actions. */
    @GetMapping("/modules")
    @RequiresScope("read:actions")
    Map<String, Object> modules(Paging paging) {
        return ScriptBodies.page(paging, "modules", java.util.List.of(), 0);
    }

    @PostMapping("/actions")
    @ResponseStatus(HttpStatus.CREATED)
    @RequiresScope("create:actions")
    Map<String, Object> create(Caller caller, Body body) {
        body.only("name", "supported_triggers", "code", "dependencies", "runtime", "secrets", "modules", "deploy");
        var name = body.text("name", 1, 255);
        var supported = ActionBodies.trigger(body);
        var change = change(body, null);
        var code = change.code() == null ? starter(supported.trigger()) : change.code();
        var whole = new Change(null, code, change.dependencies(), change.runtime(), change.secrets());
        check(whole, null);
        var deploy = body.flag("deploy", false);
        return ActionBodies.shown(changes.make(
                caller,
                "Create an action",
                name,
                body,
                () -> refusing("code", () -> {
                    var made = actions.create(caller.tenant(), name, supported.trigger(), supported.version(), whole);
                    return deploy
                            ? actions.deploy(caller.tenant(), made.script().id())
                                    .orElseThrow()
                            : made;
                })));
    }

    private static String starter(Trigger trigger) {
        return "exports." + trigger.entry() + " = async (event, api) => {\n};\n";
    }

    @GetMapping("/actions/{id}")
    @RequiresScope("read:actions")
    Map<String, Object> get(Caller caller, @PathVariable String id) {
        return ActionBodies.shown(find(caller.tenant(), id));
    }

    @PatchMapping("/actions/{id}")
    @RequiresScope("update:actions")
    Map<String, Object> update(Caller caller, @PathVariable String id, Body body) {
        body.only("name", "supported_triggers", "code", "dependencies", "runtime", "secrets", "modules");
        var before = find(caller.tenant(), id);
        if (body.has("supported_triggers")
                && ActionBodies.trigger(body).trigger() != before.script().trigger())
            throw ManagementRefused.body("supported_triggers", "An action keeps the trigger that it was made for");
        var change = change(body, body.has("name") ? body.text("name", 1, 255) : null);
        check(change, before);
        return ActionBodies.shown(changes.make(
                caller,
                "Update an action",
                id,
                body,
                () -> refusing("code", () -> actions.update(caller.tenant(), id, change))
                        .orElseThrow(ActionBodies::missing)));
    }

    @DeleteMapping("/actions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RequiresScope("delete:actions")
    void delete(Caller caller, @PathVariable String id, HttpServletRequest request) {
        find(caller.tenant(), id);
        var force = Paging.flag(request, "force", false);
        changes.make(
                caller,
                "Delete an action",
                id,
                () -> refusing("code", () -> actions.delete(caller.tenant(), id, force)));
    }

    private static Change change(Body body, @Nullable String name) {
        return new Change(
                name,
                body.has("code") ? body.text("code", 1, Builds.LONGEST_CODE) : null,
                ActionBodies.dependencies(body),
                body.has("runtime") ? body.choice("runtime", ActionBodies.RUNTIMES) : null,
                ActionBodies.secrets(body));
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

    private Action find(TenantId tenant, String id) {
        return actions.find(tenant, id).orElseThrow(ActionBodies::missing);
    }
}
