package io.ringcode.management.user;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.client.Caller;
import io.ringcode.client.Connection;
import io.ringcode.client.Connections;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.Authenticators;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.client.ConnectionsController;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.Selected;
import io.ringcode.management.search.SearchQuery;
import io.ringcode.management.search.UserSearch;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.AdminUserData;
import io.ringcode.user.Directory;
import io.ringcode.user.NewUser;
import io.ringcode.user.PasswordHash;
import io.ringcode.user.Passwords;
import io.ringcode.user.Profile;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.util.List;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The users of a tenant. */
@RestController
@RequestMapping("/api/v2")
public class UsersController {
    /** A search shows no more than its first thousand, and counts no further than ten thousand. */
    private static final int MOST_SHOWN = 1000;

    private static final int MOST_COUNTED = 10_000;

    private final Directory users;
    private final Passwords passwords;
    private final Connections connections;
    private final Authenticators authenticators;
    private final AuthenticatorAdmin methods;
    private final Changes changes;
    private final Clock clock;

    UsersController(
            Directory users,
            Passwords passwords,
            Connections connections,
            Authenticators authenticators,
            AuthenticatorAdmin methods,
            Changes changes,
            Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.connections = connections;
        this.authenticators = authenticators;
        this.methods = methods;
        this.changes = changes;
        this.clock = clock;
    }

    public record NewUserBody(
            @Length(min = 1, max = 200) String connection,

            @Nullable @NullAllowed @Length(min = 1, max = 250)
            String userId,

            @JsonUnwrapped UserFacts facts)
            implements JsonBody {}

    /** @param connection taken and not followed, as are the client and the wish for a mail: all of a user is in one place */
    public record UserChange(
            @JsonUnwrapped UserFacts facts,
            @Nullable JsonNode connection,
            @Nullable JsonNode clientId,
            @Nullable JsonNode verifyPassword)
            implements JsonBody {}

    @GetMapping("/users")
    @RequiresScope("read:users")
    public Page<UserAnswer> list(
            Caller caller,
            Paging paging,
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String connection,
            @RequestParam @Nullable String sort) {
        if (paging.start() + paging.size() > MOST_SHOWN)
            throw ManagementRefused.query("page", "You can only page through the first " + MOST_SHOWN + " records");
        var tenant = caller.tenant();
        var search = new UserSearch(tenant, users, methods);
        var condition = condition(search, q, connection);
        var order = UserSearch.order(sort);
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
    List<Selected<UserAnswer>> byEmail(Caller caller, Paging paging, @RequestParam @Nullable String email) {
        if (email == null || email.isBlank())
            throw ManagementRefused.query("email", "Missing required property: email");
        return shown(caller.tenant(), users.byEmail(caller.tenant(), email)).stream()
                .map(paging::selected)
                .toList();
    }

    @GetMapping("/users/{id}")
    @RequiresScope("read:users")
    public Selected<UserAnswer> read(@PathVariable String id, Caller caller, Paging paging) {
        return paging.selected(shown(caller.tenant(), require(caller, id)));
    }

    @PostMapping("/users")
    @RequiresScope("create:users")
    @ResponseStatus(HttpStatus.CREATED)
    public UserAnswer create(Caller caller, NewUserBody body) {
        requireConnection(caller, body.connection());
        var data = body.facts().applyTo(AdminUserData.NONE);
        if (data.email() == null && data.phone() == null && data.username() == null)
            throw ManagementRefused.body("email", "Missing required property: email");
        var user =
                new NewUser(body.connection(), body.userId(), hash(body.facts().password()), data);
        var made = changes.makeUser(
                caller,
                body,
                () -> users.create(caller.tenant(), user, clock.instant()).orElseThrow(UsersController::conflict),
                profile -> profile.id().value());
        return shown(caller.tenant(), made);
    }

    @PatchMapping("/users/{id}")
    @RequiresScope("update:users")
    public UserAnswer update(@PathVariable String id, Caller caller, UserChange body) {
        require(caller, id);
        var facts = body.facts();
        var user = new UserId(id);
        var password = hash(facts.password());
        try {
            return changes.makeFor(caller, "Update a user", id, body, () -> {
                var changed = users.update(caller.tenant(), user, facts::applyTo, clock.instant())
                        .orElseThrow(UsersController::missing);
                if (password != null) users.setPassword(caller.tenant(), user, password, null, clock.instant());
                return shown(caller.tenant(), changed);
            });
        } catch (DuplicateKeyException taken) {
            throw conflict();
        }
    }

    private @Nullable PasswordHash hash(@Nullable String password) {
        return password == null ? null : passwords.hash(password);
    }

    /** Unknown ids answer the same, as there is nothing left to delete. */
    @DeleteMapping("/users/{id}")
    @RequiresScope("delete:users")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String id, Caller caller) {
        if (users.find(caller.tenant(), new UserId(id)).isEmpty()) return;
        changes.makeFor(caller, "Delete a user", id, () -> users.delete(caller.tenant(), new UserId(id)));
    }

    private static String condition(UserSearch search, @Nullable String q, @Nullable String connection) {
        var condition = q == null || q.isBlank() ? "true" : search.condition(SearchQuery.parse(q));
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

    private UserAnswer shown(TenantId tenant, Profile profile) {
        return shown(tenant, List.of(profile)).getFirst();
    }

    private List<UserAnswer> shown(TenantId tenant, List<Profile> profiles) {
        var ids = profiles.stream().map(Profile::id).collect(Collectors.toSet());
        var enrolled = authenticators.enrolledAmong(tenant, ids);
        return profiles.stream()
                .map(profile -> UserAnswer.of(profile, enrolled.contains(profile.id())))
                .toList();
    }
}
