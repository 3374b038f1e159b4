package io.ringcode.management.user;

import io.ringcode.client.Caller;
import io.ringcode.client.Connection;
import io.ringcode.client.Connections;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.Authenticators;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.client.ConnectionsController;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.management.search.SearchQuery;
import io.ringcode.management.search.UserSearch;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.AdminUserData;
import io.ringcode.user.Directory;
import io.ringcode.user.NewUser;
import io.ringcode.user.Profile;
import io.ringcode.user.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The users of a tenant. */
@RestController
@RequestMapping("/api/v2")
class UsersController {
    /** A search shows no more than its first thousand, and counts no further than ten thousand. */
    private static final int MOST_SHOWN = 1000;

    private static final int MOST_COUNTED = 10_000;

    private final Directory users;
    private final Connections connections;
    private final Authenticators authenticators;
    private final AuthenticatorAdmin methods;
    private final Changes changes;
    private final Clock clock;

    UsersController(
            Directory users,
            Connections connections,
            Authenticators authenticators,
            AuthenticatorAdmin methods,
            Changes changes,
            Clock clock) {
        this.users = users;
        this.connections = connections;
        this.authenticators = authenticators;
        this.methods = methods;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping("/users")
    @RequiresScope("read:users")
    Object list(Caller caller, Paging paging, HttpServletRequest request) {
        if (paging.start() + paging.size() > MOST_SHOWN)
            throw ManagementRefused.query("page", "You can only page through the first " + MOST_SHOWN + " records");
        var tenant = caller.tenant();
        var search = new UserSearch(tenant, users, methods);
        var condition = condition(search, request);
        var order = UserSearch.order(request.getParameter("sort"));
        try {
            var found = users.search(tenant, condition, search.parameters(), order, paging.start(), paging.size());
            var total = paging.totals() ? users.count(tenant, condition, search.parameters(), MOST_COUNTED) : 0;
            return paging.page("users", shown(tenant, found), total);
        } catch (QueryTimeoutException slow) {
            throw ManagementRefused.slowSearch();
        }
    }

    @GetMapping("/users-by-email")
    @RequiresScope("read:users")
    List<Map<String, Object>> byEmail(Caller caller, Paging paging, HttpServletRequest request) {
        var email = request.getParameter("email");
        if (email == null || email.isBlank())
            throw ManagementRefused.query("email", "Missing required property: email");
        return shown(caller.tenant(), users.byEmail(caller.tenant(), email)).stream()
                .map(paging::select)
                .toList();
    }

    @GetMapping("/users/{id}")
    @RequiresScope("read:users")
    Map<String, Object> read(@PathVariable String id, Caller caller, Paging paging) {
        return paging.select(
                shown(caller.tenant(), List.of(require(caller, id))).getFirst());
    }

    @PostMapping("/users")
    @RequiresScope("create:users")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, Body body) {
        var form = UserForm.ofNew(body);
        var connection = body.text("connection", 1, 200);
        requireConnection(caller, connection);
        var data = form.applyTo(AdminUserData.NONE);
        if (data.email() == null && data.phone() == null && data.username() == null)
            throw ManagementRefused.body("email", "Missing required property: email");
        var key = body.optionalText("user_id", 1, 250);
        var user = new NewUser(connection, key, form.password(), data);
        var made = changes.makeUser(
                caller,
                body,
                () -> users.create(caller.tenant(), user, clock.instant()).orElseThrow(UsersController::conflict),
                profile -> profile.id().value());
        return shown(caller.tenant(), List.of(made)).getFirst();
    }

