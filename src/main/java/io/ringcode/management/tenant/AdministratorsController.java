package io.ringcode.management.tenant;

import io.ringcode.administrator.Administrators;
import io.ringcode.administrator.Administrators.Administrator;
import io.ringcode.authorization.Issuer;
import io.ringcode.client.Caller;
import io.ringcode.client.ManagementScopes;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The administrators, who may use the console. Auth0 has its own team members instead, who are no users of the tenant. */
@RestController
@RequestMapping("/api/v2/administrators")
public class AdministratorsController {
    private final Administrators administrators;
    private final Changes changes;
    private final Clock clock;

    AdministratorsController(Administrators administrators, Changes changes, Clock clock) {
        this.administrators = administrators;
        this.changes = changes;
        this.clock = clock;
    }

    public record Shown(
            String userId,
            @Nullable String email,
            List<String> scopes,
            @Nullable IsoTime createdAt) implements JsonAnswer {
        private static Shown of(Administrator one) {
            return new Shown(
                    one.user().value(), one.email(), List.copyOf(new TreeSet<>(one.scopes())), IsoTime.of(one.since()));
        }
    }

    /** @param scopes all of them where it names none */
    public record NewLink(
            @Nullable @Items(max = 1_000, unique = true) List<String> scopes) implements JsonBody {
        public NewLink {
            if (scopes != null && !ManagementScopes.ALL.containsAll(scopes))
                throw InvalidBody.on(
                        "scopes",
                        "No enum match, expected some of: " + String.join(", ", new TreeSet<>(ManagementScopes.ALL)));
        }
    }

    public record Link(String url) implements JsonAnswer {}

    @GetMapping
    @RequiresScope("read:administrators")
    public List<Shown> list(Caller caller) {
        return administrators.list(caller.tenant()).stream().map(Shown::of).toList();
    }

    /** A link by which somebody becomes one, once, within a week. Whoever may make it may make it with every scope. */
    @PostMapping("/links")
    @RequiresScope("create:administrators")
    @ResponseStatus(HttpStatus.CREATED)
    public Link link(Caller caller, NewLink body, Issuer issuer) {
        var scopes = body.scopes() == null ? ManagementScopes.ALL : Set.copyOf(body.scopes());
        return changes.make(caller, "Create a link for an administrator", "links", body, () -> {
            var token = administrators.link(caller.tenant(), scopes, clock.instant());
            return new Link(issuer.url() + "console/first?token=" + token);
        });
    }

    /** The user stays, and its sessions do, for everything else. */
    @DeleteMapping("/{id}")
    @RequiresScope("delete:administrators")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void remove(@PathVariable String id, Caller caller) {
        changes.makeFor(caller, "Remove an administrator", id, () -> {
            if (!administrators.remove(caller.tenant(), new UserId(id)))
                throw ManagementRefused.missing("inexistent_administrator", "The user is not an administrator.");
            return true;
        });
    }
}
