package io.ringcode.challenge;

import io.ringcode.client.Caller;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.ProofMethod;
import io.ringcode.phone.Channel;
import io.ringcode.user.UserId;

/** What happened to a second factor. No code is in any of these. */
public sealed interface ChallengeEvent {
    Caller caller();

    UserId user();

    record ChallengeStarted(Caller caller, UserId user, AuthenticatorId authenticator, Channel channel)
            implements ChallengeEvent {}

    /** @param first whether the authenticator was confirmed by it */
    record GuessRight(Caller caller, UserId user, AuthenticatorId authenticator, ProofMethod method, boolean first)
            implements ChallengeEvent {}

    record GuessWrong(Caller caller, UserId user, AuthenticatorId authenticator, ProofMethod method)
            implements ChallengeEvent {}

    record GuessesExceeded(Caller caller, UserId user, AuthenticatorId authenticator, ProofMethod method)
            implements ChallengeEvent {}
}
