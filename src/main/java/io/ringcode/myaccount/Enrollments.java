package io.ringcode.myaccount;

import io.ringcode.authorization.SendRefusals;
import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.WebAuthnCeremony;
import io.ringcode.challenge.WebAuthnCreation;
import io.ringcode.challenge.WebAuthnCreation.Attachment;
import io.ringcode.challenge.Wording;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Binding;
import io.ringcode.factor.Binding.FirstRecoveryCode;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.OtpAuth;
import io.ringcode.factor.RequiredStrength;
import io.ringcode.json.InvalidBody;
import io.ringcode.myaccount.AuthSessions.AuthSession;
import io.ringcode.myaccount.MyAccountAnswer.Begun;
import io.ringcode.myaccount.MyAccountBody.NewMethod;
import io.ringcode.myaccount.MyAccountBody.Verification;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.RandomText;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Binding a method: it is begun here, and {@link MethodConfirmation} judges what confirms it. */
@Component
class Enrollments {
    /** A passkey has no id before it is made. */
    static final String NEW_PASSKEY = NewMethod.PASSKEY + "|new";

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Challenges challenges;
    private final Binding binding;
    private final AuthenticatorAdmin authenticators;
    private final WebAuthnCreation creation;
    private final MethodConfirmation confirmations;
    private final AuthSessions sessions;
    private final Tenants tenants;
    private final RandomText random;
    private final Clock clock;

    Enrollments(
            Challenges challenges,
            Binding binding,
            AuthenticatorAdmin authenticators,
            WebAuthnCreation creation,
            MethodConfirmation confirmations,
            AuthSessions sessions,
            Tenants tenants,
            RandomText random,
            Clock clock) {
        this.challenges = challenges;
        this.binding = binding;
        this.authenticators = authenticators;
        this.creation = creation;
        this.confirmations = confirmations;
        this.sessions = sessions;
        this.tenants = tenants;
        this.random = random;
        this.clock = clock;
    }

    Begun begin(AccountCaller owner, NewMethod wanted, Wording wording) {
        return switch (wanted.type()) {
            case "phone" -> phone(owner, wanted, wording);
            case "totp" -> app(owner);
            case "recovery-code" -> recoveryCode(owner);
            case "webauthn-roaming" -> key(owner, FactorKind.WEBAUTHN_ROAMING);
            case "webauthn-platform" -> key(owner, FactorKind.WEBAUTHN_PLATFORM);
            case NewMethod.PASSKEY -> passkey(owner);
            default -> throw new IllegalArgumentException("The body refuses it");
        };
    }

    private Begun phone(AccountCaller owner, NewMethod wanted, Wording wording) {
        owner.requireBindable(FactorKind.PHONE);
        var channel = wanted.channel();
        owner.requireReachable(channel);
        var number = number(wanted.number());
        var started = challenges.enroll(owner.transaction(owner.token()), number, channel, wording);
        if (!(started instanceof CodeSent(var oobCode, var _))) throw SendRefusals.of(started);
        var phone = authenticators.list(owner.tenant(), owner.id()).stream()
                .filter(one -> one instanceof Authenticator.Phone waiting
                        && !waiting.confirmed()
                        && waiting.number().equals(number))
                .findFirst()
                .orElseThrow(MyAccountRefused::missing);
        var begun = begun(owner, owner.token(), MethodItem.id(phone), phone.id(), FactorKind.PHONE);
        return Begun.plain(MethodItem.id(phone), sessions.seal(owner, begun.with(oobCode)));
    }

    private static PhoneNumber number(String text) {
        try {
            return new PhoneNumber(text);
        } catch (InvalidPhoneNumber impossible) {
            throw InvalidBody.on("phone_number", impossible.sentence("Is not a possible phone number in E.164 form"));
        }
    }

    private Begun app(AccountCaller owner) {
        owner.requireBindable(FactorKind.APP);
        var app = binding.app(owner.caller(), owner.id(), owner.token(), FirstRecoveryCode.LEFT_OUT, clock.instant());
        var user = owner.user();
        var account = user.email() == null ? user.id().value() : user.email();
        var company = TenantProfile.of(tenants.settings(owner.tenant())).nameOf(owner.tenant());
        var id = FactorKind.APP.column() + "|" + app.id().value();
        var begun = begun(owner, owner.token(), id, app.id(), FactorKind.APP);
        return new Begun(
                id, sessions.seal(owner, begun), OtpAuth.uri(company, account, app.seed()), app.seed(), null, null);
    }

