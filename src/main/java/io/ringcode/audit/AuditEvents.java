package io.ringcode.audit;

import io.ringcode.action.ActionFailed;
import io.ringcode.action.NumberRefused;
import io.ringcode.authorization.GrantType;
import io.ringcode.authorization.TokenEvent;
import io.ringcode.authorization.TokenEvent.GrantRefused;
import io.ringcode.authorization.TokenEvent.MfaDemanded;
import io.ringcode.authorization.TokenEvent.TokensIssued;
import io.ringcode.budget.BudgetReached;
import io.ringcode.challenge.ChallengeEvent;
import io.ringcode.challenge.ChallengeEvent.CeremonyFailed;
import io.ringcode.challenge.ChallengeEvent.ChallengeStarted;
import io.ringcode.challenge.ChallengeEvent.GuessRight;
import io.ringcode.challenge.ChallengeEvent.GuessWrong;
import io.ringcode.challenge.ChallengeEvent.GuessesExceeded;
import io.ringcode.challenge.ChallengeEvent.KeyAsked;
import io.ringcode.challenge.ChallengeEvent.KeyRefused;
import io.ringcode.delivery.MessageSettled;
import io.ringcode.delivery.ReceiptRefused;
import io.ringcode.factor.AuthenticatorEvent;
import io.ringcode.factor.AuthenticatorEvent.AuthenticatorChanged;
import io.ringcode.factor.AuthenticatorEvent.AuthenticatorRemoved;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorEvent.EnrollmentStarted;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.LossReported;
import io.ringcode.factor.ProofMethod;
import io.ringcode.factor.RecoveryCodeReplaced;
import io.ringcode.fraud.SendRefused;
import io.ringcode.log.stream.LogStreamEvent;
import io.ringcode.login.LoginEvent;
import io.ringcode.mail.MailEvent;
import io.ringcode.management.ManagementEvent;
import io.ringcode.management.ManagementEvent.CredentialsUnchecked;
import io.ringcode.management.ManagementEvent.ResourceChanged;
import io.ringcode.management.ManagementEvent.SettingChanged;
import io.ringcode.notice.NoticeEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Every event of the rooms below, in Auth0's type codes. */
@Component
class AuditEvents {
    private final AuditLog log;

    AuditEvents(AuditLog log) {
        this.log = log;
    }

    @EventListener
    void on(AuthenticatorEvent event) {
        var user = event.user().value();
        var device = event.authenticator();
        log.add(
                switch (event) {
                    case EnrollmentStarted(var caller, var _, var _, var type, var phone) ->
                        LogLine.of(caller, "gd_start_enroll", user, "Enrollment begun", details(device, type, phone));
                    case AuthenticatorChanged(var caller, var _, var _) ->
                        LogLine.of(
                                caller,
                                "gd_update_device_account",
                                user,
                                "Authenticator changed",
                                details(device, null, null));
                    case AuthenticatorRemoved(var caller, var _, var _, var _) ->
                        LogLine.of(caller, "gd_unenroll", user, "Authenticator removed", details(device, null, null));
                });
    }

    /** An administrator's is told as a change by the Management API. */
    @EventListener
    void on(RecoveryCodeReplaced replaced) {
        if (replaced.by() == By.OWNER)
            log.add(LogLine.of(
                    replaced.caller(),
                    "gd_enrollment_complete",
                    replaced.user().value(),
                    "Recovery code made anew",
                    details(null, FactorKind.RECOVERY_CODE)));
    }

    @EventListener
    void on(ChallengeEvent event) {
        var user = event.user().value();
        switch (event) {
            case ChallengeStarted(var caller, var _, var device, var channel) ->
                log.add(LogLine.of(
                        caller, "gd_start_auth", user, "Second factor begun", details(device, channel.wire(), null)));
            case GuessRight(var caller, var _, var device, var method, var first) -> {
                if (first)
                    log.add(LogLine.of(
                            caller,
                            "gd_enrollment_complete",
                            user,
                            "Enrollment complete",
                            details(device, method.wire(), null)));
                log.add(LogLine.of(
                        caller,
                        isRecovery(method) ? "gd_recovery_succeed" : "gd_auth_succeed",
                        user,
                        "Second factor right",
                        details(device, method.wire(), null)));
            }
            case GuessWrong(var caller, var _, var device, var method, var _) ->
                log.add(LogLine.of(
                        caller,
                        isRecovery(method) ? "gd_recovery_failed" : "gd_auth_failed",
                        user,
                        "Second factor wrong",
                        details(device, method.wire(), null)));
            case KeyAsked(var caller, var _, var kind) ->
                log.add(LogLine.of(caller, "gd_start_auth", user, "Second factor begun", details(null, kind)));
            case KeyRefused(var caller, var _, var device, var kind, var reason) ->
                log.add(LogLine.of(
                        caller, "gd_auth_failed", user, "Security key not taken: " + reason, details(device, kind)));
            case CeremonyFailed(var caller, var _, var kind, var ceremony, var error) ->
                log.add(LogLine.of(
                        caller,
                        switch (ceremony) {
                            case BINDING -> "gd_webauthn_enrollment_failed";
                            case PROVING -> "gd_webauthn_challenge_failed";
                        },
                        user,
                        "The browser told of " + error,
                        Map.of(
                                "authenticator",
                                Map.of("type", kind.setting()),
                                "failure_details",
                                Map.of("errorCode", error))));
            case GuessesExceeded(var caller, var _, var device, var method) ->
                log.add(LogLine.of(
                        caller,
                        isRecovery(method) ? "gd_recovery_rate_limit_exceed" : "gd_otp_rate_limit_exceed",
                        user,
                        "Too many wrong codes",
                        details(device, method.wire(), null)));
        }
    }

