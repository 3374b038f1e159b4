package io.ringcode.challenge;

import io.ringcode.client.Caller;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.ProofMethod;
import io.ringcode.phone.Channel;
import io.ringcode.user.UserId;
import org.jspecify.annotations.Nullable;

/** What happened to a second factor. No code is in any of these. */
public sealed interface ChallengeEvent {
    Caller caller();

    UserId user();

    record ChallengeStarted(Caller caller, UserId user, AuthenticatorId authenticator, Channel channel)
            implements ChallengeEvent {}

    /** @param first whether the authenticator was confirmed by it */
    record GuessRight(Caller caller, UserId user, AuthenticatorId authenticator, ProofMethod method, boolean first)
            implements ChallengeEvent {}

    /** @param last whether the authenticator takes no further guess for now */
    record GuessWrong(Caller caller, UserId user, AuthenticatorId authenticator, ProofMethod method, boolean last)
            implements ChallengeEvent {}

    /**
     * A browser's answer that was not taken.
     *
     * @param authenticator null where the answer names none of the user's
     * @param reason in the library's words, without what was sent
     */
    record KeyRefused(
            Caller caller, UserId user, @Nullable AuthenticatorId authenticator, FactorKind kind, String reason)
            implements ChallengeEvent {}

    /** A page asks for a key; which one is its owner's choice. */
    record KeyAsked(Caller caller, UserId user, FactorKind kind) implements ChallengeEvent {}

    /** A browser told that its ceremony failed. */
    record CeremonyFailed(Caller caller, UserId user, FactorKind kind, Ceremony ceremony, String error)
            implements ChallengeEvent {}

    enum Ceremony {
        BINDING,
        PROVING
    }

    /** A guess that was not even judged, after too many wrong ones. */
    record GuessesExceeded(Caller caller, UserId user, AuthenticatorId authenticator, ProofMethod method)
            implements ChallengeEvent {}
}