    private Begun recoveryCode(AccountCaller owner) {
        // No other sign-in's: what confirms another method at the same time must not confirm this code.
        var login = UUID.randomUUID();
        var code = confirmations.beginRecoveryCode(owner, login);
        var id = FactorKind.RECOVERY_CODE.column() + "|" + code.id().value();
        var begun = begun(owner, login, id, code.id(), FactorKind.RECOVERY_CODE);
        return new Begun(id, sessions.seal(owner, begun), null, null, code.code(), null);
    }

    private Begun key(AccountCaller owner, FactorKind kind) {
        owner.requireBindable(kind);
        var id = begin(owner, kind);
        return key(owner, kind.column() + "|" + id.value(), id, asked(owner, kind), Attachment.of(kind));
    }

    /**
     * Whichever authenticator the person chooses, where both kinds may be bound, and for the same domain. A device always verifies its
     * owner, and which one it will be is not known yet.
     */
    private Begun passkey(AccountCaller owner) {
        var asked = Stream.of(FactorKind.WEBAUTHN_ROAMING, FactorKind.WEBAUTHN_PLATFORM)
                .filter(owner::mayBind)
                .map(kind -> asked(owner, kind))
                .toList();
        if (asked.isEmpty()) throw AccountCaller.notBindable();
        var first = asked.getFirst();
        var id = begin(owner, first.kind());
        var domains = asked.stream().map(WebAuthnCeremony::relyingParty).distinct();
        return asked.size() > 1 && domains.count() == 1
                ? key(owner, NEW_PASSKEY, id, first.requiringVerification(), Attachment.ANY)
                : key(owner, NEW_PASSKEY, id, first, Attachment.of(first.kind()));
    }

    private AuthenticatorId begin(AccountCaller owner, FactorKind kind) {
        return binding.webAuthn(
                        owner.caller(), owner.id(), owner.token(), kind, FirstRecoveryCode.LEFT_OUT, clock.instant())
                .id();
    }

    private Begun key(
            AccountCaller owner, String shown, AuthenticatorId id, WebAuthnCeremony ceremony, Attachment attachment) {
        var kind = attachment == Attachment.ANY ? null : ceremony.kind();
        var begun = begun(owner, owner.token(), shown, id, kind).with(ceremony);
        var options = creation.options(owner.user(), ceremony, attachment);
        var told = shown.equals(NEW_PASSKEY) ? null : shown;
        return new Begun(told, sessions.seal(owner, begun), null, null, null, options);
    }

    private AuthSession begun(
            AccountCaller owner, UUID login, String shown, AuthenticatorId method, @Nullable FactorKind kind) {
        var life = kind == null || kind.isWebAuthn() ? WebAuthnCeremony.LIFE : LIFE;
        return new AuthSession(
                owner.id().value(),
                owner.caller().client().id().value(),
                login,
                shown,
                method.value(),
                kind,
                null,
                null,
                null,
                null,
                clock.instant().plus(life));
    }

    private WebAuthnCeremony asked(AccountCaller owner, FactorKind kind) {
        var ceremony = ceremony(owner, kind, random.base64(32), clock.instant().plus(WebAuthnCeremony.LIFE));
        return owner.having().sufficient() == RequiredStrength.PHISHING_RESISTANT
                ? ceremony.requiringVerification()
                : ceremony;
    }

    private WebAuthnCeremony ceremony(AccountCaller owner, FactorKind kind, String challenge, Instant expires) {
        return WebAuthnCeremony.of(tenants.settings(owner.tenant()), kind, owner.issuer(), challenge, expires);
    }

    /** A key is made on a page of the application, so for a domain that this one is of. */
    private WebAuthnCeremony answered(AccountCaller owner, FactorKind kind, AuthSession session) {
        var challenge = session.challenge();
        var domain = session.relyingParty();
        var verification = session.userVerification();
        if (challenge == null || domain == null || verification == null) throw over();
        return ceremony(owner, kind, challenge, session.expires())
                .told(domain, verification)
                .alsoFrom(owner.caller().client().webOrigins());
    }

    /**
     * @param shown the id that the address has
     * @return what is bound now
     */
    AuthenticatorId verify(AccountCaller owner, String shown, Verification sent) {
        var session = sessions.open(owner, sent.authSession(), shown).orElseThrow(Enrollments::over);
        return confirmations.confirm(owner, session, sent, kind -> answered(owner, kind, session));
    }

    private static MyAccountRefused over() {
        return new MyAccountRefused(MyAccountError.BAD_REQUEST, "The auth_session is over, or is of another method.");
    }
}
