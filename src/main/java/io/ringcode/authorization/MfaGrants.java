package io.ringcode.authorization;

import io.ringcode.authorization.MfaGrantBatch.Attempt;
import io.ringcode.authorization.MfaGrantBatch.Judged;
import io.ringcode.authorization.Tokens.Granted;
import io.ringcode.batch.GroupCommit;
import io.ringcode.batch.GroupCommits;
import io.ringcode.challenge.Proof;
import io.ringcode.challenge.Verifications;
import io.ringcode.client.Caller;
import io.ringcode.user.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The grants of a second factor. A guess, its count, its log line and what it earns commit together. */
@Component
class MfaGrants {
    private final MfaBearers bearers;
    private final Verifications verifications;
    private final Users users;
    private final GroupCommit<Attempt, Judged> grants;
    private final ApplicationEventPublisher events;

    MfaGrants(
            MfaBearers bearers,
            Verifications verifications,
            Users users,
            MfaGrantBatch batch,
            GroupCommits commits,
            ApplicationEventPublisher events) {
        this.bearers = bearers;
        this.verifications = verifications;
        this.users = users;
        this.grants = commits.of(batch);
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
        return decide(new Attempt(
                caller,
                transaction,
                GrantType.MFA_OOB,
                OAuthError.WRONG_CODE,
                key,
                new Proof.OutOfBand(oobCode, code)));
    }

    Granted otp(Caller caller, Fields fields, String issuer, @Nullable String key) {
        var transaction = transaction(caller, fields, issuer);
        var otp = fields.required("otp");
        return decide(new Attempt(
                caller, transaction, GrantType.MFA_OTP, OAuthError.WRONG_OTP, key, new Proof.AppCode(null, otp)));
    }

    Granted recoveryCode(Caller caller, Fields fields, String issuer, @Nullable String key) {
        var transaction = transaction(caller, fields, issuer);
        var code = fields.required("recovery_code");
        return decide(new Attempt(
                caller,
                transaction,
                GrantType.MFA_RECOVERY_CODE,
                OAuthError.WRONG_RECOVERY_CODE,
                key,
                new Proof.RecoveryCode(code)));
    }

    /** Judges codes that were sent together with those of other callers; the other proofs each by itself. */
    private Granted decide(Attempt attempt) {
        var judged = switch (attempt.proof()) {
            case Proof.OutOfBand _ -> grants.submit(attempt);
            case Proof.AppCode _, Proof.NewKey _, Proof.KeySignature _, Proof.RecoveryCode _ -> grants.alone(attempt);
        };
        return switch (judged) {
            case Judged.Right(var granted) -> granted;
            case Judged.Refused(var no) -> throw no;
            case Judged.EnrolledMeanwhile() -> throw refused(attempt, new OAuthRefused(OAuthError.ALREADY_ENROLLED));
            case Judged.NumberNotTrusted() -> throw refused(attempt, new OAuthRefused(OAuthError.NUMBER_NOT_TRUSTED));
            case Judged.Outlived() -> throw refused(attempt, new OAuthRefused(outlived(attempt.transaction())));
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
        events.publishEvent(attempt.refused(no));
        return no;
    }

    private MfaTransaction transaction(Caller caller, Fields fields, String issuer) {
        var token = fields.required("mfa_token");
        var transaction = bearers.read(caller.tenant(), issuer, token, OAuthError.MALFORMED_MFA_TOKEN);
        if (!transaction.client().equals(caller.client().id())) throw new OAuthRefused(OAuthError.OTHER_CLIENT);
        return transaction;
    }
}
