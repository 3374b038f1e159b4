package io.ringcode.mfa;

import io.ringcode.authorization.Fields;
import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Transaction;
import io.ringcode.challenge.Wording;
import io.ringcode.enrollment.Enrollment;
import io.ringcode.enrollment.Enrollments;
import io.ringcode.enrollment.Factors;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.Tenants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code POST /mfa/challenge}: picks the authenticator and sends what it needs. */
@Component
class SecondFactorChallenge {
    private final Challenges challenges;
    private final Enrollments enrollments;
    private final Tenants tenants;

    SecondFactorChallenge(Challenges challenges, Enrollments enrollments, Tenants tenants) {
        this.challenges = challenges;
        this.enrollments = enrollments;
        this.tenants = tenants;
    }

    Map<String, Object> start(Transaction login, Fields fields, Wording wording) {
        var factors = Factors.of(tenants.settings(login.tenant()));
        var usable = enrollments.list(login.tenant(), login.user()).stream()
                .filter(one -> one.confirmed() && isOn(one, factors))
                .toList();
        if (usable.isEmpty()) throw new OAuthRefused(OAuthError.ASSOCIATION_REQUIRED);
        var accepted = accepted(fields.text("challenge_type"));
        var wanted = channel(fields.text("oob_channel"));
        var id = fields.text("authenticator_id");
        var choice = id == null ? byDefault(usable, accepted, wanted, factors) : byId(usable, accepted, id, factors);
        return switch (choice) {
            case Choice.App() -> Map.of("challenge_type", "otp");
            case Choice.Phone(var phone, var channel) -> {
                var started = challenges.start(login, phone, channel, wording);
                if (!(started instanceof CodeSent(var oobCode, var _))) throw Refusals.of(started);
                yield Map.of("challenge_type", "oob", "oob_code", oobCode.value(), "binding_method", "prompt");
            }
        };
    }

    private sealed interface Choice {
        record Phone(Enrollment.Phone phone, Channel channel) implements Choice {}

        record App() implements Choice {}
    }

    /** The authenticator used last, of those that fit. */
    private static Choice byDefault(
            List<Enrollment> usable, Set<String> accepted, @Nullable Channel wanted, Factors factors) {
        for (var enrollment : usable) {
            switch (enrollment) {
                case Enrollment.Phone phone -> {
                    var channels = Authenticators.channels(phone, factors);
                    var channel = wanted == null ? channels.iterator().next() : wanted;
                    if (accepted.contains("oob") && channels.contains(channel)) return new Choice.Phone(phone, channel);
                }
                case Enrollment.App _ -> {
                    if (accepted.contains("otp") && wanted == null) return new Choice.App();
                }
                case Enrollment.RecoveryCode _ -> {}
            }
        }
        throw new OAuthRefused(OAuthError.UNSUPPORTED_CHALLENGE);
    }

    private static Choice byId(List<Enrollment> usable, Set<String> accepted, String id, Factors factors) {
        for (var enrollment : usable) {
            var device = enrollment.id().value();
            switch (enrollment) {
                case Enrollment.Phone phone -> {
                    for (var channel : Authenticators.channels(phone, factors)) {
                        if (!id.equals(channel.wire() + "|" + device)) continue;
                        if (!accepted.contains("oob")) throw new OAuthRefused(OAuthError.UNSUPPORTED_CHALLENGE);
                        return new Choice.Phone(phone, channel);
                    }
                }
                case Enrollment.App _ -> {
                    if (!id.equals("totp|" + device)) continue;
                    if (!accepted.contains("otp")) throw new OAuthRefused(OAuthError.UNSUPPORTED_CHALLENGE);
                    return new Choice.App();
                }
                case Enrollment.RecoveryCode _ -> {}
            }
        }
        throw new OAuthRefused(OAuthError.NO_AUTHENTICATOR);
    }

    private static boolean isOn(Enrollment enrollment, Factors factors) {
        return switch (enrollment) {
            case Enrollment.Phone _ -> factors.phone() && !factors.channels().isEmpty();
            case Enrollment.App _ -> factors.app();
            case Enrollment.RecoveryCode _ -> false;
        };
    }

    /** A list with blanks between; left out, it means everything. */
    private static Set<String> accepted(@Nullable String challengeTypes) {
        return challengeTypes == null ? Set.of("oob", "otp") : Set.of(unique(challengeTypes));
    }

    private static String[] unique(String list) {
        return java.util.Arrays.stream(list.strip().split("\\s+")).distinct().toArray(String[]::new);
    }

    private static @Nullable Channel channel(@Nullable String name) {
        return Optional.ofNullable(name)
                .map(wire -> Channel.of(wire)
                        .orElseThrow(() -> new OAuthRefused(
                                OAuthError.INVALID_REQUEST, "Parameter oob_channel must be \"sms\" or \"voice\".")))
                .orElse(null);
    }
}
