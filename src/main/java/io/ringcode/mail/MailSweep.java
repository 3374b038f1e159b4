package io.ringcode.mail;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.mail.MailEvent.MailDeferred;
import io.ringcode.mail.MailEvent.MailFailed;
import io.ringcode.mail.MailTable.Claimed;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.server.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The retry loop of mails: claims those that are due, also of a server that died, sends each on a virtual thread that holds no
 * database connection, and stores what became of it. An attempt that began and of which nobody knows the end is made again,
 * under the same Message-ID: a mail twice is better than none.
 */
@Component
class MailSweep implements RecurringTask, DisposableBean {
    private static final int BATCH = 20;
    private static final int MOST_IN_HAND = 100;

    /** Longer than any attempt takes. */
    private static final Duration LEASE = SmtpSender.TOTAL.plusSeconds(60);

    /** Between attempts; the last one again and again. */
    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1));

    private final MailTable table;
    private final EmailProviders providers;
    private final SmtpSender smtp;
    private final Settings settings;
    private final MeterRegistry meters;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Semaphore inHand = new Semaphore(MOST_IN_HAND);
    private final java.util.concurrent.ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    MailSweep(
            MailTable table,
            EmailProviders providers,
            SmtpSender smtp,
            Settings settings,
            MeterRegistry meters,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.table = table;
        this.providers = providers;
        this.smtp = smtp;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
    }

    @Override
    public String name() {
        return "mail-sweep";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void run() {
        int most = Math.min(BATCH, inHand.availablePermits());
        if (most == 0) return;
        var now = clock.instant();
        for (var claimed : table.claim(most, now, now.plus(LEASE))) {
            inHand.acquireUninterruptibly();
            threads.execute(() -> {
                try {
                    send(claimed);
                } finally {
                    inHand.release();
                }
            });
        }
    }

    /** Those in hand go again when their leases end. */
    @Override
    public void destroy() {
        threads.shutdownNow();
    }

    private void send(Claimed claimed) {
        if (!clock.instant().isBefore(claimed.mail().expiresAt())) {
            end(claimed, "expired");
            return;
        }
        var server = providers.server(claimed.mail().tenant()).orElse(null);
        if (server == null && settings.devPhone()) {
            table.keep(claimed);
            return;
        }
        var result = server == null ? new MailResult.Deferred("no_mail_server") : smtp.send(server, claimed);
        meters.counter(
                        "ringcode.mail",
                        "result",
                        result.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
                .increment();
        switch (result) {
            case MailResult.Sent() -> table.end(claimed, "sent");
            case MailResult.Deferred(var reason) -> later(claimed, reason);
            case MailResult.Refused(var reason) -> end(claimed, reason);
        }
    }

    private void later(Claimed claimed, String reason) {
        var due = clock.instant().plus(WAITS.get(Math.min(claimed.attempt(), WAITS.size()) - 1));
        if (!due.isBefore(claimed.mail().expiresAt())) {
            end(claimed, reason);
            return;
        }
        var mail = claimed.mail();
        transaction.executeWithoutResult(_ -> {
            if (table.later(claimed, due) && claimed.attempt() == 1)
                events.publishEvent(new MailDeferred(mail.tenant(), mail.user(), mail.purpose(), reason));
        });
    }

    private void end(Claimed claimed, String reason) {
        var mail = claimed.mail();
        transaction.executeWithoutResult(_ -> {
            if (table.end(claimed, "failed"))
                events.publishEvent(new MailFailed(mail.tenant(), mail.user(), mail.purpose(), reason));
        });
    }
}
