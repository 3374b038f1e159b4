package io.ringcode.myaccount;

import io.ringcode.authorization.OAuthError;
import io.ringcode.challenge.Proof;
import io.ringcode.challenge.Verification.CodeUsedUp;
import io.ringcode.challenge.Verification.EnrolledMeanwhile;
import io.ringcode.challenge.Verification.Gone;
import io.ringcode.challenge.Verification.Locked;
import io.ringcode.challenge.Verification.NumberNotTrusted;
import io.ringcode.challenge.Verification.Outlived;
import io.ringcode.challenge.Verification.SwitchedOff;
import io.ringcode.challenge.Verification.Verified;
import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.challenge.Verifications;
import io.ringcode.challenge.WebAuthnCeremony;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.RecoveryCodeReplaced;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.factor.RecoveryCodes.Begun;
import io.ringcode.myaccount.AuthSessions.AuthSession;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Judges what confirms a method. A guess, its count and what it binds commit together. */
@Component
class MethodConfirmation {
    private final Verifications verifications;
    private final RecoveryCodes recoveryCodes;
    private final AccountCallers owners;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    MethodConfirmation(
            Verifications verifications,
            RecoveryCodes recoveryCodes,
            AccountCallers owners,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.verifications = verifications;
        this.recoveryCodes = recoveryCodes;
        this.owners = owners;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    Begun beginRecoveryCode(AccountCaller owner, UUID login) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            owners.hold(owner).requireBindable(FactorKind.RECOVERY_CODE);
            return recoveryCodes.begin(owner.tenant(), owner.id(), login, clock.instant());
        }));
    }

    /** @param ceremony of a key or device of this kind */
    AuthenticatorId confirm(
            AccountCaller owner,
            AuthSession session,
            MyAccountBody.Verification sent,
            Function<FactorKind, WebAuthnCeremony> ceremony) {
        var method = new AuthenticatorId(session.method());
        var kind = session.kind() == null ? made(sent.response()) : session.kind();
        return switch (kind) {
            case PHONE ->
                judged(owner, session, new Proof.OutOfBand(Objects.requireNonNull(session.oobCode()), sent.code()));
            case APP -> judged(owner, session, new Proof.AppCode(method, sent.code()));
            case WEBAUTHN_ROAMING, WEBAUTHN_PLATFORM -> {
                var response = sent.response().toString();
                yield judged(owner, session, new Proof.NewKey(ceremony.apply(kind), method, owner.proved(), response));
            }
            case RECOVERY_CODE -> recoveryCode(owner, session, method);
        };
    }

    /** What the browser says that the person chose. */
    private static FactorKind made(JsonNode response) {
        var attachment = response.path("authenticatorAttachment").asString("");
        return attachment.equals("platform") ? FactorKind.WEBAUTHN_PLATFORM : FactorKind.WEBAUTHN_ROAMING;
    }

    private AuthenticatorId judged(AccountCaller owner, AuthSession session, Proof proof) {
        var verification = Objects.requireNonNull(transactions.execute(status -> {
            var outcome = verifications.prove(owner.transaction(session.login()), proof);
            if (outcome.undone()) status.setRollbackOnly();
            return outcome;
        }));
        return switch (verification) {
            case Verified(var bound, var _, var _) -> bound;
            case WrongCode wrong -> throw wrong(proof, wrong);
            case Locked locked -> throw locked(locked);
            case CodeUsedUp() -> throw bad("The code was guessed at too often. Begin anew.");
            case Gone() -> throw bad("The code has expired or was used.");
            case SwitchedOff() -> throw new MyAccountRefused(MyAccountError.FORBIDDEN, "The factor is switched off.");
            case EnrolledMeanwhile() ->
                throw new MyAccountRefused(
                        MyAccountError.FORBIDDEN, "The user has a second factor by now. Let the user sign in again.");
            case Outlived() -> throw outlived();
            case NumberNotTrusted() ->
                throw new MyAccountRefused(MyAccountError.FORBIDDEN, OAuthError.NUMBER_NOT_TRUSTED.sentence());
        };
    }

    private static MyAccountRefused wrong(Proof proof, WrongCode wrong) {
        if (wrong.next() instanceof Locked locked) return locked(locked);
        return bad(proof instanceof Proof.NewKey ? "The answer of the browser is not taken." : "The code is wrong.");
    }

    private static MyAccountRefused locked(Locked locked) {
        return new MyAccountRefused(
                MyAccountError.TOO_MANY_REQUESTS, "Too many codes were wrong.", locked.retryAfter());
    }

    /** What was true when it began is judged again, with the user's row held. */
    private AuthenticatorId recoveryCode(AccountCaller owner, AuthSession session, AuthenticatorId method) {
        transactions.executeWithoutResult(_ -> {
            owners.hold(owner).requireBindable(FactorKind.RECOVERY_CODE);
            if (!recoveryCodes.confirm(owner.tenant(), owner.id(), session.login(), clock.instant()))
                throw bad("The recovery code was confirmed before, or another one was made since.");
            events.publishEvent(new RecoveryCodeReplaced(owner.caller(), owner.id(), By.OWNER));
        });
        return method;
    }

    private static MyAccountRefused bad(String detail) {
        return new MyAccountRefused(MyAccountError.BAD_REQUEST, detail);
    }

    private static MyAccountRefused outlived() {
        return new MyAccountRefused(MyAccountError.INVALID_TOKEN, "The access token is not valid here.");
    }
}
