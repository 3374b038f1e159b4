package io.ringcode.challenge;

import io.ringcode.action.NumberCheck;
import io.ringcode.action.NumberVerdict.Instead;
import io.ringcode.batch.GroupCommit;
import io.ringcode.batch.GroupCommits;
import io.ringcode.batch.RetriedTransaction;
import io.ringcode.batch.TooBusy;
import io.ringcode.budget.Budgets.Exhausted;
import io.ringcode.challenge.ChallengeTable.Live;
import io.ringcode.challenge.ChallengeTable.Place;
import io.ringcode.challenge.ChallengeTable.Replaces;
import io.ringcode.challenge.NumberChecks.Asked;
import io.ringcode.challenge.OobCodes.Handle;
import io.ringcode.challenge.StartBatch.Code;
import io.ringcode.challenge.StartBatch.Outcome;
import io.ringcode.challenge.StartBatch.Ready;
import io.ringcode.challenge.StartBatch.Start;
import io.ringcode.challenge.Started.CannotSend;
import io.ringcode.challenge.Started.CarrierRefused;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Started.NotAdmitted;
import io.ringcode.challenge.Started.NumberRefused;
import io.ringcode.challenge.Started.ProofWanted;
import io.ringcode.challenge.Transaction.Door;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.Deliveries.Prepared;
import io.ringcode.delivery.Deliveries.Quota;
import io.ringcode.delivery.DeliverySettings;
import io.ringcode.delivery.DispatchResult;
import io.ringcode.delivery.MessageContext;
import io.ringcode.delivery.MessageContext.Occasion;
import io.ringcode.delivery.NewMessage;
import io.ringcode.delivery.Queued;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.Authenticators.NumberCheckResult;
import io.ringcode.factor.Binding;
import io.ringcode.factor.Binding.FirstRecoveryCode;
import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.ProofAsked;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.SendRequest;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/**
 * Starts challenges: words and carrier are chosen first; then the code is counted, stored and put into the outbox in one transaction, together
 * with those of other callers; and only then it is sent.
 */
@Component
public class Challenges {
    /** How often one code may be guessed at. */
    public static final int TRIES = 5;

    /** How often a code is made ready again, since another request of the same login has made or spent one meanwhile. */
    private static final int TRIES_TO_AGREE = 10;

    private static final String DENIED = "The phone was reported as lost, or as somebody else's.";

    private final ChallengeTable table;
    private final OobCodes oobCodes;
    private final NumberChecks numbers;
    private final Binding binding;
    private final FraudGuard fraud;
    private final MessageTexts texts;
    private final Deliveries deliveries;
    private final DeliverySettings delivery;
    private final Tenants tenants;
    private final RandomText random;
    private final Clock clock;
    private final RetriedTransaction transactions;
    private final StartBatch batch;
    private final GroupCommit<Start, Outcome> starts;

    Challenges(
            ChallengeTable table,
            OobCodes oobCodes,
            NumberChecks numbers,
            Binding binding,
            FraudGuard fraud,
            MessageTexts texts,
            Deliveries deliveries,
            DeliverySettings delivery,
            Tenants tenants,
            RandomText random,
            Clock clock,
            RetriedTransaction transactions,
            StartBatch batch,
            GroupCommits commits) {
        this.table = table;
        this.oobCodes = oobCodes;
        this.numbers = numbers;
        this.binding = binding;
        this.fraud = fraud;
        this.texts = texts;
        this.deliveries = deliveries;
        this.delivery = delivery;
        this.tenants = tenants;
        this.random = random;
        this.clock = clock;
        this.transactions = transactions;
        this.batch = batch;
        this.starts = commits.of(batch);
    }

    /** Sends a code to a phone of the user; asked again within its life, the same code. */
    public Started start(Transaction login, Authenticator.Phone phone, Channel channel, Wording wording) {
        return start(login, phone, channel, wording, Proof.IMPOSSIBLE);
    }

