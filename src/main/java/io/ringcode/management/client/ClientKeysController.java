package io.ringcode.management.client;

import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.ClientKey;
import io.ringcode.client.ClientKeys;
import io.ringcode.client.Registrations;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.secret.RandomText;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
public class ClientKeysController {
    private final Registrations registrations;
    private final ClientKeys keys;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    ClientKeysController(
            Registrations registrations, ClientKeys keys, RandomText random, Changes changes, Clock clock) {
        this.registrations = registrations;
        this.keys = keys;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    /** When a key expires: null, or nothing, for never. */
    record Expiry(
            @Nullable @NullAllowed @Length(min = 1, max = 64)
            String expiresAt) implements JsonBody {
        Expiry {
            ClientKeyBody.time(expiresAt);
        }
    }

    public record Shown(
            String id,
            @Nullable String name,
            String kid,
            String alg,
            String credentialType,
            @Nullable IsoTime createdAt,
            @Nullable IsoTime updatedAt,
            @Nullable IsoTime expiresAt)
            implements JsonAnswer {
        private static Shown of(ClientKey key) {
            return new Shown(
                    key.id(),
                    key.name(),
                    key.kid(),
                    key.alg(),
                    "public_key",
                    IsoTime.of(key.createdAt()),
                    IsoTime.of(key.updatedAt()),
                    IsoTime.of(key.expiresAt()));
        }
    }

    @GetMapping
    @RequiresScope("read:client_credentials")
    public List<Shown> list(@PathVariable String client, Caller caller) {
        return keys.list(caller.tenant(), known(caller, client)).stream()
                .map(Shown::of)
                .toList();
    }

    @GetMapping("/{id}")
    @RequiresScope("read:client_credentials")
    Shown read(@PathVariable String client, @PathVariable String id, Caller caller) {
        return Shown.of(require(caller, known(caller, client), id));
    }

    @PostMapping
    @RequiresScope("create:client_credentials")
    @ResponseStatus(HttpStatus.CREATED)
    public Shown create(@PathVariable String client, Caller caller, ClientKeyBody body) {
        var owner = known(caller, client);
        var key = body.key(random, false, clock.instant());
        return changes.make(caller, "Create a client credential", client, body, () -> {
            keys.add(caller.tenant(), owner, key);
            return Shown.of(key);
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:client_credentials")
    Shown update(@PathVariable String client, @PathVariable String id, Caller caller, Expiry body) {
        var owner = known(caller, client);
        require(caller, owner, id);
        var expires = ClientKeyBody.time(body.expiresAt());
        return changes.make(caller, "Update a client credential", client, body, () -> {
            keys.expire(caller.tenant(), owner, id, expires, clock.instant());
            return Shown.of(require(caller, owner, id));
        });
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:client_credentials")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String client, @PathVariable String id, Caller caller) {
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
}
