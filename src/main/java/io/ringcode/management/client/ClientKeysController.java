package io.ringcode.management.client;

import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.ClientKey;
import io.ringcode.client.ClientKeys;
import io.ringcode.client.Registrations;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.ResponseObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The public keys by which a client may prove itself. A new key counts once the client's authentication methods name it. */
@RestController
@RequestMapping("/api/v2/clients/{client}/credentials")
class ClientKeysController {
    private final Registrations registrations;
    private final ClientKeys keys;
    private final ClientKeyForm form;
    private final Changes changes;
    private final Clock clock;

    ClientKeysController(
            Registrations registrations, ClientKeys keys, ClientKeyForm form, Changes changes, Clock clock) {
        this.registrations = registrations;
        this.keys = keys;
        this.form = form;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:client_credentials")
    List<Map<String, Object>> list(@PathVariable String client, Caller caller) {
        return keys.list(caller.tenant(), known(caller, client)).stream()
                .map(ClientKeysController::shown)
                .toList();
    }

    @GetMapping("/{id}")
    @RequiresScope("read:client_credentials")
    Map<String, Object> read(@PathVariable String client, @PathVariable String id, Caller caller) {
        return shown(require(caller, known(caller, client), id));
    }

    @PostMapping
    @RequiresScope("create:client_credentials")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(@PathVariable String client, Caller caller, Body body) {
        var owner = known(caller, client);
        var key = form.read(body, false);
        return changes.make(caller, "Create a client credential", client, body, () -> {
            keys.add(caller.tenant(), owner, key);
            return shown(key);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:client_credentials")
    Map<String, Object> update(@PathVariable String client, @PathVariable String id, Caller caller, Body body) {
        var owner = known(caller, client);
        require(caller, owner, id);
        var expires = ClientKeyForm.time(body.only("expires_at"));
        return changes.make(caller, "Update a client credential", client, body, () -> {
            keys.expire(caller.tenant(), owner, id, expires, clock.instant());
            return shown(require(caller, owner, id));
        });
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:client_credentials")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String client, @PathVariable String id, Caller caller) {
        var owner = known(caller, client);
        require(caller, owner, id);
        changes.make(caller, "Delete a client credential", client, () -> keys.remove(caller.tenant(), owner, id));
    }

    private ClientId known(Caller caller, String client) {
        var id = new ClientId(client);
        if (registrations.find(caller.tenant(), id).isEmpty()) throw ClientsController.missing();
        return id;
    }

    private ClientKey require(Caller caller, ClientId client, String id) {
        return keys.list(caller.tenant(), client).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        ManagementRefused.missing("inexistent_client_credential", "The credential does not exist"));
    }

    private static Map<String, Object> shown(ClientKey key) {
        return new ResponseObject()
                .put("id", key.id())
                .put("name", key.name())
                .put("kid", key.kid())
                .put("alg", key.alg())
                .put("credential_type", "public_key")
                .put("created_at", key.createdAt())
                .put("updated_at", key.updatedAt())
                .put("expires_at", key.expiresAt())
                .members();
    }
}
