package io.ringcode.notice;

import io.ringcode.batch.RetriedTransaction;
import io.ringcode.notice.NoticeEvent.OwnerDenied;
import io.ringcode.tenant.TenantId;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** "Not me", as the page behind the link in a notice asks for it. */
@Component
public class NotMe {
    private final NoticeLinks links;
    private final Notices notices;
    private final RetriedTransaction transactions;
    private final ApplicationEventPublisher events;

    NotMe(NoticeLinks links, Notices notices, RetriedTransaction transactions, ApplicationEventPublisher events) {
        this.links = links;
        this.notices = notices;
        this.transactions = transactions;
        this.events = events;
    }

    /** Looking does nothing: mail programs look at every link. */
    public boolean isGood(TenantId tenant, String token) {
        return links.isGood(tenant, token);
    }

    /**
     * Locks what was done, ends the user's sign-ins, and tells administrators and log. Two links that tell of the same may be
     * opened at once, and each deletes the other: then one is done again and finds nothing.
     *
     * @param ip whose browser asks for it
     * @return false where the link was used before, or is too old
     */
    public boolean protect(TenantId tenant, String token, String ip) {
        return transactions.execute(() -> {
            var used = links.use(tenant, token);
            used.ifPresent(one -> {
                events.publishEvent(new OwnerDenied(tenant, one.user(), one.kind(), ip));
                notices.denied(tenant, one.user(), one.kind());
            });
            return used.isPresent();
        });
    }
}
