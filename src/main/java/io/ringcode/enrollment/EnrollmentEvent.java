package io.ringcode.enrollment;

import io.ringcode.client.Caller;
import io.ringcode.user.UserId;
import org.jspecify.annotations.Nullable;

/** What happened to an authenticator. Phones are masked. */
public sealed interface EnrollmentEvent {
    Caller caller();

    UserId user();

    EnrollmentId enrollment();

    record EnrollmentStarted(
            Caller caller,
            UserId user,
            EnrollmentId enrollment,
            String type,
            @Nullable String maskedPhone) implements EnrollmentEvent {}

    /** Its label, or the channel that codes go by. */
    record EnrollmentChanged(Caller caller, UserId user, EnrollmentId enrollment) implements EnrollmentEvent {}

    record EnrollmentRemoved(Caller caller, UserId user, EnrollmentId enrollment) implements EnrollmentEvent {}
}
