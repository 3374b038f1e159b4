package io.ringcode.management.script;

import static io.ringcode.management.script.ScriptBodies.refusing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringcode.action.Builds;
import io.ringcode.action.Draft;
import io.ringcode.action.Hooks;
import io.ringcode.action.Hooks.Hook;
import io.ringcode.action.Trigger;
import io.ringcode.client.Caller;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.Selected;
import io.ringcode.tenant.TenantId;
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

/** Hooks: a tenant's scripts in Auth0's classic form. What is saved is checked and built first, and then runs at once. */
@RestController
@RequestMapping("/api/v2/hooks")
public class HooksController {
    static final String NAME = "[a-zA-Z0-9](?:[ \\-a-zA-Z0-9]{0,98}[a-zA-Z0-9])?";

    private final Hooks hooks;
    private final Builds builds;
    private final Changes changes;

    HooksController(Hooks hooks, Builds builds, Changes changes) {
        this.hooks = hooks;
        this.builds = builds;
        this.changes = changes;
    }

    public record HookAnswer(
            String id,
            @JsonProperty("triggerId") String triggerId,
            String name,
            boolean enabled,
            String script,
            Map<String, String> dependencies)
            implements JsonAnswer {
        static HookAnswer of(Hook hook) {
            return new HookAnswer(
                    hook.script().id(),
                    hook.script().trigger().id(),
                    hook.script().name(),
                    hook.script().enabled(),
                    hook.version().code(),
                    hook.version().dependencies());
        }
    }

    /** @param dependencies names of packages to versions or ranges */
    public record NewHook(
            @Matches(NAME) String name,
            @Length(min = 1, max = Builds.LONGEST_CODE) String script,
            @JsonProperty("triggerId") String triggerId,
            @Nullable Boolean enabled,
            @Nullable Map<String, String> dependencies)
            implements JsonBody {
        public NewHook {
            if (Trigger.of(triggerId).filter(Trigger.SEND_PHONE_MESSAGE::equals).isEmpty())
                throw InvalidBody.on("triggerId", "This server runs hooks of the trigger send-phone-message only");
        }
    }

    public record HookChange(
            @Nullable @Matches(NAME) String name,

            @Nullable @Length(min = 1, max = Builds.LONGEST_CODE)
            String script,

            @Nullable Boolean enabled,
            @Nullable Map<String, String> dependencies)
            implements JsonBody {}

    @GetMapping
    @RequiresScope("read:hooks")
    public Page<HookAnswer> list(
            Caller caller,
            Paging paging,
            @RequestParam @Nullable String triggerId,
            @RequestParam @Nullable String enabled) {
        var answering = enabled == null ? null : Paging.flag("enabled", enabled, false);
        var all = hooks.list(caller.tenant()).stream()
                .filter(hook ->
                        triggerId == null || hook.script().trigger().id().equals(triggerId))
                .filter(hook -> answering == null || hook.script().enabled() == answering)
                .map(HookAnswer::of)
                .toList();
        var here = all.stream().skip(paging.start()).limit(paging.size()).toList();
        return paging.page("hooks", here, all.size());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RequiresScope("create:hooks")
    public HookAnswer create(Caller caller, NewHook body) {
        var name = body.name();
        var enabled = Boolean.TRUE.equals(body.enabled());
        var dependencies = body.dependencies() == null ? Map.<String, String>of() : body.dependencies();
        var draft = build(caller.tenant(), name, body.script(), dependencies, null);
        return HookAnswer.of(changes.make(
                caller,
                "Create a hook",
                name,
                body,
                () -> refusing(
                        "script",
                        () -> hooks.create(caller.tenant(), name, Trigger.SEND_PHONE_MESSAGE, enabled, draft))));
    }

    @GetMapping("/{id}")
    @RequiresScope("read:hooks")
    public Selected<HookAnswer> get(Caller caller, @PathVariable String id, Paging paging) {
        return paging.selected(HookAnswer.of(find(caller.tenant(), id)));
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:hooks")
    public HookAnswer update(Caller caller, @PathVariable String id, HookChange body) {
        var draft = changed(caller.tenant(), body, find(caller.tenant(), id));
        return HookAnswer.of(changes.make(
                caller,
                "Update a hook",
                id,
                body,
                () -> refusing("script", () -> hooks.update(caller.tenant(), id, body.name(), body.enabled(), draft))
                        .orElseThrow(HooksController::missing)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RequiresScope("delete:hooks")
    public void delete(Caller caller, @PathVariable String id) {
        find(caller.tenant(), id);
        changes.make(caller, "Delete a hook", id, () -> hooks.delete(caller.tenant(), id));
    }

    private Hook find(TenantId tenant, String id) {
        return hooks.find(tenant, id).orElseThrow(HooksController::missing);
    }

    static ManagementRefused missing() {
        return ManagementRefused.missing("HookDoesNotExist", "Error: Hook does not exist");
    }

    /** @return null where the code and what it requires stay as they are */
    private @Nullable Draft changed(TenantId tenant, HookChange body, Hook before) {
        var stored = before.version();
        var code = body.script() == null ? stored.code() : body.script();
        var dependencies = body.dependencies() == null ? stored.dependencies() : body.dependencies();
        var same = code.equals(stored.code()) && dependencies.equals(stored.dependencies());
        return same ? null : build(tenant, before.script().name(), code, dependencies, before);
    }

    /** May take minutes, and so comes before any transaction. */
    private Draft build(
            TenantId tenant, String name, String code, Map<String, String> dependencies, @Nullable Hook before) {
        var version = before == null ? null : before.version();
        return refusing("script", () -> builds.build(tenant, name, code, dependencies, version));
    }
}