    @EventListener
    void on(BudgetReached reached) {
        var budget = reached.budget();
        var details = new LinkedHashMap<String, Object>();
        details.put("scope", budget.scope().kind().wire());
        if (budget.scope().of() != null) details.put("of", budget.scope().of());
        details.put("period", budget.period().wire());
        details.put("starts", reached.starts().toString());
        details.put("percent", reached.percent());
        details.put("limit", budget.limit().amount());
        details.put("spent", reached.spent().amount());
        details.put("currency", reached.currency());
        var data = new LinkedHashMap<String, Object>();
        data.put(
                "description",
                reached.percent() == 100
                        ? "No further message fits into " + budget
                        : reached.percent() + " % spent of " + budget);
        data.put("details", details);
        log.add(new LogLine(reached.tenant(), "limit_budget", null, null, data));
    }

    @EventListener
    void on(SendRefused refused) {
        var request = refused.request();
        var details = new LinkedHashMap<String, Object>();
        details.put("rule", word(refused.denied().rule()));
        details.put("cause", word(request.cause()));
        details.put("channel", request.channel().wire());
        details.put("phone_number", request.to().masked());
        if (refused.denied().retryAfter().isPositive())
            details.put("retry_after", refused.denied().retryAfter().toSeconds());
        var data = new LinkedHashMap<String, Object>();
        var description = "Message not sent: " + refused.denied().rule().reason();
        for (var learned : refused.denied().learned().stream().limit(1).toList()) {
            details.put("scope", learned.scope());
            details.put("value", tenths(learned.value()));
            details.put("threshold", tenths(learned.threshold()));
            details.put("until", learned.until().toString());
            description += " (" + learned.scope() + ")";
        }
        data.put("description", description);
        var origin = request.origin();
        if (origin != null) {
            data.put("ip", origin.ip());
            data.put("hostname", origin.host());
            if (origin.userAgent() != null) data.put("user_agent", origin.userAgent());
        }
        data.put("details", details);
        log.add(new LogLine(
                request.tenant(),
                "limit_phone",
                request.user() == null ? null : request.user().value(),
                request.client() == null ? null : request.client().value(),
                data));
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @EventListener
    void on(TokenEvent event) {
        var user = event.user() == null ? null : event.user().value();
        log.add(
                switch (event) {
                    case TokensIssued(var caller, var _, var grant, var audience, var scope) -> {
                        var line = LogLine.of(caller, "s" + code(grant), user, "Tokens issued", Map.of());
                        if (audience != null) line.data().put("audience", audience);
                        line.data().put("scope", scope);
                        yield line;
                    }
                    case GrantRefused(var caller, var _, var grant, var reason) ->
                        LogLine.of(caller, "f" + code(grant), user, reason, Map.of());
                    case MfaDemanded(var caller, var _) ->
                        LogLine.of(caller, "mfar", user, "Second factor demanded", Map.of());
                });
    }

    @EventListener
    void on(LoginEvent event) {
        log.add(
                switch (event) {
                    case LoginEvent.SignedIn(var caller, var user) ->
                        LogLine.of(caller, "s", user.value(), "Signed in", Map.of());
                    case LoginEvent.SignedInSilently(var caller, var user) ->
                        LogLine.of(caller, "ssa", user.value(), "Signed in by a session", Map.of());
                    case LoginEvent.SilentSignInRefused(var caller, var user, var reason) ->
                        LogLine.of(caller, "fsa", user == null ? null : user.value(), reason, Map.of());
                    case LoginEvent.SignInDenied(var caller, var user, var reason) ->
                        LogLine.of(caller, "f", user.value(), reason, Map.of());
                    case LoginEvent.PasswordRefused(var caller, var reason) ->
                        LogLine.of(caller, "fp", null, reason, Map.of());
                    case LoginEvent.SignedUp(var caller, var user) ->
                        LogLine.of(caller, "ss", user.value(), "Signed up", Map.of());
                    case LoginEvent.SignUpRefused(var caller, var reason) ->
                        LogLine.of(caller, "fs", null, reason, Map.of());
                    case LoginEvent.SignedOut(var caller, var user) ->
                        LogLine.of(caller, "slo", user.value(), "Signed out", Map.of());
                });
    }

    @EventListener
    void on(ManagementEvent event) {
        log.add(
                switch (event) {
                    case SettingChanged(var caller, var setting) ->
                        LogLine.of(caller, "gd_tenant_update", null, "Changed " + setting, Map.of());
                    case CredentialsUnchecked(var caller, var carrier, var reason) ->
                        LogLine.of(
                                caller,
                                "gd_tenant_update",
                                null,
                                "Warning: saved credentials that could not be checked: " + reason,
                                Map.of("provider", carrier));
                    case ResourceChanged(var caller, var what, var id, var user, var properties) ->
                        LogLine.of(caller, "sapi", user, what, Map.of("id", id, "properties", properties));
                });
    }

    @EventListener
    void on(MessageSettled settled) {
        // What was not sent since nobody needs it is no failure.
        if (settled.result() == MessageSettled.Result.NOT_NEEDED) return;
        var type = "gd_send_" + settled.channel().wire();
        var accepted = settled.result() == MessageSettled.Result.ACCEPTED;
        var details = new LinkedHashMap<String, Object>();
        details.put("message_id", settled.message().toString());
        details.put("provider", settled.provider());
        details.put("phone_number", settled.to());
        if (settled.code() != null) {
            var error = new LinkedHashMap<String, Object>();
            error.put("errorCode", settled.code());
            if (settled.said() != null) error.put("message", settled.said());
            details.put("provider_error", error);
        }
        var data = new LinkedHashMap<String, Object>();
        data.put(
                "description",
                switch (settled.result()) {
                    case ACCEPTED -> "Handed to the carrier";
                    case UNKNOWN -> "The carrier did not answer and may have accepted it";
                    case UNAVAILABLE, REFUSED, EXPIRED, NOT_NEEDED -> "Not taken by the carrier";
                });
        data.put("details", details);
        log.add(new LogLine(
                settled.tenant(),
                accepted ? type : type + "_failure",
                settled.user().value(),
                settled.client() == null ? null : settled.client().value(),
                data));
    }

    @EventListener
    void on(ActionFailed failed) {
        var error = new LinkedHashMap<String, Object>();
        error.put("errorCode", failed.result());
        if (failed.error() != null) error.put("message", failed.error());
        var details = new LinkedHashMap<String, Object>();
        details.put("action", Map.of("id", failed.action(), "name", failed.name(), "version", failed.version()));
        details.put("trigger_id", failed.trigger());
        details.put("execution_id", failed.execution().toString());
        details.put("error", error);
        var client = failed.client() == null ? null : failed.client().value();
        var data = Map.<String, Object>of("description", "An action failed", "details", details);
        log.add(new LogLine(
                failed.tenant(), "actions_execution_failed", failed.user().value(), client, data));
    }

    /** Auth0 has no code for this: it takes no such report. */
    @EventListener
    void on(LossReported event) {
        log.add(
                switch (event) {
                    case LossReported.Suspended(var caller, var user, var phone) ->
                        LogLine.of(
                                caller,
                                "loss_reported",
                                user.value(),
                                "A phone was reported lost and gets no more codes",
                                Map.of("result", "suspended", "authenticator", Map.of("id", phone.value())));
                    case LossReported.Unproved(var caller, var user) ->
                        LogLine.of(
                                caller,
                                "loss_reported",
                                user.value(),
                                "A phone was reported lost with the password only; nothing was changed",
                                Map.of("result", "unproved"));
                });
    }

    /** Auth0 has no code for this: it asks nobody about numbers. */
    @EventListener
    void on(NumberRefused refused) {
        var check = refused.check();
        var reason = refused.verdict().reason();
        var details = new LinkedHashMap<String, Object>();
        details.put("trigger_id", check.occasion().trigger().id());
        details.put("result", refused.verdict().instead().wire());
        details.put("reason", reason);
        details.put("channel", check.channel().wire());
        details.put("phone_number", check.number().masked());
        log.add(LogLine.of(
                check.caller(),
                "number_refused",
                check.user().value(),
                "An action does not trust the phone number: " + reason,
                details));
    }

    /** Auth0 tells it by e-mail, and has no code for it. */
    @EventListener
    void on(LogStreamEvent event) {
        var failed = Map.<String, Object>of("log_stream", event.stream(), "name", event.name());
        log.add(
                switch (event) {
                    case LogStreamEvent.StillFailing(var tenant, var _, var _, var since) ->
                        new LogLine(
                                tenant,
                                "log_stream_failing",
                                null,
                                null,
                                Map.of(
                                        "description",
                                        "A log stream has been failing since " + since,
                                        "details",
                                        failed));
                    case LogStreamEvent.Suspended(var tenant, var _, var _, var since) ->
                        new LogLine(
                                tenant,
                                "log_stream_suspended",
                                null,
                                null,
                                Map.of(
                                        "description",
                                        "A log stream was suspended after failing since " + since,
                                        "details",
                                        failed));
                });
    }

    /** Auth0 has no code for the last: it sends no such link. */
    @EventListener
    void on(NoticeEvent event) {
        log.add(
                switch (event) {
                    case NoticeEvent.ResetLinkSent(var tenant, var user, var client) ->
                        new LogLine(
                                tenant,
                                "scpr",
                                user.value(),
                                client,
                                Map.of("description", "A password reset link was sent"));
                    case NoticeEvent.ResetRefused(var caller, var reason) ->
                        LogLine.of(caller, "fcpr", null, reason, Map.of());
                    case NoticeEvent.PasswordReset(var caller, var user) ->
                        LogLine.of(caller, "scp", user.value(), "The password was reset with a link", Map.of());
                    case NoticeEvent.WebhookFailed(var tenant, var reason) ->
                        new LogLine(
                                tenant,
                                "fn",
                                null,
                                null,
                                Map.of(
                                        "description",
                                        "The webhook did not accept a notice; it will be retried: " + reason,
                                        "details",
                                        Map.of("purpose", "notice-webhook", "error", reason)));
                    case NoticeEvent.OwnerDenied(var tenant, var user, var kind, var ip) ->
                        new LogLine(
                                tenant,
                                "owner_denied",
                                user.value(),
                                null,
                                Map.of(
                                        "description",
                                        "The account's owner says that this was not them: " + kind.wire(),
                                        "ip",
                                        ip,
                                        "details",
                                        Map.of("notice", kind.wire())));
                });
    }

    @EventListener
    void on(MailEvent event) {
        var user = event.user() == null ? null : event.user().value();
        var details = Map.of("purpose", event.purpose(), "error", event.reason());
        var description = switch (event) {
            case MailEvent.MailFailed _ -> "An email could not be sent: " + event.reason();
            case MailEvent.MailDeferred _ ->
                "The mail server did not accept an email; it will be retried: " + event.reason();
        };
        log.add(new LogLine(event.tenant(), "fn", user, null, Map.of("description", description, "details", details)));
    }

    /** Auth0 has no code for this: it takes no receipts. */
    @EventListener
    void on(ReceiptRefused refused) {
        var data = new LinkedHashMap<String, Object>();
        data.put("description", "Refused a receipt: " + refused.reason());
        data.put(
                "details",
                Map.of(
                        "provider",
                        refused.carrier(),
                        "kind",
                        refused.kind().name().toLowerCase(Locale.ROOT)));
        log.add(new LogLine(refused.tenant(), "receipt_refused", null, null, data));
    }

    /** Auth0 abbreviates each grant: eoobft is "exchange of an OOB code for a token". */
    private static String code(GrantType grant) {
        return switch (grant) {
            case AUTHORIZATION_CODE -> "eacft";
            case IMPLICIT -> "i";
            case PASSWORD, PASSWORD_REALM -> "epft";
            case REFRESH_TOKEN -> "ertft";
            case CLIENT_CREDENTIALS -> "eccft";
            case MFA_OOB -> "eoobft";
            case MFA_OTP -> "eotpft";
            case MFA_RECOVERY_CODE -> "ercft";
        };
    }

    private static boolean isRecovery(ProofMethod method) {
        return method.equals(ProofMethod.RECOVERY_CODE);
    }

    private static Map<String, Object> details(@Nullable AuthenticatorId device, FactorKind kind) {
        if (device != null) return details(device, kind.setting(), null);
        return Map.of("authenticator", Map.of("type", kind.setting()));
    }

    private static Map<String, Object> details(
            AuthenticatorId device, @Nullable String type, @Nullable String maskedPhone) {
        var authenticator = new LinkedHashMap<String, Object>();
        authenticator.put("id", device.value());
        if (type != null) authenticator.put("type", type);
        if (maskedPhone != null) authenticator.put("phone_number", maskedPhone);
        return Map.of("authenticator", authenticator);
    }
}
