package io.ringcode.management.script;

import io.ringcode.action.Actions;
import io.ringcode.action.Actions.Action;
import io.ringcode.action.Script;
import io.ringcode.action.Trigger;
import io.ringcode.action.Version;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.ResponseObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Actions on the wire. */
final class ActionBodies {
    static final Set<String> RUNTIMES =
            Set.of("node12", "node16", "node18", "node18-actions", "node22", "node22-actions");

    private static final int MOST_DEPENDENCIES = 100;

    /** What a caller says that an action is for. */
    record Supported(Trigger trigger, String version) {}

    private ActionBodies() {}

    static ManagementRefused missing() {
        return ManagementRefused.missing(null, "That action does not exist.");
    }

    static Supported trigger(Body body) {
        var one = body.objects("supported_triggers", 1);
        if (one.isEmpty()) throw ManagementRefused.body("supported_triggers", "Must have one item");
        var item = one.getFirst()
                .only(
                        "id",
                        "version",
                        "status",
                        "runtimes",
                        "default_runtime",
                        "binding_policy",
                        "compatible_triggers");
        var trigger = Trigger.of(item.text("id"))
                .orElseThrow(() -> ManagementRefused.body(
                        "supported_triggers.id",
                        "This server has the triggers send-phone-message and custom-phone-provider"));
        var version =
                item.has("version") ? item.text("version") : trigger.versions().getFirst();
        if (!trigger.versions().contains(version))
            throw ManagementRefused.body(
                    "supported_triggers.version",
                    "No enum match, expected one of: " + String.join(", ", trigger.versions()));
        return new Supported(trigger, version);
    }

    /** @return null where they were not sent */
    static @Nullable Map<String, String> dependencies(Body body) {
        if (!body.has("dependencies")) return null;
        var dependencies = new LinkedHashMap<String, String>();
        for (var item : body.objects("dependencies", MOST_DEPENDENCIES)) {
            item.only("name", "version", "registry_url");
            var registry = item.optionalText("registry_url", 0, 1000);
            if (registry != null && !registry.isEmpty())
                throw ManagementRefused.body(
                        "dependencies.registry_url", "Packages come from the registry that this server uses");
            dependencies.put(item.text("name"), item.text("version"));
        }
        return dependencies;
    }

    /** @return null where they were not sent; a value that is null is to stay as it is */
    static @Nullable Map<String, @Nullable String> secrets(Body body) {
        if (!body.has("secrets")) return null;
        var secrets = new HashMap<String, @Nullable String>();
        for (var item : body.objects("secrets", Actions.MOST_SECRETS)) {
            item.only("name", "value");
            var name = item.text("name", ScriptBodies.SECRET_NAME);
            secrets.put(name, item.optionalText("value", 0, ScriptBodies.LONGEST_SECRET));
        }
        return secrets;
    }

    static Map<String, Object> shown(Action action) {
        var script = action.script();
        var newest = action.newest();
        var deployed = action.deployed();
        var secrets = new ArrayList<Map<String, Object>>();
        action.secrets()
                .forEach((name, time) -> secrets.add(new ResponseObject()
                        .put("name", name)
                        .put("updated_at", time)
                        .members()));
        return new ResponseObject()
                .put("id", script.id())
                .put("name", script.name())
                .put("supported_triggers", supported(script))
                .put("code", newest.code())
                .put("dependencies", dependencies(newest))
                .put("runtime", newest.runtime())
                .put("status", newest.status().wire())
                .put("secrets", secrets)
                .put("errors", errors(newest))
                .put("all_changes_deployed", Objects.equals(script.live(), script.newest()))
                .put("deployed_version", deployed == null ? null : shown(script, deployed, secrets))
                .put("created_at", script.createdAt())
                .put("updated_at", script.updatedAt())
                .members();
    }

    static Map<String, Object> shown(Script script, Version version, List<Map<String, Object>> secrets) {
        var shown = new ResponseObject()
                .put("id", version.id().toString())
                .put("action_id", script.id())
                .put("number", version.number())
                .put("deployed", Objects.equals(script.live(), version.number()))
                .put("status", version.status().wire())
                .put("code", version.code())
                .put("runtime", version.runtime())
                .put("dependencies", dependencies(version))
                .put("secrets", secrets)
                .put("errors", errors(version))
                .put("supported_triggers", supported(script))
                .put("built_at", version.builtAt())
                .put("created_at", version.createdAt())
                .put("updated_at", version.deployedAt() == null ? version.createdAt() : version.deployedAt());
        return shown.members();
    }

    private static List<Map<String, Object>> supported(Script script) {
        return List.of(Map.of("id", script.trigger().id(), "version", script.triggerVersion()));
    }

    private static List<Map<String, Object>> dependencies(Version version) {
        return version.dependencies().entrySet().stream()
                .map(one -> Map.<String, Object>of("name", one.getKey(), "version", one.getValue()))
                .toList();
    }

    /** Why the build failed, or how far it is; nothing where it is done. */
    private static @Nullable List<Map<String, Object>> errors(Version version) {
        return version.note() == null
                ? null
                : List.of(Map.of("id", version.status().wire(), "msg", version.note()));
    }
}
