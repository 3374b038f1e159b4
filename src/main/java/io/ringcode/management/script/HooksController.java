package io.ringcode.management.script;

import static io.ringcode.management.script.ScriptBodies.refusing;

import io.ringcode.action.Builds;
import io.ringcode.action.Draft;
import io.ringcode.action.Hooks;
import io.ringcode.action.Hooks.Hook;
import io.ringcode.action.Trigger;
import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
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

/** Hooks: a tenant's scripts in Auth0's classic form. What is saved is checked and built first, and then runs at once. */
@RestController
@RequestMapping("/api/v2/hooks")
class HooksController {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9](?:[ \\-a-zA-Z0-9]{0,98}[a-zA-Z0-9])?");

    private final Hooks hooks;
    private final Builds builds;
    private final Changes changes;

    HooksController(Hooks hooks, Builds builds, Changes changes) {
        this.hooks = hooks;
        this.builds = builds;
        this.changes = changes;
    }

    @GetMapping
    @RequiresScope("read:hooks")
    Object list(Caller caller, Paging paging, HttpServletRequest request) {
        var trigger = request.getParameter("triggerId");
        var enabled = request.getParameter("enabled") == null ? null : Paging.flag(request, "enabled", false);
        var all = hooks.list(caller.tenant()).stream()
                .filter(hook -> trigger == null || hook.script().trigger().id().equals(trigger))
                .filter(hook -> enabled == null || hook.script().enabled() == enabled)
                .map(HooksController::shown)
                .toList();
        var here = all.stream().skip(paging.start()).limit(paging.size()).toList();
        return paging.page("hooks", here, all.size());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RequiresScope("create:hooks")
    Map<String, Object> create(Caller caller, Body body) {
        body.only("name", "script", "triggerId", "enabled", "dependencies");
        var name = body.text("name", NAME);
        var code = body.text("script", 1, Builds.LONGEST_CODE);
        var trigger = trigger(body);
        var enabled = body.flag("enabled", false);
        var draft = build(caller.tenant(), name, code, dependencies(body), null);
        return shown(changes.make(
                caller,
                "Create a hook",
                name,
                body,
                () -> refusing("script", () -> hooks.create(caller.tenant(), name, trigger, enabled, draft))));
    }

    @GetMapping("/{id}")
    @RequiresScope("read:hooks")
    Map<String, Object> get(Caller caller, @PathVariable String id, Paging paging) {
        return paging.select(shown(find(caller.tenant(), id)));
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:hooks")
    Map<String, Object> update(Caller caller, @PathVariable String id, Body body) {
        body.only("name", "script", "enabled", "dependencies");
        var before = find(caller.tenant(), id);
        var name = body.has("name") ? body.text("name", NAME) : null;
        var enabled = body.has("enabled") ? Boolean.valueOf(body.flag("enabled")) : null;
        var draft = changed(caller.tenant(), body, before);
        return shown(changes.make(
                caller,
                "Update a hook",
                id,
                body,
                () -> refusing("script", () -> hooks.update(caller.tenant(), id, name, enabled, draft))
                        .orElseThrow(HooksController::missing)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RequiresScope("delete:hooks")
    void delete(Caller caller, @PathVariable String id) {
        find(caller.tenant(), id);
        changes.make(caller, "Delete a hook", id, () -> hooks.delete(caller.tenant(), id));
    }

    private Hook find(TenantId tenant, String id) {
        return hooks.find(tenant, id).orElseThrow(HooksController::missing);
    }

    static ManagementRefused missing() {
        return ManagementRefused.missing("HookDoesNotExist", "Error: Hook does not exist");
    }

    private static Trigger trigger(Body body) {
        return Trigger.of(body.text("triggerId"))
                .filter(trigger -> trigger == Trigger.SEND_PHONE_MESSAGE)
                .orElseThrow(() -> ManagementRefused.body(
                        "triggerId", "This server runs hooks of the trigger send-phone-message only"));
    }

    /** @return null where the code and what it requires stay as they are */
    private @Nullable Draft changed(TenantId tenant, Body body, Hook before) {
        var code = body.has("script")
                ? body.text("script", 1, Builds.LONGEST_CODE)
                : before.version().code();
        var dependencies =
                body.has("dependencies") ? dependencies(body) : before.version().dependencies();
        var same = code.equals(before.version().code())
                && dependencies.equals(before.version().dependencies());
        return same ? null : build(tenant, before.script().name(), code, dependencies, before);
    }

    /** May take minutes, and so comes before any transaction. */
    private Draft build(
            TenantId tenant, String name, String code, Map<String, String> dependencies, @Nullable Hook before) {
        var version = before == null ? null : before.version();
        return refusing("script", () -> builds.build(tenant, name, code, dependencies, version));
    }

    private static Map<String, String> dependencies(Body body) {
        var dependencies = new LinkedHashMap<String, String>();
        if (!body.has("dependencies")) return dependencies;
        var given = body.object("dependencies");
        for (var name : given.names()) dependencies.put(name, given.text(name));
        return dependencies;
    }

    static Map<String, Object> shown(Hook hook) {
        return new ResponseObject()
                .put("id", hook.script().id())
                .put("triggerId", hook.script().trigger().id())
                .put("name", hook.script().name())
                .put("enabled", hook.script().enabled())
                .put("script", hook.version().code())
                .put("dependencies", hook.version().dependencies())
                .members();
    }
}
