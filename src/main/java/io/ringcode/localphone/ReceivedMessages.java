package io.ringcode.localphone;

import io.ringcode.delivery.builtin.Inbox;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The messages that phones have received by now: a late one lies in the inbox before its time. */
@Component
class ReceivedMessages {
    private final Inbox inbox;
    private final Clock clock;

    ReceivedMessages(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.clock = clock;
    }

    /** @param to only that number's messages; null: everybody's */
    List<Arrived> newestFirst(TenantId tenant, @Nullable PhoneNumber to, int most) {
        var now = clock.instant();
        return inbox.newestFirst(tenant, to, most).stream()
                .filter(message -> !message.at().isAfter(now))
                .map(Arrived::of)
                .toList();
    }
}
