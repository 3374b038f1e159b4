package io.ringcode.factor;

import io.ringcode.client.Caller;
import io.ringcode.user.UserId;

/** Somebody who has passed the first factor of an account says that its phone is lost (NIST SP 800-63B-4 section 4.3). */
public sealed interface LossReported {
    Caller caller();

    UserId user();

    /** Another factor was proved, so that the phone gets no more codes. */
    record Suspended(Caller caller, UserId user, AuthenticatorId phone) implements LossReported {}

    /** There was none, so that nothing is changed: a password may be anybody's by then. */
    record Unproved(Caller caller, UserId user) implements LossReported {}
}
