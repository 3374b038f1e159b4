package io.ringcode.management.script;

import io.ringcode.action.Actions;
import io.ringcode.action.Actions.Action;
import io.ringcode.action.Bindings;
import io.ringcode.action.Bindings.Binding;
import io.ringcode.action.Bindings.NewBinding;
import io.ringcode.action.Trigger;
import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.tenant.TenantId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where actions can be bound, and which are. */
@RestController
@RequestMapping("/api/v2/actions/triggers")
class TriggersController {
    private static final int MOST_BINDINGS = 20;
    private static final Set<String> REFERENCES = Set.of("action_name", "action_id", "binding_id");

    private final Actions actions;
    private final Bindings bindings;
    private final Changes changes;

    TriggersController(Actions actions, Bindings bindings, Changes changes) {
        this.actions = actions;
        this.bindings = bindings;
        this.changes = changes;
    }

    @GetMapping
    @RequiresScope("read:actions")
    Map<String, Object> list() {
        return Map.of(
                "triggers",
                Arrays.stream(Trigger.values())
                        .flatMap(trigger -> trigger.versions().stream().map(version -> shown(trigger, version)))
                        .toList());
    }

    private static Map<String, Object> shown(Trigger trigger, String version) {
        var current = version.equals(trigger.versions().getFirst());
        return new ResponseObject()
                .put("id", trigger.id())
                .put("version", version)
                .put("status", current ? "CURRENT" : "DEPRECATED")
                .put("runtimes", List.of("node18-actions", "node22"))
                .put("default_runtime", "node22")
                .put("binding_policy", "trigger-bound")
                .members();
    }

    @GetMapping("/{trigger}/bindings")
    @RequiresScope("read:actions")
    Map<String, Object> bindings(Caller caller, @PathVariable String trigger, Paging paging) {
        var all = shown(caller.tenant(), known(trigger));
        var here = all.stream().skip(paging.start()).limit(paging.size()).toList();
        return ScriptBodies.page(paging, "bindings", here, all.size());
    }

    /** Replaces all bindings of the trigger. */
    @PatchMapping("/{trigger}/bindings")
    @RequiresScope("update:actions")
    Map<String, Object> bind(Caller caller, @PathVariable String trigger, Body body) {
        var to = known(trigger);
        var items = body.only("bindings").objects("bindings", MOST_BINDINGS);
        var wanted = new ArrayList<NewBinding>();
        for (var item : items) {
            item.only("ref", "display_name");
            var ref = item.object("ref").only("type", "value");
            var action = find(caller.tenant(), to, ref.choice("type", REFERENCES), ref.text("value"));
            var name = item.optionalText("display_name", 1, 255);
            wanted.add(new NewBinding(
                    action.script().id(), name == null ? action.script().name() : name));
        }
        return changes.make(caller, "Bind actions to a trigger", to.id(), body, () -> {
            bindings.set(caller.tenant(), to, wanted);
            return Map.of("bindings", shown(caller.tenant(), to));
        });
    }

    private Action find(TenantId tenant, Trigger trigger, String type, String value) {
        Optional<Action> found = switch (type) {
            case "action_name" ->
                actions.list(tenant).stream()
                        .filter(action -> action.script().name().equals(value))
                        .findFirst();
            case "action_id" -> actions.find(tenant, value);
            default ->
                bindings.of(tenant, trigger).stream()
                        .filter(binding -> binding.id().toString().equals(value))
                        .findFirst()
                        .flatMap(binding -> actions.find(tenant, binding.action()));
        };
        var action = found.orElseThrow(
                () -> ManagementRefused.body("bindings.ref.value", "There is no such action to bind"));
        if (action.script().trigger() != trigger)
            throw ManagementRefused.body("bindings.ref.value", "The action is made for another trigger");
        return action;
    }

    private List<Map<String, Object>> shown(TenantId tenant, Trigger trigger) {
        return bindings.of(tenant, trigger).stream()
                .map(binding -> shown(tenant, binding))
                .toList();
    }

    private Map<String, Object> shown(TenantId tenant, Binding binding) {
        return new ResponseObject()
                .put("id", binding.id().toString())
                .put("trigger_id", binding.trigger().id())
                .put(
                        "action",
                        actions.find(tenant, binding.action())
                                .map(ActionBodies::shown)
                                .orElse(null))
                .put("display_name", binding.displayName())
                .put("created_at", binding.createdAt())
                .put("updated_at", binding.updatedAt())
                .members();
    }

    private static Trigger known(String id) {
        return Trigger.of(id).orElseThrow(() -> ManagementRefused.missing(null, "That trigger does not exist."));
    }
}
