package io.ringcode.factor;

import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something of a user's that proves a second factor. It counts from its {@code confirmedAt} on; before, it waits for its first code. */
public sealed interface Authenticator {
    /** Of a name that somebody gives it, in characters. */
    int LONGEST_NAME = 20;

    Binding binding();

    FactorKind kind();

    /** @param channel the one that codes go by unless another is chosen */
    record Phone(Binding binding, PhoneNumber number, Channel channel) implements Authenticator {
        @Override
        public FactorKind kind() {
            return FactorKind.PHONE;
        }
    }

    record App(Binding binding) implements Authenticator {
        @Override
        public FactorKind kind() {
            return FactorKind.APP;
        }
    }

    /** @param kind one of the two that are WebAuthn's */
    record WebAuthn(Binding binding, FactorKind kind, WebAuthnCredential credential) implements Authenticator {}

    /** @param denied whether its owner said that it is somebody else's */
    record RecoveryCode(Binding binding, boolean denied) implements Authenticator {
        @Override
        public FactorKind kind() {
            return FactorKind.RECOVERY_CODE;
        }
    }

    /**
     * What all kinds have in common: whose it is, and since when.
     *
     * @param name a label that its owner or an administrator gave it; null for none
     * @param locked whether it is disabled: by a hundred wrong codes in a row, or by its owner, who did not bind it
     * @param boundIn the sign-in that bound it; null where an administrator did
     */
    record Binding(
            AuthenticatorId id,
            UserId user,
            @Nullable String name,
            boolean locked,
            Instant createdAt,
            @Nullable Instant confirmedAt,
            @Nullable Instant lastAuthAt,
            @Nullable UUID boundIn) {}

    default AuthenticatorId id() {
        return binding().id();
    }

    default boolean confirmed() {
        return binding().confirmedAt() != null;
    }

    /** Whether its owner is enrolled by it: a recovery code alone is nothing to sign in with from day to day. */
    default boolean enrolls() {
        return confirmed() && kind() != FactorKind.RECOVERY_CODE;
    }
}
