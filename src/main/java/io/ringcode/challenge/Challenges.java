package io.ringcode.challenge;

import io.ringcode.challenge.ChallengeEvent.ChallengeStarted;
import io.ringcode.challenge.OobCodes.Handle;
import io.ringcode.challenge.Started.CannotSend;
import io.ringcode.challenge.Started.CarrierRefused;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Started.NotAdmitted;
import io.ringcode.delivery.CodeRef;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.DispatchResult;
import io.ringcode.delivery.MessageContext;
import io.ringcode.delivery.MessageContext.Occasion;
import io.ringcode.delivery.NewMessage;
import io.ringcode.delivery.Queued;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.Binding;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.SendRequest;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.RandomText;
import io.ringcode.template.Addressee;
import io.ringcode.template.MessageTexts;
import io.ringcode.template.Purpose;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts challenges: a code is made, counted and put into the outbox in one transaction, and only then sent. */
@Component
public class Challenges {
    /** How often one code may be guessed at. */
    public static final int TRIES = 5;

    /** How long a caller waits for the carrier's answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ChallengeTable table;
    private final OobCodes oobCodes;
    private final Binding binding;
    private final FraudGuard fraud;
    private final MessageTexts texts;
    private final Deliveries deliveries;
    private final Tenants tenants;
    private final RandomText random;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    Challenges(
            ChallengeTable table,
            OobCodes oobCodes,
            Binding binding,
            FraudGuard fraud,
            MessageTexts texts,
            Deliveries deliveries,
            Tenants tenants,
            RandomText random,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.table = table;
        this.oobCodes = oobCodes;
        this.binding = binding;
        this.fraud = fraud;
        this.texts = texts;
        this.deliveries = deliveries;
        this.tenants = tenants;
        this.random = random;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    /** Sends a code to a phone of the user; asked again within its life, the same code. */
    public Started start(Transaction login, Authenticator.Phone phone, Channel channel, Wording wording) {
        var request = phone.confirmed()
                ? request(login, phone.number(), channel, Cause.SIGN_IN, Ownership.CONFIRMED)
                : request(login, phone.number(), channel, Cause.ENROLLMENT, Ownership.CLAIMED);
        return send(login, request, _ -> {
            events.publishEvent(new ChallengeStarted(login.caller(), login.user(), phone.id(), channel));
            return new Target(phone, Purpose.VERIFICATION, null, wording);
        });
    }

    /** Binds a phone and sends the code that will confirm it. */
    public Started enroll(Transaction login, PhoneNumber number, Channel channel, Wording wording) {
        var request = request(login, number, channel, Cause.ENROLLMENT, Ownership.CLAIMED);
        return send(login, request, now -> {
            var bound = binding.phone(login.caller(), login.user(), login.id(), number, channel, now);
            return new Target(bound.phone(), Purpose.ENROLLMENT, bound.recoveryCode(), wording);
        });
    }

    private static SendRequest request(
            Transaction login, PhoneNumber number, Channel channel, Cause cause, Ownership ownership) {
        var caller = login.caller();
        return new SendRequest(
                login.tenant(),
                caller.client().id(),
                login.user(),
                switch (login.door()) {
                    case API -> null;
                    case PAGES -> login.id();
                },
                number,
                channel,
                caller.origin(),
                cause,
                ownership);
    }

    private record Target(
            Authenticator.Phone phone,
            Purpose purpose,
            @Nullable String recoveryCode,
            Wording wording) {}

    private interface Targeting {
        Target at(Instant now);
    }

    private sealed interface Prepared {
        record Ready(Queued.Promised message, CodeSent answer) implements Prepared {}

        record Not(Started answer) implements Prepared {}
    }

    private Started send(Transaction login, SendRequest request, Targeting targeting) {
        var now = clock.instant();
        var channel = request.channel();
        var prepared = Objects.requireNonNull(transactions.execute(status -> {
            var outcome = fraud.admit(request, now) instanceof Denied denied
                    ? new Prepared.Not(new NotAdmitted(channel, denied))
                    : prepare(login, channel, targeting.at(now), now);
            if (outcome instanceof Prepared.Not) status.setRollbackOnly();
            return outcome;
        }));
        return switch (prepared) {
            case Prepared.Ready(var message, var answer) -> handOver(message, answer, channel);
            case Prepared.Not(var answer) -> {
                if (answer instanceof NotAdmitted(var _, var denied)) fraud.report(request, denied);
                yield answer;
            }
        };
    }

    private Prepared prepare(Transaction login, Channel channel, Target target, Instant now) {
        var tenant = login.tenant();
        var settings = tenants.settings(tenant);
        var phone = target.phone();
        var codes = PhoneSettings.of(settings);
        var live = table.put(
                tenant,
                login.id(),
                phone.id(),
                random.digits(codes.otpLength()),
                now.plus(codes.life()),
                settings.get(ResendSettings.NAME, ResendSettings.class, ResendSettings.DEFAULT)
                        .newCode(),
                now);
        var wording = target.wording();
        var to = new Addressee(login.user(), login.caller().client());
        var said =
                texts.render(to, target.purpose(), channel, live.code(), wording.language(), wording.acceptLanguage());
        var queued = deliveries.queue(new NewMessage(
                tenant,
                login.user(),
                login.caller().client().id(),
                phone.id().value(),
                phone.number(),
                channel,
                said.text(),
                wording.language(),
                live.expiresAt(),
                context(login, target.purpose(), live.code()),
                new CodeRef(login.id(), phone.id().value(), live.generation()),
                said.from()));
        return switch (queued) {
            case Queued.Promised message -> {
                var handle = new Handle(login.id(), phone.id(), live.generation(), channel);
                yield new Prepared.Ready(message, new CodeSent(oobCodes.seal(tenant, handle), target.recoveryCode()));
            }
            case Queued.ChannelNotOffered(var provider, var _) ->
                new Prepared.Not(
                        new CannotSend("The provider " + provider + " does not offer " + channel.wire() + "."));
            case Queued.NotConfigured(var provider) ->
                new Prepared.Not(
                        new CannotSend("The provider " + provider + " is not set up for " + channel.wire() + "."));
            case Queued.QuotaUsedUp() ->
                new Prepared.Not(new CannotSend("The built-in provider has sent its " + Deliveries.EVALUATION_QUOTA
                        + " messages. Choose another provider."));
        };
    }

    private static MessageContext context(Transaction login, Purpose purpose, String code) {
        var origin = login.caller().origin();
        var occasion = switch (purpose) {
            case ENROLLMENT -> Occasion.ENROLLMENT;
            case VERIFICATION -> Occasion.SECOND_FACTOR;
        };
        return new MessageContext(occasion, code, origin.ip(), origin.userAgent(), origin.host());
    }

    private Started handOver(Queued.Promised message, CodeSent answer, Channel channel) {
        return switch (deliveries.send(message, PATIENCE)) {
            case DispatchResult.Accepted(), DispatchResult.Pending(), DispatchResult.NotNeeded() -> answer;
            case DispatchResult.Refused(var _, var fault) -> new CarrierRefused(channel, fault);
        };
    }
}
