package io.ringcode.factor;

import io.ringcode.client.Caller;
import io.ringcode.user.UserId;
import org.jspecify.annotations.Nullable;

/** What happened to an authenticator. Phones are masked. */
public sealed interface AuthenticatorEvent {
    Caller caller();

    UserId user();

    AuthenticatorId authenticator();

    /** @param type a phone's channel, or the factor's name in the settings */
    record EnrollmentStarted(
            Caller caller,
            UserId user,
            AuthenticatorId authenticator,
            String type,
            @Nullable String maskedPhone) implements AuthenticatorEvent {}

    /** Its label, or the channel that codes go by. */
    record AuthenticatorChanged(Caller caller, UserId user, AuthenticatorId authenticator)
            implements AuthenticatorEvent {}

    /** Who takes an authenticator away. */
    enum By {
        OWNER,
        ADMINISTRATOR
    }

    record AuthenticatorRemoved(Caller caller, UserId user, AuthenticatorId authenticator, By by)
            implements AuthenticatorEvent {}
}
