package io.ringcode.management.script;

import static io.ringcode.management.script.ScriptBodies.refusing;

import io.ringcode.action.Builds;
import io.ringcode.action.Executions;
import io.ringcode.action.Hooks;
import io.ringcode.action.Version;
import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.text.Typed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Builds, versions, test runs and executions of hooks, which Auth0 has in its editor only. */
@RestController
@RequestMapping("/api/v2/hooks")
class HookRunsController {
    private static final String SAMPLE_TEXT = "Your verification code is: 123456";

    private final Hooks hooks;
    private final Builds builds;
    private final Executions executions;
    private final Changes changes;
    private final ObjectMapper json;

    HookRunsController(Hooks hooks, Builds builds, Executions executions, Changes changes, ObjectMapper json) {
        this.hooks = hooks;
        this.builds = builds;
        this.executions = executions;
        this.changes = changes;
        this.json = json;
    }

    /** Installations on this server: those under way, for which a save waits, and those of the last minutes. */
    @GetMapping("/builds")
    @RequiresScope("read:hooks")
    Map<String, Object> builds(Caller caller) {
        return Map.of(
                "builds",
                builds.progress(caller.tenant()).stream()
                        .map(progress -> new ResponseObject()
                                .put("name", progress.build().what())
                                .put("dependencies", progress.build().dependencies())
                                .put("status", progress.status().wire())
                                .put("message", progress.message())
                                .put("started_at", progress.build().since())
                                .put("ended_at", progress.until())
                                .members())
                        .toList());
    }

    @GetMapping("/{id}/versions")
    @RequiresScope("read:hooks")
    Map<String, Object> versions(Caller caller, @PathVariable String id) {
        var runs = find(caller, id).version().number();
        List<Map<String, Object>> shown = hooks.versions(caller.tenant(), id).stream()
                .map(version -> shown(version, runs))
                .toList();
        return Map.of("versions", shown);
    }

    /** Lets that version run again. */
    @PostMapping("/{id}/versions/{number}/deploy")
    @RequiresScope("update:hooks")
    Map<String, Object> deploy(Caller caller, @PathVariable String id, @PathVariable String number) {
        find(caller, id);
        var wanted = number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
        return HooksController.shown(changes.make(
                caller,
                "Run an earlier version of a hook",
                id,
                () -> refusing("script", () -> hooks.runVersion(caller.tenant(), id, wanted))
                        .orElseThrow(() -> ManagementRefused.missing(null, "The hook has no such version."))));
    }

    /** Runs the hook for real, so its message really goes out. */
    @PostMapping("/{id}/try")
    @RequiresScope("update:hooks")
    Map<String, Object> tryOut(Caller caller, @PathVariable String id, Body body) {
        body.only("recipient", "text", "context");
        find(caller, id);
        var recipient = new Typed(body.text("recipient", 1, 60)).number();
        var text = body.has("text") ? body.text("text", 1, 1600) : SAMPLE_TEXT;
        var context = sample();
        if (body.has("context")) body.object("context").raw().forEach(context::set);
        var ran = refusing("script", () -> executions.tryHook(caller.tenant(), id, recipient, text, context));
        changes.make(caller, "Try a hook", id, body, () -> id);
        return ScriptBodies.shown(ran.orElseThrow(HooksController::missing));
    }

    /** As the editor's own sample. */
    private ObjectNode sample() {
        return (ObjectNode) json.readTree("""
                {"message_type": "sms", "action": "enrollment", "factor_type": "second", "language": "en",
                 "code": "123456", "ip": "127.0.0.1", "user_agent": "Try", "request": {"ip": "127.0.0.1"},
                 "client_id": "client-id", "name": "Test application", "client_metadata": {},
                 "client": {"client_id": "client-id", "name": "Test application", "client_metadata": {}},
                 "user": {"user_id": "auth0|user1", "name": "A Person", "email": "person@example.com",
                          "app_metadata": {}, "user_metadata": {}}}
                """);
    }

    @GetMapping("/{id}/executions")
    @RequiresScope("read:hooks")
    Map<String, Object> executions(Caller caller, @PathVariable String id, Paging paging) {
        find(caller, id);
        var shown = executions.of(caller.tenant(), id, paging.start(), paging.size()).stream()
                .map(ScriptBodies::shown)
                .toList();
        return ScriptBodies.page(paging, "executions", shown, executions.count(caller.tenant(), id));
    }

    private Hooks.Hook find(Caller caller, String id) {
        return hooks.find(caller.tenant(), id).orElseThrow(HooksController::missing);
    }

    private static Map<String, Object> shown(Version version, int runs) {
        return new ResponseObject()
                .put("number", version.number())
                .put("deployed", version.number() == runs)
                .put("status", version.status().wire())
                .put("script", version.code())
                .put("dependencies", version.dependencies())
                .put("created_at", version.createdAt())
                .put("deployed_at", Objects.requireNonNullElse(version.deployedAt(), version.createdAt()))
                .members();
    }
}
