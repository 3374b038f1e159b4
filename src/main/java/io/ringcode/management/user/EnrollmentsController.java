package io.ringcode.management.user;

import io.ringcode.authorization.Issuer;
import io.ringcode.client.Caller;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.RecoveryCodeReplaced;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.factor.Tickets;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.user.EnrollmentAnswer.Listed;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Guardian enrolments: tickets to enrol by, and what a user has enrolled, by device. */
@RestController
@RequestMapping("/api/v2")
public class EnrollmentsController {
    private final Users users;
    private final AuthenticatorAdmin methods;
    private final Authenticators authenticators;
    private final RecoveryCodes recoveryCodes;
    private final Tickets tickets;
    private final Changes changes;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    EnrollmentsController(
            Users users,
            AuthenticatorAdmin methods,
            Authenticators authenticators,
            RecoveryCodes recoveryCodes,
            Tickets tickets,
            Changes changes,
            Clock clock,
            ApplicationEventPublisher events) {
        this.users = users;
        this.methods = methods;
        this.authenticators = authenticators;
        this.recoveryCodes = recoveryCodes;
        this.tickets = tickets;
        this.changes = changes;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Asks for a ticket.
     *
     * @param email taken and not followed, as no e-mail is sent; so is its language
     */
    public record TicketRequest(
            String userId,
            @Nullable JsonNode email,
            @Nullable Boolean sendMail,
            @Nullable JsonNode emailLocale,

            @Nullable @OneOf({"push-notification", "phone", "email", "otp", "webauthn-roaming", "webauthn-platform"})
            String factor,

            @Nullable Boolean allowMultipleEnrollments)
            implements JsonBody {
        public TicketRequest {
            if ("webauthn-platform".equals(factor))
                throw InvalidBody.on(
                        "factor", "A device is bound after a sign-in on it, and by no ticket. Use webauthn-roaming");
            if (factor != null && !Set.of("phone", "otp", "webauthn-roaming").contains(factor))
                throw InvalidBody.on("factor", "This server does not offer the factor " + factor);
        }
    }

    public record Ticket(String ticketId, String ticketUrl) implements JsonAnswer {
        /** Without the ticket, which is a secret. */
        @Override
        public String toString() {
            return "Ticket";
        }
    }

    public record NewRecoveryCode(String recoveryCode) implements JsonAnswer {
        /** Without the code. */
        @Override
        public String toString() {
            return "NewRecoveryCode";
        }
    }

    /** A link for a user to enrol by. The server sends no e-mail: whoever asks hands the link over. */
    @PostMapping("/guardian/enrollments/ticket")
    @RequiresScope("create:guardian_enrollment_tickets")
    public Ticket ticket(Caller caller, TicketRequest body, Issuer issuer) {
        var user = known(caller, body.userId());
        if (Boolean.TRUE.equals(body.sendMail()))
            throw ManagementRefused.operation(
                    "operation_not_supported",
                    "This server sends no e-mail. Hand the ticket_url to the user yourself.");
        var multiple = Boolean.TRUE.equals(body.allowMultipleEnrollments());
        return changes.makeFor(caller, "Create an enrollment ticket", user.value(), body, () -> {
            var ticket = tickets.issue(caller, user, body.factor(), multiple, clock.instant());
            return new Ticket(
                    ticket,
                    issuer.url() + "mfa/enrollment?ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8));
        });
    }

    @GetMapping("/guardian/enrollments/{id}")
    @RequiresScope("read:guardian_enrollments")
    EnrollmentAnswer read(@PathVariable String id, Caller caller) {
        return EnrollmentAnswer.of(require(caller, id));
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
    List<Listed> list(@PathVariable String user, Caller caller) {
        return methods.list(caller.tenant(), known(caller, user)).stream()
                .filter(Authenticator::enrolls)
                .map(Listed::of)
                .toList();
    }

    /** The user enrols anew at the next sign-in. */
    @DeleteMapping("/users/{user}/authenticators")
    @RequiresScope("delete:guardian_enrollments")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deleteAll(@PathVariable String user, Caller caller) {
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
    public NewRecoveryCode regenerate(@PathVariable String user, Caller caller) {
        var owner = known(caller, user);
        if (!authenticators.of(caller.tenant(), owner).enrolled())
            throw ManagementRefused.missing("enrollment_not_found", "Enrollment not found");
        return changes.makeFor(caller, "Regenerate a recovery code", user, () -> {
            var code = recoveryCodes.replace(caller.tenant(), owner, clock.instant());
            events.publishEvent(new RecoveryCodeReplaced(caller, owner, By.ADMINISTRATOR));
            return new NewRecoveryCode(code);
        });
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
}
