package io.ringcode.mfa;

import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Transaction;
import io.ringcode.challenge.Transaction.Standing;
import io.ringcode.challenge.Wording;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.Binding;
import io.ringcode.factor.Binding.FirstRecoveryCode;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.Factors;
import io.ringcode.factor.OtpAuth;
import io.ringcode.factor.UsableFactors;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.user.User;
import io.ringcode.user.Users;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** {@code POST /mfa/associate}: a phone, to be confirmed by a code, or an authenticator app. */
@Component
class Association {
    private final Challenges challenges;
    private final Authenticators authenticators;
    private final Binding binding;
    private final Users users;
    private final AltchaProofs proofs;
    private final Clock clock;

    Association(
            Challenges challenges,
            Authenticators authenticators,
            Binding binding,
            Users users,
            AltchaProofs proofs,
            Clock clock) {
        this.challenges = challenges;
        this.authenticators = authenticators;
        this.binding = binding;
        this.users = users;
        this.proofs = proofs;
        this.clock = clock;
    }

    AssociationAnswer associate(Transaction login, AssociationRequest wanted, Wording wording) {
        var user = users.find(login.tenant(), login.user()).orElseThrow(() -> new OAuthRefused(OAuthError.USER_GONE));
        var having = authenticators.of(login.tenant(), login.user());
        if (having.enrolled() && login.standing() == Standing.FIRST_FACTOR)
            throw new OAuthRefused(OAuthError.ALREADY_ENROLLED);
        return switch (wanted.authenticatorTypes().getFirst()) {
            case "oob" -> phone(login, having, wanted, wording);
            case "otp" -> app(login, user, having);
            default ->
                throw new OAuthRefused(
                        OAuthError.INVALID_REQUEST, "Parameter authenticator_types must be [\"oob\"] or [\"otp\"].");
        };
    }

    private AssociationAnswer phone(
            Transaction login, UsableFactors having, AssociationRequest wanted, Wording wording) {
        var channel = channel(wanted, having.settings());
        if (wanted.phoneNumber() == null) throw OAuthRefused.missing("phone_number");
        var number = number(wanted.phoneNumber());
        var started = challenges.enroll(login, number, channel, wording, proofs.given(login, wanted.altcha()), null);
        if (!(started instanceof CodeSent(var oobCode, var recoveryCode))) throw proofs.refusal(login, started);
        return AssociationAnswer.phone(channel, oobCode.value(), recoveryCode);
    }

    private AssociationAnswer app(Transaction login, User user, UsableFactors having) {
        if (!having.settings().isOn(FactorKind.APP)) throw off("otp");
        var app = binding.app(login.caller(), login.user(), login.id(), FirstRecoveryCode.MADE, clock.instant());
        var account = user.email() != null ? user.email() : user.id().value();
        var uri = OtpAuth.uri(login.tenant().value(), account, app.seed());
        return AssociationAnswer.app(app.seed(), uri, app.recoveryCode());
    }

    private static Channel channel(AssociationRequest wanted, Factors factors) {
        var channels = wanted.oobChannels();
        if (channels == null) throw OAuthRefused.missing("oob_channels");
        var channel = Channel.of(channels.getFirst())
                .orElseThrow(() -> new OAuthRefused(
                        OAuthError.INVALID_REQUEST, "Parameter oob_channels must hold \"sms\" or \"voice\"."));
        if (!factors.channels(channel).contains(channel)) throw off(channel.wire());
        return channel;
    }

    private static OAuthRefused off(String what) {
        return new OAuthRefused(OAuthError.INVALID_REQUEST, "The factor " + what + " is not switched on.");
    }

    private static PhoneNumber number(String text) {
        try {
            return new PhoneNumber(text);
        } catch (InvalidPhoneNumber impossible) {
            throw new OAuthRefused(
                    switch (impossible.reason()) {
                        case IMPOSSIBLE -> OAuthError.INVALID_PHONE;
                        case EXTENSION -> OAuthError.PHONE_EXTENSION;
                    });
        }
    }
}
