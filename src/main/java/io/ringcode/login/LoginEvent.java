package io.ringcode.login;

import io.ringcode.client.Caller;
import io.ringcode.user.UserId;
import org.jspecify.annotations.Nullable;

/** What happened on the sign-in pages. */
public sealed interface LoginEvent {
    Caller caller();

    @Nullable
    UserId user();

    record SignedIn(Caller caller, UserId user) implements LoginEvent {}

    /** By a session that the browser had, without a page. */
    record SignedInSilently(Caller caller, UserId user) implements LoginEvent {}

    record SilentSignInRefused(Caller caller, @Nullable UserId user, String reason) implements LoginEvent {}

    /**
     * An action of the tenant refused a sign-in.
     *
     * @param reason its own words, as the application is told
     */
    record SignInDenied(Caller caller, UserId user, String reason) implements LoginEvent {}

    /** @param reason without what was typed */
    record PasswordRefused(Caller caller, String reason) implements LoginEvent {
        @Override
        public @Nullable UserId user() {
            return null;
        }
    }

    record SignedUp(Caller caller, UserId user) implements LoginEvent {}

    record SignUpRefused(Caller caller, String reason) implements LoginEvent {
        @Override
        public @Nullable UserId user() {
            return null;
        }
    }

    record SignedOut(Caller caller, UserId user) implements LoginEvent {}
}
