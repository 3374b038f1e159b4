package io.ringcode.management.user;

import io.ringcode.authorization.Issuers;
import io.ringcode.client.Caller;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.factor.Tickets;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Guardian enrolments: tickets to enrol by, and what a user has enrolled, by device. */
@RestController
@RequestMapping("/api/v2")
class EnrollmentsController {
    private static final Set<String> TICKET_FACTORS =
            Set.of("push-notification", "phone", "email", "otp", "webauthn-roaming", "webauthn-platform");

    private final Users users;
    private final AuthenticatorAdmin methods;
    private final Authenticators authenticators;
    private final RecoveryCodes recoveryCodes;
    private final Tickets tickets;
    private final Issuers issuers;
    private final Changes changes;
    private final Clock clock;

    EnrollmentsController(
            Users users,
            AuthenticatorAdmin methods,
            Authenticators authenticators,
            RecoveryCodes recoveryCodes,
            Tickets tickets,
            Issuers issuers,
            Changes changes,
            Clock clock) {
        this.users = users;
        this.methods = methods;
        this.authenticators = authenticators;
        this.recoveryCodes = recoveryCodes;
        this.tickets = tickets;
        this.issuers = issuers;
        this.changes = changes;
        this.clock = clock;
    }

    /** A link for a user to enrol by. The server sends no e-mail: whoever asks hands the link over. */
    @PostMapping("/guardian/enrollments/ticket")
    @RequiresScope("create:guardian_enrollment_tickets")
    Map<String, Object> ticket(Caller caller, Body body, HttpServletRequest request) {
        body.only("user_id", "email", "send_mail", "email_locale", "factor", "allow_multiple_enrollments");
        var user = known(caller, body.text("user_id"));
        if (body.flag("send_mail", false))
            throw ManagementRefused.operation(
                    "operation_not_supported",
                    "This server sends no e-mail. Hand the ticket_url to the user yourself.");
        var factor = body.has("factor") ? body.choice("factor", TICKET_FACTORS) : null;
        if (factor != null && !Set.of("phone", "otp").contains(factor))
            throw ManagementRefused.body("factor", "This server does not offer the factor " + factor);
        var multiple = body.flag("allow_multiple_enrollments", false);
        return changes.makeFor(caller, "Create an enrollment ticket", user.value(), body, () -> {
            var ticket = tickets.issue(caller, user, factor, multiple, clock.instant());
            var url =
                    issuers.of(request) + "mfa/enrollment?ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8);
            return new ResponseObject()
                    .put("ticket_id", ticket)
                    .put("ticket_url", url)
                    .members();
        });
    }

    @GetMapping("/guardian/enrollments/{id}")
    @RequiresScope("read:guardian_enrollments")
    Map<String, Object> read(@PathVariable String id, Caller caller) {
        return shown(require(caller, id)).members();
    }

    @DeleteMapping("/guardian/enrollments/{id}")
    @RequiresScope("delete:guardian_enrollments")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        var method = require(caller, id);
        changes.makeFor(
                caller,
                "Delete an enrollment",
                method.binding().user().value(),
                () -> authenticators.remove(caller, method.binding().user(), method.id(), By.ADMINISTRATOR));
    }

    @GetMapping("/users/{user}/enrollments")
    @RequiresScope("read:users")
    List<Map<String, Object>> list(@PathVariable String user, Caller caller) {
        return methods.list(caller.tenant(), known(caller, user)).stream()
                .filter(Authenticator::enrolls)
                .map(method -> shown(method)
                        .put("type", method instanceof Authenticator.Phone ? "phone" : "authenticator")
                        .put("auth_method", method instanceof Authenticator.Phone ? "sms" : "authenticator")
                        .members())
                .toList();
    }

    /** The user enrols anew at the next sign-in. */
    @DeleteMapping("/users/{user}/authenticators")
    @RequiresScope("delete:guardian_enrollments")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteAll(@PathVariable String user, Caller caller) {
        remove(caller, user, "Delete all authenticators", List.of(FactorKind.values()));
    }

    /** The older way to reset an authenticator app. Phones stay. */
    @DeleteMapping("/users/{user}/multifactor/{provider}")
    @RequiresScope("update:users")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteProvider(@PathVariable String user, @PathVariable String provider, Caller caller) {
        var kinds = switch (provider) {
            case "google-authenticator" -> List.of(FactorKind.APP);
            case "duo" -> List.<FactorKind>of();
            default -> throw ManagementRefused.path("No enum match, expected one of: duo, google-authenticator");
        };
        remove(caller, user, "Delete a multifactor provider", kinds);
    }

    /** Every browser that passed a second factor until now has to pass one again. */
    @PostMapping("/users/{user}/multifactor/actions/invalidate-remember-browser")
    @RequiresScope("update:users")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forgetBrowsers(@PathVariable String user, Caller caller) {
        var owner = known(caller, user);
        changes.makeFor(caller, "Forget remembered browsers", user, () -> {
            users.forgetBrowsers(caller.tenant(), owner, clock.instant());
            return true;
        });
    }

    @PostMapping("/users/{user}/recovery-code-regeneration")
    @RequiresScope("update:users")
    Map<String, Object> regenerate(@PathVariable String user, Caller caller) {
        var owner = known(caller, user);
        if (!authenticators.of(caller.tenant(), owner).enrolled())
            throw ManagementRefused.missing("enrollment_not_found", "Enrollment not found");
        return changes.makeFor(
                caller,
                "Regenerate a recovery code",
                user,
                () -> Map.of("recovery_code", recoveryCodes.replace(caller.tenant(), owner, clock.instant())));
    }

    private void remove(Caller caller, String user, String what, List<FactorKind> kinds) {
        var owner = known(caller, user);
        changes.makeFor(caller, what, user, () -> {
            methods.removeAll(caller, owner, kinds);
            return true;
        });
    }

    private UserId known(Caller caller, String user) {
        return users.find(caller.tenant(), new UserId(user))
                .orElseThrow(UsersController::missing)
                .id();
    }

    /** @param id with or without its channel */
    private Authenticator require(Caller caller, String id) {
        return methods.find(caller.tenant(), new AuthenticatorId(id.substring(id.indexOf('|') + 1)))
                .filter(method -> method.kind() != FactorKind.RECOVERY_CODE)
                .orElseThrow(() -> ManagementRefused.missing("enrollment_not_found", "Enrollment not found"));
    }

    private static ResponseObject shown(Authenticator method) {
        var phone = method instanceof Authenticator.Phone(var _, var number, var _) ? number : null;
        return new ResponseObject()
                .put("id", method.id().value())
                .put("status", method.confirmed() ? "confirmed" : "pending")
                .put("name", method.binding().name())
                .put("identifier", method.id().value())
                .put("phone_number", phone == null ? null : phone.masked())
                .put("enrolled_at", method.binding().confirmedAt())
                .put("last_auth", method.binding().lastAuthAt());
    }
}
