package io.ringcode.factor;

import io.ringcode.client.Caller;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.user.UserId;

/** A user's recovery code was made anew. */
public record RecoveryCodeReplaced(Caller caller, UserId user, By by) {}
