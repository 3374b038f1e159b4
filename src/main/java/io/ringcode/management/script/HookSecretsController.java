package io.ringcode.management.script;

import io.ringcode.action.Hooks;
import io.ringcode.client.Caller;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Whole;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A hook's secrets: they go in and come out in the hook only. */
@RestController
@RequestMapping("/api/v2/hooks/{id}/secrets")
public class HookSecretsController {
    /** Clients take this very value for "there is one", and do not send it back. */
    private static final String NOT_SHOWN = "_VALUE_NOT_SHOWN_";

    static final int MOST_NAMES_AT_ONCE = 100;

    private final Hooks hooks;
    private final Changes changes;

    HookSecretsController(Hooks hooks, Changes changes) {
        this.hooks = hooks;
        this.changes = changes;
    }

    /** Values by their names. */
    public record Secrets(
            @Whole @Length(max = ScriptBodies.LONGEST_SECRET)
            Map<String, String> values) implements JsonBody {
        public Secrets {
            if (!values.keySet().stream().allMatch(name -> name.matches(ScriptBodies.SECRET_NAME)))
                throw ManagementRefused.body("A secret's name has letters, digits and _ . - only, 128 at most");
        }

        @Override
        public String toString() {
            return "Secrets" + values.keySet();
        }
    }

    public record Names(
            @Whole @Items(max = MOST_NAMES_AT_ONCE) List<String> names) implements JsonBody {}

    @GetMapping
    @RequiresScope("read:hooks")
    public Map<String, String> names(Caller caller, @PathVariable String id) {
        var shown = new TreeMap<String, String>();
        for (var name : known(caller, id)) shown.put(name, NOT_SHOWN);
        return shown;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RequiresScope("update:hooks")
    public Map<String, String> add(Caller caller, @PathVariable String id, Secrets body) {
        var known = known(caller, id);
        for (var name : body.values().keySet())
            if (known.contains(name)) throw ManagementRefused.conflict(null, "The secret " + name + " exists already.");
        return put(caller, id, body, known);
    }

    @PatchMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RequiresScope("update:hooks")
    public Map<String, String> change(Caller caller, @PathVariable String id, Secrets body) {
        return put(caller, id, body, known(caller, id));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RequiresScope("delete:hooks")
    public void remove(Caller caller, @PathVariable String id, Names body) {
        known(caller, id);
        changes.make(caller, "Delete secrets of a hook", id, () -> {
            hooks.removeSecrets(caller.tenant(), id, body.names());
            return id;
        });
    }

    private Map<String, String> put(Caller caller, String id, Secrets body, Collection<String> known) {
        var all = new HashSet<>(known);
        all.addAll(body.values().keySet());
        if (all.size() > Hooks.MOST_SECRETS)
            throw ManagementRefused.body("A hook may have " + Hooks.MOST_SECRETS + " secrets at most");
        return changes.make(caller, "Set secrets of a hook", id, body, () -> {
            hooks.putSecrets(caller.tenant(), id, body.values());
            return Map.of();
        });
    }

    private Collection<String> known(Caller caller, String id) {
        if (hooks.find(caller.tenant(), id).isEmpty()) throw HooksController.missing();
        return hooks.secretNames(caller.tenant(), id);
    }
}
