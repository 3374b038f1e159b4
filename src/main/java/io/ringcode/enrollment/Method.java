package io.ringcode.enrollment;

import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An authenticator as an administrator sees one.
 *
 * @param name a label; null for none
 * @param phone the number; null where it is no phone
 * @param preferred the channel that codes go by; null where it is no phone
 * @param locked whether a hundred wrong codes in a row have disabled it
 */
public record Method(
        EnrollmentId id,
        UserId user,
        Kind kind,
        @Nullable String name,
        @Nullable PhoneNumber phone,
        @Nullable Channel preferred,
        boolean locked,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant lastAuthAt) {

    /** By the names that the Management API has for them. */
    public enum Kind {
        PHONE("phone"),
        TOTP("totp"),
        RECOVERY_CODE("recovery-code");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        static Kind of(String wire) {
            for (var kind : values()) if (kind.wire.equals(wire)) return kind;
            throw new IllegalArgumentException("No kind of authenticator is called " + wire);
        }
    }

    public boolean confirmed() {
        return confirmedAt != null;
    }
}
