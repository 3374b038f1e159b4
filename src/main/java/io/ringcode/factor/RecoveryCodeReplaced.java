package io.ringcode.factor;

import io.ringcode.client.Caller;
import io.ringcode.user.UserId;

/** An administrator made a user's recovery code anew. */
public record RecoveryCodeReplaced(Caller caller, UserId user) {}
