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
import io.ringcode.fraud.PermittedCountries;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
class AuthenticationMethodsController {
    private static final int MOST = 20;

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
    Object list(@PathVariable String user, Caller caller, Paging paging) {
        var clear = inClear(caller.tenant());
        var all = methods.list(caller.tenant(), known(caller, user)).stream()
                .map(method -> shown(method, clear))
                .toList();
        var from = Math.min(paging.start(), all.size());
        return paging.page("authenticators", all.subList(from, Math.min(from + paging.size(), all.size())), all.size());
    }

    @GetMapping("/{id}")
    @RequiresScope("read:authentication_methods")
    Map<String, Object> read(@PathVariable String user, @PathVariable String id, Caller caller) {
        return shown(require(caller, known(caller, user), id), inClear(caller.tenant()));
    }

    @PostMapping
    @RequiresScope("create:authentication_methods")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(@PathVariable String user, Caller caller, Body body) {
        var owner = known(caller, user);
        var wanted = wanted(caller, body);
        return changes.makeFor(
                caller, "Create an authentication method", user, body, () -> shown(add(caller, owner, wanted), true));
    }

    /** Replaces all phones and apps; the recovery code stays. */
    @PutMapping
    @RequiresScope("update:authentication_methods")
    List<Map<String, Object>> replace(@PathVariable String user, Caller caller, Body body) {
        var owner = known(caller, user);
        var wanted = body.objects(MOST).stream().map(one -> wanted(caller, one)).toList();
        return changes.makeFor(caller, "Update all authentication methods", user, () -> {
            methods.removeAll(caller, owner, List.of(FactorKind.PHONE, FactorKind.APP));
            var shown = new ArrayList<Map<String, Object>>();
            for (var one : wanted) shown.add(shown(add(caller, owner, one), true));
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
    Map<String, Object> update(@PathVariable String user, @PathVariable String id, Caller caller, Body body) {
        var owner = known(caller, user);
        var method = require(caller, owner, id);
        body.only("name", "preferred_authentication_method");
        var name = MethodForm.name(body);
        var preferred = MethodForm.preferred(body);
        if (preferred != null && !(method instanceof Authenticator.Phone))
            throw ManagementRefused.body("preferred_authentication_method", "Only a phone has one");
        return changes.makeFor(caller, "Update an authentication method", user, body, () -> {
            methods.change(caller, owner, method.id(), name, preferred);
            return shown(require(caller, owner, id), inClear(caller.tenant()));
        });
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:authentication_methods")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String user, @PathVariable String id, Caller caller) {
        var owner = known(caller, user);
        var method = require(caller, owner, id);
        changes.makeFor(
                caller,
                "Delete an authentication method",
                user,
                () -> authenticators.remove(caller, owner, method.id(), By.ADMINISTRATOR));
    }

    private Wanted wanted(Caller caller, Body body) {
        var wanted = MethodForm.wanted(body);
        if (wanted instanceof Wanted.Phone(var _, var number, var _)
                && !PermittedCountries.of(tenants.settings(caller.tenant())).permit(number))
            throw ManagementRefused.body("phone_number", "Its country is not among those that the tenant accepts");
        return wanted;
    }

    private Authenticator add(Caller caller, UserId user, Wanted wanted) {
        if (methods.list(caller.tenant(), user).size() >= MOST)
            throw ManagementRefused.forbidden("operation_not_supported", "A user has at most " + MOST + " methods");
        var id = methods.add(caller, user, wanted, clock.instant())
                .orElseThrow(() -> ManagementRefused.conflict(
                        "authentication_method_exists", "The user has this phone number already."));
        return methods.find(caller.tenant(), id).orElseThrow();
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

    private static Map<String, Object> shown(Authenticator method, boolean inClear) {
        var device = method.id().value();
        var kind = method.kind().column();
        var binding = method.binding();
        var shown = new ResponseObject()
                .put("id", kind + "|" + device)
                .put("type", kind)
                .put("confirmed", method.confirmed())
                .put("name", binding.name());
        if (method instanceof Authenticator.Phone(var _, var number, var preferred))
            shown.put("phone_number", inClear ? number.e164() : number.masked())
                    .put("preferred_authentication_method", preferred.wire())
                    .put("authentication_methods", List.of(channel("sms", device), channel("voice", device)));
        return shown.put("created_at", binding.createdAt())
                .put("enrolled_at", binding.confirmedAt())
                .put("last_auth_at", binding.lastAuthAt())
                .members();
    }

    private static Map<String, Object> channel(String channel, String device) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("id", channel + "|" + device);
        shown.put("type", channel);
        return shown;
    }
}
