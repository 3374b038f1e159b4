package io.ringcode.challenge;

import io.ringcode.batch.RetriedTransaction;
import io.ringcode.challenge.ChallengeTable.Resent;
import io.ringcode.client.Clients;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.Deliveries.Help;
import io.ringcode.delivery.Failover;
import io.ringcode.delivery.MessageContext;
import io.ringcode.delivery.MessageContext.Occasion;
import io.ringcode.delivery.MessageInTrouble;
import io.ringcode.delivery.NewMessage;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.StuckMessage;
import io.ringcode.factor.Factors;
import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.SendRequest;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.phone.Channel;
import io.ringcode.template.Addressee;
import io.ringcode.template.MessageTexts;
import io.ringcode.template.Purpose;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;

/** Failover of codes: sends the code of a message that did not arrive once more, counted like any other message. */
@Component
class MessageReplacement {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReplacement.class);

    private final ChallengeTable table;
    private final Deliveries deliveries;
    private final FraudGuard fraud;
    private final MessageTexts texts;
    private final Clients clients;
    private final Tenants tenants;
    private final Clock clock;
    private final RetriedTransaction transactions;

    MessageReplacement(
            ChallengeTable table,
            Deliveries deliveries,
            FraudGuard fraud,
            MessageTexts texts,
            Clients clients,
            Tenants tenants,
            Clock clock,
            RetriedTransaction transactions) {
        this.table = table;
        this.deliveries = deliveries;
        this.fraud = fraud;
        this.texts = texts;
        this.clients = clients;
        this.tenants = tenants;
        this.clock = clock;
        this.transactions = transactions;
    }

    @EventListener
    void on(MessageInTrouble trouble) {
        var promised = deliveries.help(trouble).map(help -> take(trouble, help)).orElse(null);
        if (promised == null) deliveries.leave(trouble);
        else deliveries.send(promised, Duration.ZERO);
    }

    private @Nullable Promised take(MessageInTrouble trouble, Help help) {
        var tenant = trouble.tenant();
        var now = clock.instant();
        var channel = channel(Factors.of(tenants.settings(tenant)), help);
        if (channel == null) return null;
        return transactions
                .execute(status -> Optional.ofNullable(promise(trouble, help, channel, status, now)))
                .orElse(null);
    }

    /** On which channel; null where the tenant has switched it off, or has no other. */
    private static @Nullable Channel channel(Factors factors, Help help) {
        var had = help.stuck().channel();
        return factors.channels(had).stream()
                .filter(channel -> switch (help.remedy()) {
                    case NEXT_CARRIER -> channel == had;
                    case OTHER_CHANNEL -> channel != had;
                })
                .findFirst()
                .orElse(null);
    }

    private @Nullable Promised promise(
            MessageInTrouble trouble, Help help, Channel channel, TransactionStatus status, Instant now) {
        var tenant = trouble.tenant();
        var stuck = help.stuck();
        var code = table.live(tenant, stuck.code(), now).orElse(null);
        if (code == null) return null; // typed already, replaced or expired
        var client = stuck.client() == null
                ? null
                : clients.find(tenant, stuck.client()).orElse(null);
        if (client == null) return null; // nobody is left to type it to
        var request = new SendRequest(
                tenant,
                client.id(),
                stuck.user(),
                null,
                stuck.to(),
                channel,
                null,
                cause(help.remedy()),
                code.first() ? Ownership.CLAIMED : Ownership.CONFIRMED,
                stuck.code().transaction(),
                Proof.IMPOSSIBLE);
        if (!(fraud.admit(request, now) instanceof Admitted)) return null;
        var queued = deliveries.replace(
                message(stuck, code, new Addressee(stuck.user(), client), channel), trouble, help.remedy());
        if (queued.isPresent() && queued.get() instanceof Promised promised) return promised;
        status.setRollbackOnly();
        if (queued.isPresent()) LOG.info("No {} for a message in trouble: {}", channel.wire(), queued.get());
        return null;
    }

    private static Cause cause(Failover remedy) {
        return switch (remedy) {
            case NEXT_CARRIER -> Cause.NEXT_CARRIER;
            case OTHER_CHANNEL -> Cause.OTHER_CHANNEL;
        };
    }

    private NewMessage message(StuckMessage stuck, Resent code, Addressee to, Channel channel) {
        var purpose = code.first() ? Purpose.ENROLLMENT : Purpose.VERIFICATION;
        var said = texts.render(to, purpose, channel, code.code(), stuck.language(), null);
        return new NewMessage(
                to.tenant(),
                stuck.user(),
                stuck.client(),
                stuck.code().enrollment(),
                stuck.to(),
                channel,
                said.text(),
                stuck.language(),
                code.expiresAt(),
                new MessageContext(
                        code.first() ? Occasion.ENROLLMENT : Occasion.SECOND_FACTOR, code.code(), null, null, null),
                stuck.code(),
                said.from());
    }
}
