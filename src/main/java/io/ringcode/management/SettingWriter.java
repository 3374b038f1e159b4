package io.ringcode.management;

import io.ringcode.client.Caller;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes a setting and logs who did, together. */
@Component
class SettingWriter {
    private final Tenants tenants;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    SettingWriter(
            Tenants tenants, Clock clock, PlatformTransactionManager transactions, ApplicationEventPublisher events) {
        this.tenants = tenants;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    void write(Caller caller, String name, Object value) {
        write(caller, name, () -> tenants.set(caller.tenant(), name, value, clock.instant()));
    }

    /** For settings that have a keeper of their own. */
    void write(Caller caller, String name, Runnable change) {
        transactions.executeWithoutResult(_ -> {
            change.run();
            events.publishEvent(new SettingChanged(caller, name));
        });
    }
}
