package io.ringcode.action;

import io.ringcode.action.Script.Kind;
import io.ringcode.action.node.NoNode;
import io.ringcode.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** What scripts did, and runs of them that somebody asked for. */
@Component
public class Executions {
    private final ScriptTable scripts;
    private final VersionTable versions;
    private final LiveScripts live;
    private final ScriptRuns runs;
    private final ExecutionTable table;
    private final ObjectMapper json;

    Executions(
            ScriptTable scripts,
            VersionTable versions,
            LiveScripts live,
            ScriptRuns runs,
            ExecutionTable table,
            ObjectMapper json) {
        this.scripts = scripts;
        this.versions = versions;
        this.live = live;
        this.runs = runs;
        this.table = table;
        this.json = json;
    }

    public Optional<Execution> find(TenantId tenant, UUID id) {
        return table.find(tenant, id);
    }

    /** Newest first. */
    public List<Execution> of(TenantId tenant, String script, int offset, int limit) {
        return table.of(tenant, script, offset, limit);
    }

    public int count(TenantId tenant, String script) {
        return table.count(tenant, script);
    }

    /**
     * Runs a hook for real, with arguments of somebody's choice.
     *
     * @param context what is added to the secrets, which every run gets
     */
    public Optional<Execution> tryHook(TenantId tenant, String id, String recipient, String text, ObjectNode context)
            throws ScriptRefused {
        var found = scripts.find(tenant, Kind.HOOK, id);
        if (found.isEmpty()) return Optional.empty();
        var script = found.get();
        var number = script.live() == null ? script.newest() : script.live();
        var one = live.of(script, versions.find(tenant, id, number).orElseThrow());
        var call = json.createObjectNode().put("recipient", recipient).put("text", text);
        var given = context.deepCopy();
        given.set("webtask", json.createObjectNode().set("secrets", json.valueToTree(one.secrets())));
        call.set("context", given);
        return Optional.of(run(
                one,
                call,
                new Masking(one.secrets().values(), given.path("code").asString(""), recipient)));
    }

    /** Runs the saved code of an action for real, deployed or not, with an event of somebody's choice. */
    public Optional<Execution> testAction(TenantId tenant, String id, ObjectNode event) throws ScriptRefused {
        var found = scripts.find(tenant, Kind.ACTION, id);
        if (found.isEmpty()) return Optional.empty();
        var script = found.get();
        var version = versions.find(tenant, id, script.newest()).orElseThrow();
        if (version.status() != Version.Status.BUILT) throw Actions.notBuilt(version);
        var one = live.saved(script, version);
        var given = event.deepCopy();
        given.set("secrets", json.valueToTree(one.secrets()));
        var call = json.createObjectNode();
        call.set("event", given);
        switch (script.trigger()) {
            case SEND_PHONE_MESSAGE -> {}
            case CUSTOM_PHONE_PROVIDER -> call.put("notification", true);
            case POST_LOGIN -> call.put("login", true);
            case PRE_BIND_NUMBER, PRE_SEND -> call.put("number", true);
        }
        var masking =
                new Masking(one.secrets().values(), code(script.trigger(), given), number(script.trigger(), given));
        return Optional.of(run(one, call, masking));
    }

    private static @Nullable String code(Trigger trigger, JsonNode event) {
        return switch (trigger) {
            case SEND_PHONE_MESSAGE ->
                event.path("message_options").path("code").asString("");
            case CUSTOM_PHONE_PROVIDER ->
                event.path("notification").path("code").asString("");
            case POST_LOGIN, PRE_BIND_NUMBER, PRE_SEND -> null;
        };
    }

    private static String number(Trigger trigger, JsonNode event) {
        return switch (trigger) {
            case SEND_PHONE_MESSAGE ->
                event.path("message_options").path("recipient").asString("");
            case CUSTOM_PHONE_PROVIDER ->
                event.path("notification").path("recipient").asString("");
            case POST_LOGIN -> event.path("user").path("phone_number").asString("");
            case PRE_BIND_NUMBER, PRE_SEND ->
                event.path("number").path("phone_number").asString("");
        };
    }

    private Execution run(LiveScript one, ObjectNode call, Masking masking) throws ScriptRefused {
        try {
            return runs.run(one, one.script().trigger(), call, masking).execution();
        } catch (NoNode missing) {
            throw new ScriptRefused(ScriptRefused.Reason.MACHINE, String.valueOf(missing.getMessage()));
        }
    }
}
