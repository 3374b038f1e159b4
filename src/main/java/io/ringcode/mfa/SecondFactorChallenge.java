package io.ringcode.mfa;

import io.ringcode.authorization.Fields;
import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Transaction;
import io.ringcode.challenge.Wording;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.UsableFactors;
import io.ringcode.phone.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code POST /mfa/challenge}: picks the authenticator and sends what it needs. */
@Component
class SecondFactorChallenge {
    private final Challenges challenges;
    private final Authenticators authenticators;

    SecondFactorChallenge(Challenges challenges, Authenticators authenticators) {
        this.challenges = challenges;
        this.authenticators = authenticators;
    }

    Map<String, Object> start(Transaction login, Fields fields, Wording wording) {
        var having = authenticators.of(login.tenant(), login.user());
        if (!having.enrolled()) throw new OAuthRefused(OAuthError.ASSOCIATION_REQUIRED);
        if (having.switchedOff())
            throw new OAuthRefused(
                    having.recoveryCode().isPresent() ? OAuthError.USE_RECOVERY_CODE : OAuthError.FACTOR_OFF);
        var accepted = accepted(fields.text("challenge_type"));
        var wanted = channel(fields.text("oob_channel"));
        var id = fields.text("authenticator_id");
        var choice = id == null ? byDefault(having, accepted, wanted) : byId(having, accepted, id);
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
        record Phone(Authenticator.Phone phone, Channel channel) implements Choice {}

        record App() implements Choice {}
    }

    /** The authenticator used last, of those that fit. */
    private static Choice byDefault(UsableFactors having, Set<String> accepted, @Nullable Channel wanted) {
        for (var one : having.usable()) {
            switch (one) {
                case Authenticator.Phone phone -> {
                    var channels = having.channels(phone);
                    var channel = wanted == null ? channels.getFirst() : wanted;
                    if (accepted.contains("oob") && channels.contains(channel)) return new Choice.Phone(phone, channel);
                }
                case Authenticator.App _ -> {
                    if (accepted.contains("otp") && wanted == null) return new Choice.App();
                }
                case Authenticator.RecoveryCode _ -> {}
            }
        }
        throw new OAuthRefused(OAuthError.UNSUPPORTED_CHALLENGE);
    }

    private static Choice byId(UsableFactors having, Set<String> accepted, String id) {
        for (var one : having.usable()) {
            var device = one.id().value();
            switch (one) {
                case Authenticator.Phone phone -> {
                    for (var channel : having.channels(phone)) {
                        if (!id.equals(channel.wire() + "|" + device)) continue;
                        if (!accepted.contains("oob")) throw new OAuthRefused(OAuthError.UNSUPPORTED_CHALLENGE);
                        return new Choice.Phone(phone, channel);
                    }
                }
                case Authenticator.App _ -> {
                    if (!id.equals(one.kind().column() + "|" + device)) continue;
                    if (!accepted.contains("otp")) throw new OAuthRefused(OAuthError.UNSUPPORTED_CHALLENGE);
                    return new Choice.App();
                }
                case Authenticator.RecoveryCode _ -> {}
            }
        }
        throw new OAuthRefused(OAuthError.NO_AUTHENTICATOR);
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
