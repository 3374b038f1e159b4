package io.ringcode.management.script;

import static io.ringcode.management.script.ScriptBodies.refusing;

import io.ringcode.action.Builds;
import io.ringcode.action.Executions;
import io.ringcode.action.Hooks;
import io.ringcode.action.Version;
import io.ringcode.client.Caller;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.script.HooksController.HookAnswer;
import io.ringcode.management.script.RunAnswer.Runs;
import io.ringcode.text.Typed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
public class HookRunsController {
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

    public record BuildList(List<BuildAnswer> builds) implements JsonAnswer {}

    /** @param endedAt null while it is under way */
    public record BuildAnswer(
            String name,
            Map<String, String> dependencies,
            String status,
            String message,
            IsoTime startedAt,
            @Nullable IsoTime endedAt)
            implements JsonAnswer {
        private static BuildAnswer of(Builds.Progress progress) {
            return new BuildAnswer(
                    progress.build().what(),
                    progress.build().dependencies(),
                    progress.status().wire(),
                    progress.message(),
                    new IsoTime(progress.build().since()),
                    IsoTime.of(progress.until()));
        }
    }

    public record Versions(List<HookVersion> versions) implements JsonAnswer {}

    public record HookVersion(
            int number,
            boolean deployed,
            String status,
            String script,
            Map<String, String> dependencies,
            IsoTime createdAt,
            IsoTime deployedAt)
            implements JsonAnswer {
        private static HookVersion of(Version version, int runs) {
            return new HookVersion(
                    version.number(),
                    version.number() == runs,
                    version.status().wire(),
                    version.code(),
                    version.dependencies(),
                    new IsoTime(version.createdAt()),
                    new IsoTime(Objects.requireNonNullElse(version.deployedAt(), version.createdAt())));
        }
    }

    /** @param context what the hook gets beside the sample, or in its place */
    public record Trial(
            @Length(min = 1, max = 60) String recipient,
            @Nullable @Length(min = 1, max = 1600) String text,
            @Nullable ObjectNode context)
            implements JsonBody {}

    /** Installations on this server: those under way, for which a save waits, and those of the last minutes. */
    @GetMapping("/builds")
    @RequiresScope("read:hooks")
    public BuildList builds(Caller caller) {
        return new BuildList(
                builds.progress(caller.tenant()).stream().map(BuildAnswer::of).toList());
    }

    @GetMapping("/{id}/versions")
    @RequiresScope("read:hooks")
    public Versions versions(Caller caller, @PathVariable String id) {
        var runs = find(caller, id).version().number();
        return new Versions(hooks.versions(caller.tenant(), id).stream()
                .map(version -> HookVersion.of(version, runs))
                .toList());
    }

    /** Lets that version run again. */
    @PostMapping("/{id}/versions/{number}/deploy")
    @RequiresScope("update:hooks")
    public HookAnswer deploy(Caller caller, @PathVariable String id, @PathVariable String number) {
        find(caller, id);
        var wanted = number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
        return HookAnswer.of(changes.make(
                caller,
                "Run an earlier version of a hook",
                id,
                () -> refusing("script", () -> hooks.runVersion(caller.tenant(), id, wanted))
                        .orElseThrow(() -> ManagementRefused.missing(null, "The hook has no such version."))));
    }

    /** Runs the hook for real, so its message really goes out. */
    @PostMapping("/{id}/try")
    @RequiresScope("update:hooks")
    public RunAnswer tryOut(Caller caller, @PathVariable String id, Trial body) {
        find(caller, id);
        var recipient = new Typed(body.recipient()).number();
        var text = body.text() == null ? SAMPLE_TEXT : body.text();
        var context = sample();
        if (body.context() != null) context.setAll(body.context());
        var ran = refusing("script", () -> executions.tryHook(caller.tenant(), id, recipient, text, context));
        changes.make(caller, "Try a hook", id, body, () -> id);
        return RunAnswer.of(ran.orElseThrow(HooksController::missing));
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
    public Runs executions(Caller caller, @PathVariable String id, Paging paging) {
        find(caller, id);
        return Runs.of(executions, caller.tenant(), id, paging);
    }

    private Hooks.Hook find(Caller caller, String id) {
        return hooks.find(caller.tenant(), id).orElseThrow(HooksController::missing);
    }
}