    @PatchMapping("/users/{id}")
    @RequiresScope("update:users")
    Map<String, Object> update(@PathVariable String id, Caller caller, Body body) {
        require(caller, id);
        var form = UserForm.ofChange(body);
        var password = form.password();
        var user = new UserId(id);
        try {
            return changes.makeFor(caller, "Update a user", id, body, () -> {
                var changed = users.update(caller.tenant(), user, form::applyTo, clock.instant())
                        .orElseThrow(UsersController::missing);
                if (password != null) users.setPassword(caller.tenant(), user, password, clock.instant());
                return shown(caller.tenant(), List.of(changed)).getFirst();
            });
        } catch (DuplicateKeyException taken) {
            throw conflict();
        }
    }

    /** Unknown ids answer the same, as there is nothing left to delete. */
    @DeleteMapping("/users/{id}")
    @RequiresScope("delete:users")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        if (users.find(caller.tenant(), new UserId(id)).isEmpty()) return;
        changes.makeFor(caller, "Delete a user", id, () -> users.delete(caller.tenant(), new UserId(id)));
    }

    private static String condition(UserSearch search, HttpServletRequest request) {
        var q = request.getParameter("q");
        var condition = q == null || q.isBlank() ? "true" : search.condition(SearchQuery.parse(q));
        var connection = request.getParameter("connection");
        return connection == null
                ? condition
                : "(" + condition + ") AND "
                        + search.condition(new SearchQuery.Term("identities.connection", connection, false));
    }

    private void requireConnection(Caller caller, String name) {
        var known = connections.named(caller.tenant(), name);
        if (known.isEmpty() || !known.get().strategy().equals(Connection.DATABASE))
            throw ConnectionsController.missing();
    }

    private Profile require(Caller caller, String id) {
        return users.find(caller.tenant(), new UserId(id)).orElseThrow(UsersController::missing);
    }

    static ManagementRefused missing() {
        return ManagementRefused.missing("inexistent_user", "The user does not exist.");
    }

    private static ManagementRefused conflict() {
        return ManagementRefused.conflict("user_exists", "The user already exists.");
    }

    private List<Map<String, Object>> shown(TenantId tenant, List<Profile> profiles) {
        var ids = profiles.stream().map(Profile::id).collect(Collectors.toSet());
        var enrolled = authenticators.enrolledAmong(tenant, ids);
        return profiles.stream().map(profile -> shown(profile, enrolled)).toList();
    }

    private static Map<String, Object> shown(Profile profile, Set<UserId> enrolled) {
        var user = profile.user();
        var email = user.email();
        var phone = profile.phone();
        var login = email != null ? email : phone != null ? phone.e164() : user.username();
        return new ResponseObject()
                .put("user_id", user.id().value())
                .put("email", email)
                .put("email_verified", email == null ? null : user.emailVerified())
                .put("phone_number", phone == null ? null : phone.e164())
                .put("phone_verified", phone == null ? null : profile.phoneVerified())
                .put("username", user.username())
                .put("name", user.name() == null ? login : user.name())
                .put("nickname", nickname(login))
                .putAll(user.details())
                .put("created_at", profile.createdAt())
                .put("updated_at", profile.updatedAt())
                .put("identities", List.of(identity(user.connection(), user.id())))
                .put("user_metadata", profile.userMetadata().isEmpty() ? null : profile.userMetadata())
                .put("app_metadata", profile.appMetadata().isEmpty() ? null : profile.appMetadata())
                .put("multifactor", enrolled.contains(user.id()) ? List.of("guardian") : null)
                .put("last_ip", profile.lastIp())
                .put("last_login", profile.lastLogin())
                .put("logins_count", profile.logins() == 0 ? null : profile.logins())
                .put("blocked", user.blocked() ? true : null)
                .members();
    }

    private static Map<String, Object> identity(String connection, UserId id) {
        var bar = id.value().indexOf('|');
        return new HashMap<>(Map.of(
                "connection",
                connection,
                "user_id",
                id.value().substring(bar + 1),
                "provider",
                "auth0",
                "isSocial",
                false));
    }

    private static @Nullable String nickname(@Nullable String login) {
        if (login == null) return null;
        var at = login.indexOf('@');
        return at > 0 ? login.substring(0, at) : login;
    }
}
