package io.ringcode.management.user;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.ringcode.client.Caller;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.AuthenticatorAdmin.Wanted;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.WebAuthnCredential;
import io.ringcode.fraud.PermittedCountries;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.Whole;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A user's authenticators, bound and managed by an administrator. Ids carry their kind: {@code phone|dev_…}. */
@RestController
@RequestMapping("/api/v2/users/{user}/authentication-methods")
public class AuthenticationMethodsController {
    private static final int MOST = 20;

    /** What an administrator may change of a method; null leaves it as it is. */
    record MethodChange(
            @Nullable @NullAllowed @Length(min = 1, max = NewMethod.LONGEST_NAME)
            String name,

            @Nullable @NullAllowed Channel preferredAuthenticationMethod)
            implements JsonBody {}

    record Replacement(@Whole @Items(max = MOST) List<NewMethod> methods) implements JsonBody {}

    /** @param flags of the tenant's settings */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Flags(@Nullable Map<String, Boolean> flags) {
        boolean showsNumbers() {
            return flags != null && flags.getOrDefault("disable_management_api_sms_obfuscation", false);
        }
    }

    private final Users users;
    private final AuthenticatorAdmin methods;
    private final Authenticators authenticators;
    private final Tenants tenants;
    private final Changes changes;
    private final Clock clock;

    AuthenticationMethodsController(
            Users users,
            AuthenticatorAdmin methods,
            Authenticators authenticators,
            Tenants tenants,
            Changes changes,
            Clock clock) {
        this.users = users;
        this.methods = methods;
        this.authenticators = authenticators;
        this.tenants = tenants;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping
    @RequiresScope("read:authentication_methods")
    public Page<MethodAnswer> list(@PathVariable String user, Caller caller, Paging paging) {
        var clear = inClear(caller.tenant());
        var all = methods.list(caller.tenant(), known(caller, user)).stream()
                .map(method -> MethodAnswer.of(method, clear))
                .toList();
        var from = Math.min(paging.start(), all.size());
        return paging.page("authenticators", all.subList(from, Math.min(from + paging.size(), all.size())), all.size());
    }

    @GetMapping("/{id}")
    @RequiresScope("read:authentication_methods")
    MethodAnswer read(@PathVariable String user, @PathVariable String id, Caller caller) {
        return MethodAnswer.of(require(caller, known(caller, user), id), inClear(caller.tenant()));
    }

    @PostMapping
    @RequiresScope("create:authentication_methods")
    @ResponseStatus(HttpStatus.CREATED)
    MethodAnswer create(@PathVariable String user, Caller caller, NewMethod body) {
        var owner = known(caller, user);
        var key = body.key();
        if (key != null)
            return changes.makeFor(
                    caller,
                    "Create an authentication method",
                    user,
                    body,
                    () -> MethodAnswer.of(addKey(caller, owner, body.name(), key), true));
        var wanted = wanted(caller, body);
        return changes.makeFor(
                caller,
                "Create an authentication method",
                user,
                body,
                () -> MethodAnswer.of(add(caller, owner, wanted), true));
    }

    /** Replaces all phones and apps; keys, devices and the recovery code stay. */
    @PutMapping
    @RequiresScope("update:authentication_methods")
    List<MethodAnswer> replace(@PathVariable String user, Caller caller, Replacement body) {
        var owner = known(caller, user);
        var wanted = body.methods().stream().map(one -> wanted(caller, one)).toList();
        return changes.makeFor(caller, "Update all authentication methods", user, () -> {
            methods.removeAll(caller, owner, List.of(FactorKind.PHONE, FactorKind.APP));
            var shown = new ArrayList<MethodAnswer>();
            for (var one : wanted) shown.add(MethodAnswer.of(add(caller, owner, one), true));
            return shown;
        });
    }

    @DeleteMapping
    @RequiresScope("delete:authentication_methods")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteAll(@PathVariable String user, Caller caller) {
        var owner = known(caller, user);
        changes.makeFor(caller, "Delete all authentication methods", user, () -> {
            methods.removeAll(caller, owner);
            return true;
        });
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:authentication_methods")
    MethodAnswer update(@PathVariable String user, @PathVariable String id, Caller caller, MethodChange body) {
        var owner = known(caller, user);
        var method = require(caller, owner, id);
        var preferred = body.preferredAuthenticationMethod();
        if (preferred != null && !(method instanceof Authenticator.Phone))
            throw ManagementRefused.body("preferred_authentication_method", "Only a phone has one");
        return changes.makeFor(caller, "Update an authentication method", user, body, () -> {
            methods.change(caller, owner, method.id(), body.name(), preferred);
            return MethodAnswer.of(require(caller, owner, id), inClear(caller.tenant()));
        });
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:authentication_methods")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String user, @PathVariable String id, Caller caller) {
        var owner = known(caller, user);
        var method = require(caller, owner, id);
        changes.makeFor(
                caller,
                "Delete an authentication method",
                user,
                () -> authenticators.remove(caller, owner, method.id(), By.ADMINISTRATOR));
    }

    private Wanted wanted(Caller caller, NewMethod body) {
        var wanted = body.wanted();
        if (wanted instanceof Wanted.Phone(var _, var number, var _)
                && !PermittedCountries.of(tenants.settings(caller.tenant())).permit(number))
            throw ManagementRefused.body("phone_number", "Its country is not among those the tenant accepts");
        return wanted;
    }

    private Authenticator add(Caller caller, UserId user, Wanted wanted) {
        requireRoom(caller, user);
        var id = methods.add(caller, user, wanted, clock.instant())
                .orElseThrow(() -> ManagementRefused.conflict(
                        "authentication_method_exists", "The user already has this phone number."));
        return methods.find(caller.tenant(), id).orElseThrow();
    }

    private Authenticator addKey(Caller caller, UserId user, @Nullable String name, WebAuthnCredential key) {
        requireRoom(caller, user);
        return methods.addKey(caller, user, name, key, clock.instant())
                .flatMap(id -> methods.find(caller.tenant(), id))
                .orElseThrow(() -> ManagementRefused.conflict(
                        "authentication_method_exists", "The user already has this security key."));
    }

    private void requireRoom(Caller caller, UserId user) {
        if (methods.list(caller.tenant(), user).size() >= MOST)
            throw ManagementRefused.forbidden("operation_not_supported", "A user has at most " + MOST + " methods");
    }

    private UserId known(Caller caller, String user) {
        return users.find(caller.tenant(), new UserId(user))
                .orElseThrow(UsersController::missing)
                .id();
    }

    private Authenticator require(Caller caller, UserId user, String id) {
        var bar = id.indexOf('|');
        return methods.find(caller.tenant(), new AuthenticatorId(id.substring(bar + 1)))
                .filter(method -> method.binding().user().equals(user))
                .filter(method -> bar < 0 || isKind(method, id.substring(0, bar)))
                .orElseThrow(() -> ManagementRefused.missing(
                        "inexistent_authentication_method", "The authentication method does not exist."));
    }

    /** A phone is also known by its channels. */
    private static boolean isKind(Authenticator method, String kind) {
        return method.kind().column().equals(kind)
                || (method instanceof Authenticator.Phone && Channel.of(kind).isPresent());
    }

    private boolean inClear(TenantId tenant) {
        return tenants.settings(tenant)
                .get(TenantProfile.SETTING, Flags.class, new Flags(null))
                .showsNumbers();
    }
}
