package io.ringcode.authorization;

import io.ringcode.authorization.TokenEvent.GrantRefused;
import io.ringcode.authorization.Tokens.Granted;
import io.ringcode.challenge.Transaction;
import io.ringcode.challenge.Verification;
import io.ringcode.challenge.Verification.Gone;
import io.ringcode.challenge.Verification.Locked;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.challenge.Verifications;
import io.ringcode.client.Caller;
import io.ringcode.enrollment.Enrollment;
import io.ringcode.enrollment.EnrollmentId;
import io.ringcode.enrollment.Enrollments;
import io.ringcode.enrollment.Factors;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The grants of a second factor. A guess, its count, its log line and what it earns commit together. */
@Component
class MfaGrants {
    private final MfaBearers bearers;
    private final Verifications verifications;
    private final Enrollments enrollments;
    private final Tenants tenants;
    private final Users users;
    private final UserGrants userGrants;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    MfaGrants(
            MfaBearers bearers,
            Verifications verifications,
            Enrollments enrollments,
            Tenants tenants,
            Users users,
            UserGrants userGrants,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.bearers = bearers;
        this.verifications = verifications;
        this.enrollments = enrollments;
        this.tenants = tenants;
        this.users = users;
        this.userGrants = userGrants;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    Granted oob(Caller caller, Fields fields, String issuer, @Nullable String key) {
        var transaction = transaction(caller, fields, issuer);
        var login = login(caller, transaction);
        var oobCode = fields.required("oob_code");
        switch (verifications.ownership(login, oobCode)) {
            case MALFORMED -> throw new OAuthRefused(OAuthError.MALFORMED_OOB_CODE);
            case OTHER_LOGIN -> throw new OAuthRefused(OAuthError.OTHER_LOGIN);
            case OURS -> {}
        }
        var code = fields.required("binding_code");
        return decide(
                new Attempt(caller, transaction, GrantType.MFA_OOB, OAuthError.WRONG_CODE, key),
                () -> verifications.code(login, oobCode, code));
    }

    Granted otp(Caller caller, Fields fields, String issuer, @Nullable String key) {
        var transaction = transaction(caller, fields, issuer);
        var otp = fields.required("otp");
        return decide(
                new Attempt(caller, transaction, GrantType.MFA_OTP, OAuthError.WRONG_OTP, key),
                () -> verifications.app(login(caller, transaction), apps(transaction), otp));
    }

    Granted recoveryCode(Caller caller, Fields fields, String issuer, @Nullable String key) {
        var transaction = transaction(caller, fields, issuer);
        var code = fields.required("recovery_code");
        return decide(
                new Attempt(caller, transaction, GrantType.MFA_RECOVERY_CODE, OAuthError.WRONG_RECOVERY_CODE, key),
                () -> {
                    var held = recovery(transaction);
                    return held == null
                            ? new WrongCode()
                            : verifications.recoveryCode(login(caller, transaction), held, code);
                });
    }

    /**
     * @param wrong what a wrong guess is refused with
     * @param key what the tokens are to be bound to; null for bearer tokens
     */
    private record Attempt(
            Caller caller,
            MfaTransaction transaction,
            GrantType grant,
            OAuthError wrong,
            @Nullable String key) {}

    private record Judged(
            Verification verification, @Nullable Granted granted) {}

    private Granted decide(Attempt attempt, Supplier<Verification> guess) {
        var judged = Objects.requireNonNull(transactions.execute(_ -> {
            var verification = guess.get();
            return new Judged(verification, verification instanceof Verified right ? earn(attempt, right) : null);
        }));
        return switch (judged.verification()) {
            case Verified _
            when judged.granted() == null -> throw refused(attempt, new OAuthRefused(OAuthError.USER_GONE));
            case Verified _ -> Objects.requireNonNull(judged.granted());
            case WrongCode() -> throw refused(attempt, new OAuthRefused(attempt.wrong()));
            case Locked(var wait) -> throw refused(attempt, new OAuthRefused(OAuthError.TOO_MANY_FAILURES, wait));
            case Gone() -> throw refused(attempt, new OAuthRefused(OAuthError.EXPIRED_OOB_CODE));
        };
    }

    private OAuthRefused refused(Attempt attempt, OAuthRefused no) {
        events.publishEvent(
                new GrantRefused(attempt.caller(), attempt.transaction().user(), attempt.grant(), no.sentence()));
        return no;
    }

    /** @return null when the user was blocked, or deleted, since the password was right */
    private @Nullable Granted earn(Attempt attempt, Verified right) {
        var transaction = attempt.transaction();
        var now = clock.instant();
        var ip = attempt.caller().origin().ip();
        var user = users.signedIn(transaction.tenant(), transaction.user(), ip, now)
                .orElse(null);
        if (user == null) return null;
        var recovered = attempt.grant() == GrantType.MFA_RECOVERY_CODE
                ? enrollments.replaceRecoveryCode(transaction.tenant(), user.id(), true, now)
                : null;
        var amr = new ArrayList<>(List.of("pwd"));
        if (attempt.grant() != GrantType.MFA_RECOVERY_CODE) amr.add(right.method());
        amr.add("mfa");
        var session = new Session(
                transaction.tenant(),
                user.id(),
                transaction.client(),
                transaction.audience(),
                transaction.scopes(),
                List.copyOf(amr),
                now,
                attempt.key());
        userGrants.report(attempt.caller(), session, attempt.grant());
        var offline = transaction.signedIn() ? null : userGrants.offline(attempt.caller(), session);
        return new Granted(session, user, offline, recovered);
    }

    private MfaTransaction transaction(Caller caller, Fields fields, String issuer) {
        var token = fields.required("mfa_token");
        var transaction = bearers.read(caller.tenant(), issuer, token, OAuthError.MALFORMED_MFA_TOKEN);
        if (!transaction.client().equals(caller.client().id())) throw new OAuthRefused(OAuthError.OTHER_CLIENT);
        return transaction;
    }

    private static Transaction login(Caller caller, MfaTransaction transaction) {
        return new Transaction(transaction.id(), caller, transaction.user());
    }

    /** The user's apps that may prove this sign-in; one that waits for its first code may only where it was just bound. */
    private List<EnrollmentId> apps(MfaTransaction transaction) {
        if (!Factors.of(tenants.settings(transaction.tenant())).app()) return List.of();
        var enrolled = enrollments.list(transaction.tenant(), transaction.user());
        var active = enrolled.stream().anyMatch(one -> one.confirmed() && !(one instanceof Enrollment.RecoveryCode));
        return enrolled.stream()
                .filter(one -> one instanceof Enrollment.App && (one.confirmed() || transaction.signedIn() || !active))
                .map(Enrollment::id)
                .toList();
    }

    private @Nullable EnrollmentId recovery(MfaTransaction transaction) {
        if (!Factors.of(tenants.settings(transaction.tenant())).recoveryCode()) return null;
        return enrollments.list(transaction.tenant(), transaction.user()).stream()
                .filter(one -> one instanceof Enrollment.RecoveryCode && one.confirmed())
                .map(Enrollment::id)
                .findFirst()
                .orElse(null);
    }
}
