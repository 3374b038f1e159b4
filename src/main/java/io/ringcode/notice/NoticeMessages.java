package io.ringcode.notice;

import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.NewMessage;
import io.ringcode.delivery.Queued;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.NoticeGuard;
import io.ringcode.fraud.SendRequest;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.notice.Facts.Event;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Notices as text messages, admitted, paid and queued as codes are. */
@Component
class NoticeMessages {
    private static final Duration USEFUL = Duration.ofHours(12);

    private final NoticeGuard guard;
    private final NoticeLinks links;
    private final FraudGuard fraud;
    private final Deliveries deliveries;
    private final Tenants tenants;
    private final Clock clock;

    NoticeMessages(
            NoticeGuard guard,
            NoticeLinks links,
            FraudGuard fraud,
            Deliveries deliveries,
            Tenants tenants,
            Clock clock) {
        this.guard = guard;
        this.links = links;
        this.fraud = fraud;
        this.deliveries = deliveries;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** @return empty where a limit does not let it go */
    Optional<Promised> send(TenantId tenant, Event event) {
        var now = clock.instant();
        var number = PhoneNumber.stored(String.valueOf(event.phone()));
        var user = new UserId(event.user());
        var kind = event.kind();
        if (!deliveries.canSend(tenant, Channel.USUAL, number)) return Optional.empty();
        if (!guard.admit(tenant, user, kind.wire(), number.e164(), now)) return Optional.empty();
        var request = new SendRequest(
                tenant,
                null,
                user,
                null,
                number,
                Channel.USUAL,
                null,
                Cause.NOTICE,
                Ownership.CONFIRMED,
                null,
                Proof.IMPOSSIBLE);
        if (!(fraud.admit(request, now) instanceof Admitted)) return Optional.empty();
        var language = Locale.forLanguageTag(event.language());
        var text = TenantProfile.of(tenants.settings(tenant)).nameOf(tenant)
                + ": "
                + NoticeTexts.of(language, kind.wire())
                + " "
                + NoticeTexts.of(language, "not-you")
                + " "
                + links.issue(tenant, user, kind, event.enrollment(), now);
        var message = new NewMessage(
                tenant,
                user,
                null,
                String.valueOf(event.phoneId()),
                number,
                Channel.USUAL,
                text,
                language,
                now.plus(USEFUL));
        return Optional.of(
                switch (deliveries.queue(message)) {
                    case Promised promised -> promised;
                    case Queued.OverBudget(var exhausted) ->
                        throw new NotSent(() -> fraud.overBudget(request, exhausted, now));
                    case Queued.NotConfigured _, Queued.ChannelNotOffered _, Queued.QuotaUsedUp _ ->
                        throw new NotSent(() -> {});
                });
    }
}
