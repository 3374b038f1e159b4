package io.ringcode.management.tenant;

import io.ringcode.administrator.Administrators;
import io.ringcode.administrator.Administrators.Administrator;
import io.ringcode.authorization.Issuers;
import io.ringcode.client.Caller;
import io.ringcode.client.ManagementScopes;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.user.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
class AdministratorsController {
    private final Administrators administrators;
    private final Issuers issuers;
    private final Changes changes;
    private final Clock clock;

    AdministratorsController(Administrators administrators, Issuers issuers, Changes changes, Clock clock) {
        this.administrators = administrators;
        this.issuers = issuers;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:administrators")
    List<Map<String, Object>> list(Caller caller) {
        return administrators.list(caller.tenant()).stream()
                .map(AdministratorsController::shown)
                .toList();
    }

    /** A link by which somebody becomes one, once, within a week. Whoever may make it may make it with every scope. */
    @PostMapping("/links")
    @RequiresScope("create:administrators")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> link(Caller caller, Body body, HttpServletRequest request) {
        body.only("scopes");
        var scopes =
                body.has("scopes") ? Set.copyOf(body.choices("scopes", ManagementScopes.ALL)) : ManagementScopes.ALL;
        return changes.make(caller, "Create a link for an administrator", "links", body, () -> {
            var token = administrators.link(caller.tenant(), scopes, clock.instant());
            return Map.of("url", issuers.of(request) + "console/first?token=" + token);
        });
    }

    /** The user stays, and its sessions do, for everything else. */
    @DeleteMapping("/{id}")
    @RequiresScope("delete:administrators")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, Caller caller) {
        changes.makeFor(caller, "Remove an administrator", id, () -> {
            if (!administrators.remove(caller.tenant(), new UserId(id)))
                throw ManagementRefused.missing("inexistent_administrator", "The user is no administrator.");
            return true;
        });
    }

    private static Map<String, Object> shown(Administrator one) {
        return new ResponseObject()
                .put("user_id", one.user().value())
                .put("email", one.email())
                .put("scopes", List.copyOf(new TreeSet<>(one.scopes())))
                .put("created_at", one.since())
                .members();
    }
}
