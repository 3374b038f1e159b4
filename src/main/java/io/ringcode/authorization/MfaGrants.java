package io.ringcode.authorization;

import io.ringcode.authorization.TokenEvent.GrantRefused;
import io.ringcode.authorization.Tokens.Granted;
import io.ringcode.challenge.Proof;
import io.ringcode.challenge.Verification;
import io.ringcode.challenge.Verification.EnrolledMeanwhile;
import io.ringcode.challenge.Verification.Gone;
import io.ringcode.challenge.Verification.Locked;
import io.ringcode.challenge.Verification.Outlived;
import io.ringcode.challenge.Verification.SwitchedOff;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.challenge.Verifications;
import io.ringcode.client.Caller;
import io.ringcode.factor.Amr;
import io.ringcode.factor.ProofMethod;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.user.Users;
import java.time.Clock;
import java.util.Objects;
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
    private final RecoveryCodes recoveryCodes;
    private final Users users;
    private final UserGrants userGrants;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    MfaGrants(
            MfaBearers bearers,
            Verifications verifications,
            RecoveryCodes recoveryCodes,
            Users users,
            UserGrants userGrants,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.bearers = bearers;
        this.verifications = verifications;
        this.recoveryCodes = recoveryCodes;
        this.users = users;
        this.userGrants = userGrants;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    Granted oob(Caller caller, Fields fields, String issuer, @Nullable String key) {
        var transaction = transaction(caller, fields, issuer);
        var oobCode = fields.required("oob_code");
        switch (verifications.ownership(transaction.by(caller), oobCode)) {
            case MALFORMED -> throw new OAuthRefused(OAuthError.MALFORMED_OOB_CODE);
            case OTHER_LOGIN -> throw new OAuthRefused(OAuthError.OTHER_LOGIN);
            case OURS -> {}
        }
        var code = fields.required("binding_code");
        return decide(
                new Attempt(caller, transaction, GrantType.MFA_OOB, OAuthError.WRONG_CODE, key),
                new Proof.OutOfBand(oobCode, code));
    }

    Granted otp(Caller caller, Fields fields, String issuer, @Nullable String key) {
        var transaction = transaction(caller, fields, issuer);
        var otp = fields.required("otp");
        return decide(
                new Attempt(caller, transaction, GrantType.MFA_OTP, OAuthError.WRONG_OTP, key),
                new Proof.AppCode(null, otp));
    }

    Granted recoveryCode(Caller caller, Fields fields, String issuer, @Nullable String key) {
        var transaction = transaction(caller, fields, issuer);
        var code = fields.required("recovery_code");
        return decide(
                new Attempt(caller, transaction, GrantType.MFA_RECOVERY_CODE, OAuthError.WRONG_RECOVERY_CODE, key),
                new Proof.RecoveryCode(code));
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

    private Granted decide(Attempt attempt, Proof proof) {
        var judged = Objects.requireNonNull(transactions.execute(status -> {
            var verification = verifications.prove(attempt.transaction().by(attempt.caller()), proof);
            if (verification.undone()) status.setRollbackOnly();
            if (!(verification instanceof Verified right)) return new Judged(verification, null);
            var granted = earn(attempt, right);
            if (granted == null) status.setRollbackOnly();
            return new Judged(granted == null ? new Outlived() : verification, granted);
        }));
        return switch (judged.verification()) {
            case Verified _ -> Objects.requireNonNull(judged.granted());
            case WrongCode() -> throw refused(attempt, new OAuthRefused(attempt.wrong()));
            case Locked(var wait) -> throw refused(attempt, new OAuthRefused(OAuthError.TOO_MANY_FAILURES, wait));
            case Gone() -> throw refused(attempt, new OAuthRefused(OAuthError.EXPIRED_OOB_CODE));
            case SwitchedOff() -> throw refused(attempt, new OAuthRefused(OAuthError.FACTOR_OFF));
            case EnrolledMeanwhile() -> throw refused(attempt, new OAuthRefused(OAuthError.ALREADY_ENROLLED));
            case Outlived() -> throw refused(attempt, new OAuthRefused(outlived(attempt.transaction())));
        };
    }

    /** Why what stood on the user does so no more. */
    private OAuthError outlived(MfaTransaction transaction) {
        return users.find(transaction.tenant(), transaction.user())
                        .filter(user -> !user.blocked())
                        .isPresent()
                ? OAuthError.EXPIRED_MFA_TOKEN
                : OAuthError.USER_GONE;
    }

    private OAuthRefused refused(Attempt attempt, OAuthRefused no) {
        events.publishEvent(
                new GrantRefused(attempt.caller(), attempt.transaction().user(), attempt.grant(), no.sentence()));
        return no;
    }

    /** @return null when the user was blocked, deleted or given another password since the first factor was right */
    private @Nullable Granted earn(Attempt attempt, Verified right) {
        var transaction = attempt.transaction();
        var now = clock.instant();
        var ip = attempt.caller().origin().ip();
        var user = users.signedIn(transaction.tenant(), transaction.user(), transaction.grounds(), ip, now)
                .orElse(null);
        if (user == null) return null;
        var recovered = right.method().equals(ProofMethod.RECOVERY_CODE)
                ? recoveryCodes.replace(transaction.tenant(), user.id(), now)
                : null;
        var session = new Session(
                transaction.tenant(),
                user.id(),
                user.stamp(),
                transaction.client(),
                transaction.audience(),
                transaction.scopes(),
                Amr.PASSWORD.and(right.method()),
                now,
                attempt.key());
        userGrants.report(attempt.caller(), session, attempt.grant());
        var offline = transaction.access() ? null : userGrants.offline(attempt.caller(), session);
        return new Granted(session, user, offline, recovered);
    }

    private MfaTransaction transaction(Caller caller, Fields fields, String issuer) {
        var token = fields.required("mfa_token");
        var transaction = bearers.read(caller.tenant(), issuer, token, OAuthError.MALFORMED_MFA_TOKEN);
        if (!transaction.client().equals(caller.client().id())) throw new OAuthRefused(OAuthError.OTHER_CLIENT);
        return transaction;
    }
}
