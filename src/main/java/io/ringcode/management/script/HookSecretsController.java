package io.ringcode.management.script;

import io.ringcode.action.Hooks;
import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
class HookSecretsController {
    /** Clients take this very value for "there is one", and do not send it back. */
    private static final String NOT_SHOWN = "_VALUE_NOT_SHOWN_";

    private static final int MOST_NAMES_AT_ONCE = 100;

    private final Hooks hooks;
    private final Changes changes;

    HookSecretsController(Hooks hooks, Changes changes) {
        this.hooks = hooks;
        this.changes = changes;
    }

    @GetMapping
    @RequiresScope("read:hooks")
    Map<String, Object> names(Caller caller, @PathVariable String id) {
        var shown = new TreeMap<String, Object>();
        for (var name : known(caller, id)) shown.put(name, NOT_SHOWN);
        return shown;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RequiresScope("update:hooks")
    Map<String, Object> add(Caller caller, @PathVariable String id, Body body) {
        var known = known(caller, id);
        var values = values(body);
        for (var name : values.keySet())
            if (known.contains(name)) throw ManagementRefused.conflict(null, "The secret " + name + " exists already.");
        return put(caller, id, body, known, values);
    }

    @PatchMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RequiresScope("update:hooks")
    Map<String, Object> change(Caller caller, @PathVariable String id, Body body) {
        return put(caller, id, body, known(caller, id), values(body));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RequiresScope("delete:hooks")
    void remove(Caller caller, @PathVariable String id, Body body) {
        known(caller, id);
        var names = body.texts(MOST_NAMES_AT_ONCE);
        changes.make(caller, "Delete secrets of a hook", id, () -> {
            hooks.removeSecrets(caller.tenant(), id, names);
            return id;
        });
    }

    private Map<String, Object> put(
            Caller caller, String id, Body body, Collection<String> known, Map<String, String> values) {
        var all = new HashSet<>(known);
        all.addAll(values.keySet());
        if (all.size() > Hooks.MOST_SECRETS)
            throw ManagementRefused.body("A hook may have " + Hooks.MOST_SECRETS + " secrets at most");
        return changes.make(caller, "Set secrets of a hook", id, body, () -> {
            hooks.putSecrets(caller.tenant(), id, values);
            return Map.of();
        });
    }

    private static Map<String, String> values(Body body) {
        var values = new HashMap<String, String>();
        for (var name : body.anyObject().names()) {
            if (!ScriptBodies.SECRET_NAME.matcher(name).matches())
                throw ManagementRefused.body("A secret's name has letters, digits and _ . - only, 128 at most");
            values.put(name, body.text(name, 0, ScriptBodies.LONGEST_SECRET));
        }
        return values;
    }

    private Collection<String> known(Caller caller, String id) {
        if (hooks.find(caller.tenant(), id).isEmpty()) throw HooksController.missing();
        return hooks.secretNames(caller.tenant(), id);
    }
}
