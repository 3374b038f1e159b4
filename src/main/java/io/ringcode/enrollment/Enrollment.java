package io.ringcode.enrollment;

import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An authenticator of a user. It counts from its {@code confirmedAt} on; before, it waits for its first code. */
public sealed interface Enrollment {
    EnrollmentId id();

    @Nullable
    Instant confirmedAt();

    default boolean confirmed() {
        return confirmedAt() != null;
    }

    /** @param channel the one that was asked for at enrolment */
    record Phone(
            EnrollmentId id,
            PhoneNumber number,
            Channel channel,
            @Nullable Instant confirmedAt,
            @Nullable Instant lastAuthAt)
            implements Enrollment {}

    /** An authenticator app (RFC 6238). */
    record App(EnrollmentId id, @Nullable Instant confirmedAt) implements Enrollment {}

    record RecoveryCode(EnrollmentId id, @Nullable Instant confirmedAt) implements Enrollment {}
}
