package io.ringcode.management.user;

import io.ringcode.client.Caller;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.fraud.LoginGuard;
import io.ringcode.json.JsonAnswer;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.search.SearchQuery;
import io.ringcode.management.search.UserSearch;
import io.ringcode.user.Directory;
import io.ringcode.user.Profile;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** User blocks: too many wrong passwords, and authenticators that too many wrong codes have disabled. */
@RestController
@RequestMapping("/api/v2/user-blocks")
public class UserBlocksController {
    private final Directory users;
    private final LoginGuard logins;
    private final AuthenticatorAdmin methods;
    private final Changes changes;
    private final Clock clock;

    UserBlocksController(Directory users, LoginGuard logins, AuthenticatorAdmin methods, Changes changes, Clock clock) {
        this.users = users;
        this.logins = logins;
        this.methods = methods;
        this.changes = changes;
        this.clock = clock;
    }

    public record Blocks(List<Block> blockedFor) implements JsonAnswer {}

    /** @param identifier what was typed at sign-in, or an authenticator's id with its kind */
    public record Block(String identifier, String connection) implements JsonAnswer {}

    @GetMapping("/{id}")
    @RequiresScope("read:users")
    public Blocks read(@PathVariable String id, Caller caller) {
        return shown(caller, List.of(require(caller, id)));
    }

    @GetMapping
    @RequiresScope("read:users")
    Blocks readBy(Caller caller, @RequestParam @Nullable String identifier) {
        return shown(caller, identified(caller, identifier));
    }

    /** Wrong passwords and wrong codes are forgotten; what they disabled works again, but not what its owner denied. */
    @DeleteMapping("/{id}")
    @RequiresScope("update:users")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String id, Caller caller) {
        unblock(caller, require(caller, id));
    }

    @DeleteMapping
    @RequiresScope("update:users")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteBy(Caller caller, @RequestParam @Nullable String identifier) {
        identified(caller, identifier).forEach(user -> unblock(caller, user));
    }

    private void unblock(Caller caller, Profile user) {
        changes.makeFor(caller, "Unblock a user", user.id().value(), () -> {
            logins(user).forEach(login -> logins.forget(caller.tenant(), login));
            return methods.unlock(caller.tenant(), user.id());
        });
    }

    private Blocks shown(Caller caller, List<Profile> users) {
        var blocks = new ArrayList<Block>();
        for (var user : users) {
            logins(user)
                    .filter(login -> logins.blocked(caller.tenant(), login, clock.instant()))
                    .forEach(login -> blocks.add(block(user, login)));
            for (var method : methods.list(caller.tenant(), user.id()))
                if (method.binding().locked()) blocks.add(block(user, identifier(method)));
        }
        return new Blocks(blocks);
    }

    private static Block block(Profile user, String identifier) {
        return new Block(identifier, user.user().connection());
    }

    private static String identifier(Authenticator method) {
        return method.kind().column() + "|" + method.id().value();
    }

    private static Stream<String> logins(Profile user) {
        return Stream.of(user.user().email(), user.user().username())
                .filter(java.util.Objects::nonNull)
                .map(String::valueOf);
    }

    private List<Profile> identified(Caller caller, @Nullable String identifier) {
        if (identifier == null || identifier.isBlank())
            throw ManagementRefused.query("identifier", "Missing required property: identifier");
        var search = new UserSearch(caller.tenant(), users, methods);
        var condition = search.condition(new SearchQuery.Or(List.of(
                new SearchQuery.Term("email", identifier, false),
                new SearchQuery.Term("username", identifier, false),
                new SearchQuery.Term("phone_number", identifier, false))));
        return users.search(caller.tenant(), condition, search.parameters(), UserSearch.order(null), 0, 10);
    }

    private Profile require(Caller caller, String id) {
        return users.find(caller.tenant(), new UserId(id)).orElseThrow(UsersController::missing);
    }
}