    /** @param proof whether who asks can show that he is no program, or has */
    public Started start(Transaction login, Authenticator.Phone phone, Channel channel, Wording wording, Proof proof) {
        var request = phone.confirmed()
                ? request(login, phone.number(), channel, Cause.SIGN_IN, Ownership.CONFIRMED, proof, null)
                : request(login, phone.number(), channel, Cause.ENROLLMENT, Ownership.CLAIMED, proof, null);
        var message = new Target(login, phone, channel, Purpose.VERIFICATION, wording);
        if (numbers.isDenied(login, phone)) return new NumberRefused(channel, Instead.OTHER_FACTOR, DENIED);
        var occasion = phone.confirmed() ? NumberCheck.Occasion.SENDING : NumberCheck.Occasion.BINDING;
        if (numbers.ask(login, request, occasion) instanceof Asked.Not(var answer)) return answer;
        Live live = null;
        for (int tries = 0; tries < TRIES_TO_AGREE; tries++) {
            switch (ready(message, live)) {
                case Readiness.CannotSend(var reason) -> {
                    return new CannotSend(reason);
                }
                case Readiness.Made(var ready) -> {
                    var start = new Start(login, request, phone, ready);
                    // The quota's row is locked until the commit, so its tenant's messages go one by one.
                    var outcome = ready.message().quota() == Quota.COUNTED ? starts.alone(start) : starts.submit(start);
                    switch (outcome) {
                        case Outcome.Stored stored -> {
                            return handOver(message, stored, null);
                        }
                        case Outcome.NotAdmitted(var denied) -> {
                            return new NotAdmitted(channel, denied);
                        }
                        case Outcome.ProofWanted(var otherwise) -> {
                            return new ProofWanted(channel, otherwise);
                        }
                        case Outcome.QuotaUsedUp() -> {
                            return quotaUsedUp();
                        }
                        case Outcome.OverBudget(var exhausted) -> {
                            return overBudget(request, exhausted);
                        }
                        case Outcome.OtherCode(var other) -> live = other;
                        case Outcome.Overtaken() -> {}
                    }
                }
            }
        }
        throw new TooBusy("requests for one code");
    }

    /** Binds a phone and sends the code that will confirm it. */
    public Started enroll(Transaction login, PhoneNumber number, Channel channel, Wording wording) {
        return enroll(login, number, channel, wording, Proof.IMPOSSIBLE, null);
    }

    /**
     * @param proof whether who asks can show that he is no program, or has
     * @param formTime how long the page was shown on which the number was typed; null where there was none
     */
    public Started enroll(
            Transaction login,
            PhoneNumber number,
            Channel channel,
            Wording wording,
            Proof proof,
            @Nullable Duration formTime) {
        var request = request(login, number, channel, Cause.ENROLLMENT, Ownership.CLAIMED, proof, formTime);
        return switch (numbers.ask(login, request, NumberCheck.Occasion.BINDING)) {
            case Asked.Not(var answer) -> answer;
            case Asked.Trusted(var result) -> enroll(login, request, result, wording);
        };
    }

    private Started enroll(Transaction login, SendRequest request, NumberCheckResult check, Wording wording) {
        var channel = request.channel();
        var enrolled = transactions.execute(status -> {
            var now = clock.instant();
            switch (fraud.admit(request, now)) {
                case Admitted _ -> {}
                case Denied denied -> {
                    return new Enrolled.Not(new NotAdmitted(channel, denied));
                }
                case ProofAsked asked -> {
                    return new Enrolled.Not(new ProofWanted(channel, asked.denied()));
                }
            }
            var bound = binding.phone(
                    login.caller(),
                    login.user(),
                    login.id(),
                    request.to(),
                    check,
                    channel,
                    recoveryCode(login.door()),
                    now);
            var message = new Target(login, bound.phone(), channel, Purpose.ENROLLMENT, wording);
            var place = place(message);
            var enrollment = switch (ready(
                    message, table.live(List.of(place), now).get(place))) {
                case Readiness.CannotSend(var reason) -> new Enrolled.Not(new CannotSend(reason));
                case Readiness.Made(var ready) ->
                    switch (batch.store(List.of(ready), now).getFirst()) {
                        case Outcome.Stored stored -> new Enrolled.Sent(message, stored, bound.recoveryCode());
                        case Outcome.Overtaken() -> throw new ConcurrencyFailureException("Two codes at once");
                        case Outcome.OverBudget(var exhausted) -> new Enrolled.TooDear(exhausted);
                        case Outcome.QuotaUsedUp(), Outcome.NotAdmitted _, Outcome.ProofWanted _, Outcome.OtherCode _ ->
                            new Enrolled.Not(quotaUsedUp());
                    };
            };
            if (!(enrollment instanceof Enrolled.Sent)) status.setRollbackOnly();
            return enrollment;
        });
        return switch (enrolled) {
            case Enrolled.Sent(var message, var stored, var recoveryCode) -> handOver(message, stored, recoveryCode);
            case Enrolled.TooDear(var exhausted) -> overBudget(request, exhausted);
            case Enrolled.Not(var answer) -> answer;
        };
    }

    private static FirstRecoveryCode recoveryCode(Door door) {
        return switch (door) {
            case API, PAGES -> FirstRecoveryCode.MADE;
            case ACCOUNT -> FirstRecoveryCode.LEFT_OUT;
        };
    }

    private sealed interface Enrolled {
        record Sent(
                Target message,
                Outcome.Stored stored,
                @Nullable String recoveryCode) implements Enrolled {}

