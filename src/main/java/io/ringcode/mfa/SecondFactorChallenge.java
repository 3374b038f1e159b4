package io.ringcode.mfa;

import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Transaction;
import io.ringcode.challenge.Wording;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.UsableFactors;
import io.ringcode.json.JsonAnswer;
import io.ringcode.phone.Channel;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code POST /mfa/challenge}: picks the authenticator and sends what it needs. */
@Component
class SecondFactorChallenge {
    private final Challenges challenges;
    private final Authenticators authenticators;
    private final AltchaProofs proofs;

    SecondFactorChallenge(Challenges challenges, Authenticators authenticators, AltchaProofs proofs) {
        this.challenges = challenges;
        this.authenticators = authenticators;
        this.proofs = proofs;
    }

    /** @param oobCode of a message; an app needs none */
    record ChallengeAnswer(
            String challengeType,
            @Nullable String oobCode,
            @Nullable String bindingMethod) implements JsonAnswer {
        /** Without the code that the message's own code is proved with. */
        @Override
        public String toString() {
            return "ChallengeAnswer[" + challengeType + "]";
        }
    }

    ChallengeAnswer start(Transaction login, ChallengeRequest request, Wording wording) {
        var having = authenticators
                .of(login.tenant(), login.user(), login.caller().client().id())
                .under(login.sufficient());
        if (!having.enrolled()) throw new OAuthRefused(OAuthError.ASSOCIATION_REQUIRED);
        if (having.switchedOff())
            throw new OAuthRefused(
                    having.recoveryCode().isPresent() ? OAuthError.USE_RECOVERY_CODE : OAuthError.FACTOR_OFF);
        var accepted = request.accepted();
        var wanted = request.channel();
        var id = request.authenticatorId();
        var choice = id == null ? byDefault(having, accepted, wanted) : byId(having, accepted, id);
        return switch (choice) {
            case Choice.App() -> new ChallengeAnswer("otp", null, null);
            case Choice.Phone(var phone, var channel) -> {
                var started = challenges.start(login, phone, channel, wording, proofs.given(login, request.altcha()));
                if (!(started instanceof CodeSent(var oobCode, var _))) throw proofs.refusal(login, started);
                yield new ChallengeAnswer("oob", oobCode.value(), "prompt");
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
                case Authenticator.WebAuthn _, Authenticator.RecoveryCode _ -> {}
            }
        }
        var onPagesOnly = having.usable().stream().allMatch(one -> one.kind().isWebAuthn() || !one.enrolls());
        throw new OAuthRefused(onPagesOnly ? OAuthError.USE_REDIRECT : OAuthError.UNSUPPORTED_CHALLENGE);
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
                case Authenticator.WebAuthn _ -> {
                    if (id.equals(one.kind().column() + "|" + device)) throw new OAuthRefused(OAuthError.USE_REDIRECT);
                }
                case Authenticator.RecoveryCode _ -> {}
            }
        }
        throw new OAuthRefused(OAuthError.NO_AUTHENTICATOR);
    }
}
