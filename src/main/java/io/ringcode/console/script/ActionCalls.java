package io.ringcode.console.script;

import io.ringcode.action.Trigger;
import io.ringcode.client.Caller;
import io.ringcode.console.view.Form;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.json.Paging;
import io.ringcode.management.script.ActionBodies.ActionChange;
import io.ringcode.management.script.ActionBodies.NewAction;
import io.ringcode.management.script.ActionVersionsController;
import io.ringcode.management.script.ActionVersionsController.Trial;
import io.ringcode.management.script.ActionsController;
import io.ringcode.management.script.TriggersController;
import io.ringcode.management.script.TriggersController.WantedBindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The Management API's calls for actions, as the forms of their pages make them. */
@Component
class ActionCalls {
    private static final int LISTED = 100;
    private static final int RUNS = 10;
    private static final String RUNTIME = "node22";

    private final ManagementCalls calls;
    private final ActionsController actions;
    private final ActionVersionsController versions;
    private final TriggersController triggers;
    private final ObjectMapper json;

    ActionCalls(
            ManagementCalls calls,
            ActionsController actions,
            ActionVersionsController versions,
            TriggersController triggers,
            ObjectMapper json) {
        this.calls = calls;
        this.actions = calls.guarded(actions);
        this.versions = calls.guarded(versions);
        this.triggers = calls.guarded(triggers);
        this.json = json;
    }

    Answer list(Caller caller) {
        return calls.answer(() -> actions.list(caller, Paging.first(LISTED), null, null, null));
    }

    Answer read(Caller caller, String id) {
        return calls.answer(() -> actions.get(caller, id));
    }

    Answer create(Caller caller, Trigger trigger, Form typed) {
        var body = body(typed);
        body.put("supported_triggers", List.of(Map.of("id", trigger.id())));
        body.put("runtime", RUNTIME);
        return calls.answer(NewAction.class, body, wanted -> actions.create(caller, wanted));
    }

    Answer update(Caller caller, String id, Form typed) {
        return change(caller, id, body(typed));
    }

    private Answer change(Caller caller, String id, Map<String, ?> body) {
        return calls.answer(ActionChange.class, body, wanted -> actions.update(caller, id, wanted));
    }

    private static Map<String, Object> body(Form typed) {
        var packages = new ArrayList<Map<String, String>>();
        for (var line : typed.list("dependencies")) {
            var at = line.lastIndexOf('@');
            packages.add(Map.of(
                    "name", at > 0 ? line.substring(0, at) : line, "version", at > 0 ? line.substring(at + 1) : ""));
        }
        var body = new HashMap<String, Object>();
        body.put("name", typed.text("name").strip());
        body.put("code", typed.text("code").replace("\r\n", "\n"));
        body.put("dependencies", packages);
        return body;
    }

    /** @param value null to remove it */
    Answer secret(Caller caller, String id, String name, @Nullable String value) {
        var stored = read(caller, id);
        if (!stored.isGood()) return stored;
        var secrets = new ArrayList<Map<String, String>>();
        for (var one : stored.body().path("secrets"))
            if (!one.path("name").asString("").equals(name))
                secrets.add(Map.of("name", one.path("name").asString("")));
        if (value != null) secrets.add(Map.of("name", name, "value", value));
        return change(caller, id, Map.of("secrets", secrets));
    }

    Answer deploy(Caller caller, String id) {
        return calls.answer(() -> versions.deploy(caller, id));
    }

    Answer deploy(Caller caller, String id, String version) {
        return calls.answer(() -> versions.deployVersion(caller, id, version));
    }

    Answer test(Caller caller, String id, String payload) {
        try {
            var event = json.readTree(payload);
            return calls.answer(Trial.class, Map.of("payload", event), trial -> versions.test(caller, id, trial));
        } catch (JacksonException unreadable) {
            var sentence = "Payload validation error: 'Enter a JSON object' on property payload.";
            return new Answer(400, json.createObjectNode().put("message", sentence));
        }
    }

    /** Also where it is bound. */
    Answer delete(Caller caller, String id) {
        return calls.done(() -> actions.delete(caller, id, "true"));
    }

    JsonNode versions(Caller caller, String id) {
        return calls.read(() -> versions.versions(caller, id, Paging.first(RUNS)))
                .path("versions");
    }

    JsonNode executions(Caller caller, String id) {
        return calls.read(() -> versions.executions(caller, id, Paging.first(RUNS)))
                .path("executions");
    }

    /** The actions that run, in order. */
    List<JsonNode> bound(Caller caller, Trigger trigger) {
        return calls.read(() -> triggers.bindings(caller, trigger.id(), Paging.first(LISTED)))
                .path("bindings")
                .valueStream()
                .map(binding -> binding.path("action"))
                .toList();
    }

    /** @param ids of the actions that are to run, in order */
    Answer bind(Caller caller, Trigger trigger, List<String> ids) {
        var wanted = ids.stream()
                .map(id -> Map.of("ref", Map.of("type", "action_id", "value", id)))
                .toList();
        return calls.answer(
                WantedBindings.class,
                Map.of("bindings", wanted),
                bindings -> triggers.bind(caller, trigger.id(), bindings));
    }
}