        record TooDear(Exhausted exhausted) implements Enrolled {}

        record Not(Started answer) implements Enrolled {}
    }

    private NotAdmitted overBudget(SendRequest request, Exhausted exhausted) {
        return new NotAdmitted(request.channel(), fraud.overBudget(request, exhausted, clock.instant()));
    }

    private static SendRequest request(
            Transaction login,
            PhoneNumber number,
            Channel channel,
            Cause cause,
            Ownership ownership,
            Proof proof,
            @Nullable Duration formTime) {
        var caller = login.caller();
        return new SendRequest(
                login.tenant(),
                caller.client().id(),
                login.user(),
                switch (login.door()) {
                    case API, ACCOUNT -> null;
                    case PAGES -> login.id();
                },
                number,
                channel,
                caller.origin(),
                cause,
                ownership,
                login.id(),
                proof,
                formTime);
    }

    /** A message that carries a code: for whom, where to, and in which words. */
    private record Target(
            Transaction login, Authenticator.Phone phone, Channel channel, Purpose purpose, Wording wording) {}

    private static Place place(Target message) {
        return new Place(
                message.login().tenant(), message.login().id(), message.phone().id());
    }

    private sealed interface Readiness {
        record Made(Ready ready) implements Readiness {}

        record CannotSend(String reason) implements Readiness {}
    }

    /** @param live the code that can still be typed; null for none */
    private Readiness ready(Target message, @Nullable Live live) {
        var login = message.login();
        var settings = tenants.settings(login.tenant());
        var always = settings.get(ResendSettings.NAME, ResendSettings.class, ResendSettings.DEFAULT)
                .newCode();
        if (live != null && !always) return ready(message, new Code.Again(live), live.code(), live.expiresAt());
        var codes = PhoneSettings.of(settings);
        var digits = random.digits(codes.otpLength());
        var expiresAt = clock.instant().plus(codes.life());
        var fresh = table.fresh(place(message), digits, expiresAt, always ? Replaces.ANY : Replaces.DEAD);
        return ready(message, new Code.Fresh(fresh), digits, expiresAt);
    }

    private Readiness ready(Target message, Code code, String digits, Instant expiresAt) {
        var login = message.login();
        var wording = message.wording();
        var channel = message.channel();
        var phone = message.phone();
        var to = new Addressee(login.user(), login.caller().client());
        var said = texts.render(to, message.purpose(), channel, digits, wording.language(), wording.acceptLanguage());
        var prepared = deliveries.prepare(new NewMessage(
                login.tenant(),
                login.user(),
                login.caller().client().id(),
                phone.id().value(),
                phone.number(),
                channel,
                said.text(),
                wording.language(),
                expiresAt,
                context(message, digits),
                null,
                said.from()));
        return switch (prepared) {
            case Prepared.Outgoing outgoing -> new Readiness.Made(new Ready(place(message), code, outgoing));
            case Prepared.Impossible(var why) -> new Readiness.CannotSend(reason(why, channel));
        };
    }

    private static String reason(Queued why, Channel channel) {
        return switch (why) {
            case Queued.ChannelNotOffered(var provider, var _) ->
                "The provider " + provider + " does not offer " + channel.wire() + ".";
            case Queued.NotConfigured(var provider) ->
                "The provider " + provider + " is not set up for " + channel.wire() + ".";
            case Queued.QuotaUsedUp(), Queued.OverBudget _, Queued.Promised _ ->
                throw new IllegalArgumentException("Nothing was stored");
        };
    }

    private static CannotSend quotaUsedUp() {
        return new CannotSend("The built-in provider has sent its " + Deliveries.EVALUATION_QUOTA
                + " messages. Choose another provider.");
    }

    private static MessageContext context(Target message, String code) {
        var origin = message.login().caller().origin();
        var occasion = switch (message.purpose()) {
            case ENROLLMENT -> Occasion.ENROLLMENT;
            case VERIFICATION -> Occasion.SECOND_FACTOR;
        };
        return new MessageContext(occasion, code, origin.ip(), origin.userAgent(), origin.host());
    }

    private Started handOver(Target message, Outcome.Stored stored, @Nullable String recoveryCode) {
        var login = message.login();
        var channel = message.channel();
        var handle = new Handle(login.id(), message.phone().id(), stored.generation(), channel);
        return switch (deliveries.send(stored.message(), delivery.answerWait())) {
            case DispatchResult.Accepted(), DispatchResult.Pending(), DispatchResult.NotNeeded() ->
                new CodeSent(oobCodes.seal(login.tenant(), handle), recoveryCode);
            case DispatchResult.Refused(var _, var fault) -> new CarrierRefused(channel, fault);
        };
    }
}
