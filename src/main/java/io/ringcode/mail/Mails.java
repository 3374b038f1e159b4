package io.ringcode.mail;

import io.ringcode.database.AfterCommit;
import io.ringcode.schedule.RecurringTasks;
import io.ringcode.server.settings.Settings;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The outbox of mails as other modules use it: {@link #queue} stores a mail, and after the commit it is sent. */
@Component
public class Mails {
    private final MailTable table;
    private final EmailProviders providers;
    private final MailSweep sweep;
    private final RecurringTasks tasks;
    private final Settings settings;
    private final Clock clock;

    Mails(
            MailTable table,
            EmailProviders providers,
            MailSweep sweep,
            RecurringTasks tasks,
            Settings settings,
            Clock clock) {
        this.table = table;
        this.providers = providers;
        this.sweep = sweep;
        this.tasks = tasks;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether mails of the tenant go anywhere: through its mail server, or in development into the mailbox. */
    public boolean canSend(TenantId tenant) {
        return settings.devPhone() || providers.server(tenant).isPresent();
    }

    /**
     * Stores a mail in the caller's transaction, so that it exists only if what it tells of does.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public void queue(NewMail mail) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("A mail is queued inside a transaction");
        table.insert(mail, clock.instant());
        AfterCommit.run(() -> tasks.runSoon(sweep));
    }
}
