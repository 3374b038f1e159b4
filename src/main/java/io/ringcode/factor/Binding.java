package io.ringcode.factor;

import io.ringcode.client.Caller;
import io.ringcode.factor.Authenticators.NumberCheckResult;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Binding an authenticator in a sign-in, to be confirmed by its first code. A user's first one comes with a recovery code,
 * where those are on.
 */
@Component
public class Binding {
    private final Authenticators authenticators;
    private final WebAuthnCredentials credentials;
    private final RecoveryCodes recoveryCodes;
    private final TransactionTemplate transactions;

    Binding(
            Authenticators authenticators,
            WebAuthnCredentials credentials,
            RecoveryCodes recoveryCodes,
            PlatformTransactionManager transactions) {
        this.authenticators = authenticators;
        this.credentials = credentials;
        this.recoveryCodes = recoveryCodes;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** Whether a user's first authenticator comes with a recovery code, which counts once that one is confirmed. */
    public enum FirstRecoveryCode {
        MADE,
        /** Where nobody would be shown it. */
        LEFT_OUT
    }

    /** @param recoveryCode shown this once; null where none is due */
    public record OfPhone(
            Authenticator.Phone phone, @Nullable String recoveryCode) {
        @Override
        public String toString() {
            return "OfPhone[" + phone + "]";
        }
    }

    /**
     * @param seed in Base32, shown this once
     * @param recoveryCode likewise; null where none is due
     */
    public record OfApp(
            AuthenticatorId id, String seed, @Nullable String recoveryCode) {
        @Override
        public String toString() {
            return "OfApp[" + id + "]";
        }
    }

    /**
     * @param login the sign-in that binds it
     * @param check what the tenant's actions said of the number
     */
    public OfPhone phone(
            Caller caller,
            UserId user,
            UUID login,
            PhoneNumber number,
            NumberCheckResult check,
            Channel channel,
            FirstRecoveryCode first,
            Instant now) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            var phone = authenticators.bindPhone(caller, user, login, number, check, channel, now);
            return new OfPhone(phone, recoveryCode(caller, user, login, first, now));
        }));
    }

    /** @param login the sign-in that binds it */
    public OfApp app(Caller caller, UserId user, UUID login, FirstRecoveryCode first, Instant now) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            var app = authenticators.bindApp(caller, user, login, now);
            return new OfApp(app.id(), app.seed(), recoveryCode(caller, user, login, first, now));
        }));
    }

    /** @param recoveryCode shown once it is bound; null where none is due */
    public record OfWebAuthn(AuthenticatorId id, @Nullable String recoveryCode) {
        @Override
        public String toString() {
            return "OfWebAuthn[" + id + "]";
        }
    }

    /** Nothing is stored of a key until it was made: its ceremony is the sign-in's to remember. */
    public OfWebAuthn webAuthn(
            Caller caller, UserId user, UUID login, FactorKind kind, FirstRecoveryCode first, Instant now) {
        return Objects.requireNonNull(transactions.execute(_ ->
                new OfWebAuthn(credentials.begin(caller, user, kind), recoveryCode(caller, user, login, first, now))));
    }

    private @Nullable String recoveryCode(
            Caller caller, UserId user, UUID login, FirstRecoveryCode first, Instant now) {
        var tenant = caller.tenant();
        return first == FirstRecoveryCode.MADE
                        && authenticators.of(tenant, user).recoveryCodeDue()
                ? recoveryCodes.begin(tenant, user, login, now).code()
                : null;
    }
}
