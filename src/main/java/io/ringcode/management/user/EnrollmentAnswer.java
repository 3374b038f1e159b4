package io.ringcode.management.user;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.factor.Authenticator;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import org.jspecify.annotations.Nullable;

/** A device that a user has enrolled. */
record EnrollmentAnswer(
        String id,
        String status,
        @Nullable String name,
        String identifier,
        @Nullable String phoneNumber,
        @Nullable IsoTime enrolledAt,
        @Nullable IsoTime lastAuth)
        implements JsonAnswer {

    static EnrollmentAnswer of(Authenticator method) {
        var phone = method instanceof Authenticator.Phone one ? one.number() : null;
        var id = method.id().value();
        return new EnrollmentAnswer(
                id,
                method.confirmed() ? "confirmed" : "pending",
                method.binding().name(),
                id,
                phone == null ? null : phone.masked(),
                IsoTime.of(method.binding().confirmedAt()),
                IsoTime.of(method.binding().lastAuthAt()));
    }

    /** The same in a user's list, which tells its kind too. */
    record Listed(@JsonUnwrapped EnrollmentAnswer enrollment, String type, String authMethod) implements JsonAnswer {
        static Listed of(Authenticator method) {
            return switch (method) {
                case Authenticator.Phone _ -> listed(method, "phone", "sms");
                case Authenticator.WebAuthn key ->
                    listed(method, key.kind().setting(), key.kind().setting());
                case Authenticator.App _, Authenticator.RecoveryCode _ ->
                    listed(method, "authenticator", "authenticator");
            };
        }

        private static Listed listed(Authenticator method, String type, String authMethod) {
            return new Listed(EnrollmentAnswer.of(method), type, authMethod);
        }
    }
}
