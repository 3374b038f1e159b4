package io.ringcode.management.script;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.action.Actions;
import io.ringcode.action.Actions.Change;
import io.ringcode.action.Builds;
import io.ringcode.action.Trigger;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Bodies that say what an action is. */
public final class ActionBodies {
    static final int MOST_DEPENDENCIES = 100;

    private ActionBodies() {}

    /** @param deploy whether it runs at once */
    public record NewAction(
            @Length(min = 1, max = 255) String name,
            @Items(max = 1) List<SupportedTrigger> supportedTriggers,
            @JsonUnwrapped Content content,
            @Nullable Boolean deploy)
            implements JsonBody {
        public NewAction {
            requireOne(supportedTriggers);
        }

        SupportedTrigger trigger() {
            return supportedTriggers.getFirst();
        }

        /** With the code that an action begins with where none was sent. */
        Change change() {
            var begun = content.code() == null
                    ? "exports." + trigger().trigger().entry() + " = async (event, api) => {\n};\n"
                    : content.code();
            return content.change(null, begun);
        }
    }

    public record ActionChange(
            @Nullable @Length(min = 1, max = 255) String name,
            @Nullable @Items(max = 1) List<SupportedTrigger> supportedTriggers,
            @JsonUnwrapped Content content)
            implements JsonBody {
        public ActionChange {
            if (supportedTriggers != null) requireOne(supportedTriggers);
        }

        /** An action keeps the trigger that it was made for. */
        boolean fits(Trigger before) {
            return supportedTriggers == null || supportedTriggers.getFirst().trigger() == before;
        }

        Change change() {
            return content.change(name, content.code());
        }
    }

    /** What runs, and with what. */
    public record Content(
            @Nullable @Length(min = 1, max = Builds.LONGEST_CODE)
            String code,

            @Nullable @Items(max = MOST_DEPENDENCIES) List<Dependency> dependencies,

            @Nullable @OneOf({"node12", "node16", "node18", "node18-actions", "node22", "node22-actions"})
            String runtime,

            @Nullable @Items(max = Actions.MOST_SECRETS) List<Secret> secrets,
            @Nullable JsonNode modules) {
        private Change change(@Nullable String name, @Nullable String code) {
            return new Change(name, code, packages(), runtime, values());
        }

        private @Nullable Map<String, String> packages() {
            if (dependencies == null) return null;
            var packages = new LinkedHashMap<String, String>();
            for (var each : dependencies) packages.put(each.name(), each.version());
            return packages;
        }

        private @Nullable Map<String, @Nullable String> values() {
            if (secrets == null) return null;
            var values = new HashMap<String, @Nullable String>();
            for (var secret : secrets) values.put(secret.name(), secret.value());
            return values;
        }
    }

    /** What an action is for. Clients send the rest of what they read of a trigger along with it. */
    public record SupportedTrigger(
            String id,
            @Nullable String version,
            @Nullable JsonNode status,
            @Nullable JsonNode runtimes,
            @Nullable JsonNode defaultRuntime,
            @Nullable JsonNode bindingPolicy,
            @Nullable JsonNode compatibleTriggers) {
        public SupportedTrigger {
            var versions = Trigger.of(id)
                    .orElseThrow(() -> InvalidBody.on(
                            "id",
                            "This server has the triggers post-login, send-phone-message and custom-phone-provider"))
                    .versions();
            if (version != null && !versions.contains(version))
                throw InvalidBody.on("version", "No enum match, expected one of: " + String.join(", ", versions));
        }

        Trigger trigger() {
            return Trigger.of(id).orElseThrow();
        }

        String versionOrCurrent() {
            return version == null ? trigger().versions().getFirst() : version;
        }
    }

    public record Dependency(
            String name,
            String version,
            @Nullable @NullAllowed @Length(max = 1000) String registryUrl) {
        public Dependency {
            if (registryUrl != null && !registryUrl.isEmpty())
                throw InvalidBody.on("registry_url", "Packages come from the registry that this server uses");
        }
    }

    /** @param value null where it is to stay as it is */
    public record Secret(
            @Matches(ScriptBodies.SECRET_NAME) String name,

            @Nullable @NullAllowed @Length(max = ScriptBodies.LONGEST_SECRET)
            String value) {
        @Override
        public String toString() {
            return "Secret[" + name + "]";
        }
    }

    private static void requireOne(List<SupportedTrigger> triggers) {
        if (triggers.isEmpty()) throw InvalidBody.on("supported_triggers", "Must have one item");
    }
}
