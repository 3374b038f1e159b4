package io.ringcode.management.script;

import io.ringcode.action.Actions;
import io.ringcode.action.Actions.Action;
import io.ringcode.action.Bindings;
import io.ringcode.action.Bindings.Binding;
import io.ringcode.action.Bindings.NewBinding;
import io.ringcode.action.Trigger;
import io.ringcode.client.Caller;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.tenant.TenantId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where actions can be bound, and which are. */
@RestController
@RequestMapping("/api/v2/actions/triggers")
public class TriggersController {
    static final int MOST_BINDINGS = 20;

    private final Actions actions;
    private final Bindings bindings;
    private final Changes changes;

    TriggersController(Actions actions, Bindings bindings, Changes changes) {
        this.actions = actions;
        this.bindings = bindings;
        this.changes = changes;
    }

    record Triggers(List<TriggerAnswer> triggers) implements JsonAnswer {}

    record TriggerAnswer(
            String id,
            String version,
            String status,
            List<String> runtimes,
            String defaultRuntime,
            String bindingPolicy,
            List<ActionAnswer.ForTrigger> compatibleTriggers)
            implements JsonAnswer {
        private static TriggerAnswer of(Trigger trigger, String version) {
            var current = version.equals(trigger.versions().getFirst());
            return new TriggerAnswer(
                    trigger.id(),
                    version,
                    current ? "CURRENT" : "DEPRECATED",
                    List.of("node18-actions", "node22"),
                    "node22",
                    "trigger-bound",
                    trigger.versions().stream()
                            .skip(1)
                            .filter(_ -> current)
                            .map(older -> new ActionAnswer.ForTrigger(trigger.id(), older))
                            .toList());
        }
    }

    public record BindingAnswer(
            String id,
            String triggerId,
            @Nullable ActionAnswer action,
            String displayName,
            IsoTime createdAt,
            IsoTime updatedAt)
            implements JsonAnswer {}

    public record Listed(List<BindingAnswer> bindings, long total, int page, int perPage) implements JsonAnswer {}

    public record Bound(List<BindingAnswer> bindings) implements JsonAnswer {}

    /** All of a trigger's bindings, in the order in which they run. */
    public record WantedBindings(@Items(max = MOST_BINDINGS) List<Wanted> bindings) implements JsonBody {}

    public record Wanted(
            Reference ref,

            @Nullable @NullAllowed @Length(min = 1, max = 255)
            String displayName) {}

    public record Reference(Kind type, String value) {}

    /** What an action is found by. */
    public enum Kind {
        ACTION_NAME,
        ACTION_ID,
        BINDING_ID;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @GetMapping
    @RequiresScope("read:actions")
    Triggers list() {
        return new Triggers(Arrays.stream(Trigger.values())
                .flatMap(trigger -> trigger.versions().stream().map(version -> TriggerAnswer.of(trigger, version)))
                .toList());
    }

    @GetMapping("/{trigger}/bindings")
    @RequiresScope("read:actions")
    public Listed bindings(Caller caller, @PathVariable String trigger, Paging paging) {
        var all = shown(caller.tenant(), known(trigger));
        var here = all.stream().skip(paging.start()).limit(paging.size()).toList();
        return new Listed(here, all.size(), ScriptBodies.page(paging), paging.size());
    }

    @PatchMapping("/{trigger}/bindings")
    @RequiresScope("update:actions")
    public Bound bind(Caller caller, @PathVariable String trigger, WantedBindings body) {
        var to = known(trigger);
        var wanted = new ArrayList<NewBinding>();
        for (var item : body.bindings()) {
            var action = find(caller.tenant(), to, item.ref());
            var name = item.displayName();
            wanted.add(new NewBinding(
                    action.script().id(), name == null ? action.script().name() : name));
        }
        return changes.make(caller, "Bind actions to a trigger", to.id(), body, () -> {
            bindings.set(caller.tenant(), to, wanted);
            return new Bound(shown(caller.tenant(), to));
        });
    }

    private Action find(TenantId tenant, Trigger trigger, Reference reference) {
        var value = reference.value();
        Optional<Action> found = switch (reference.type()) {
            case ACTION_NAME ->
                actions.list(tenant).stream()
                        .filter(action -> action.script().name().equals(value))
                        .findFirst();
            case ACTION_ID -> actions.find(tenant, value);
            case BINDING_ID ->
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

    private List<BindingAnswer> shown(TenantId tenant, Trigger trigger) {
        return bindings.of(tenant, trigger).stream()
                .map(binding -> shown(tenant, binding))
                .toList();
    }

    private BindingAnswer shown(TenantId tenant, Binding binding) {
        return new BindingAnswer(
                binding.id().toString(),
                binding.trigger().id(),
                actions.find(tenant, binding.action()).map(ActionAnswer::of).orElse(null),
                binding.displayName(),
                new IsoTime(binding.createdAt()),
                new IsoTime(binding.updatedAt()));
    }

    private static Trigger known(String id) {
        return Trigger.of(id).orElseThrow(() -> ManagementRefused.missing(null, "That trigger does not exist."));
    }
}
