package io.ringcode.notice;

import io.ringcode.authorization.Issuers;
import io.ringcode.fraud.NoticeGuard;
import io.ringcode.mail.Mails;
import io.ringcode.mail.NewMail;
import io.ringcode.notice.Facts.Event;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Directory;
import io.ringcode.user.PasswordResets;
import io.ringcode.user.Profile;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Notices and links as mails. */
@Component
class NoticeMails {
    private static final Duration USEFUL = Duration.ofDays(2);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final NoticeGuard guard;
    private final NoticeLinks links;
    private final PasswordResets resets;
    private final Directory users;
    private final Mails mails;
    private final Issuers issuers;
    private final Tenants tenants;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    NoticeMails(
            NoticeGuard guard,
            NoticeLinks links,
            PasswordResets resets,
            Directory users,
            Mails mails,
            Issuers issuers,
            Tenants tenants,
            Clock clock,
            ApplicationEventPublisher events) {
        this.guard = guard;
        this.links = links;
        this.resets = resets;
        this.users = users;
        this.mails = mails;
        this.issuers = issuers;
        this.tenants = tenants;
        this.clock = clock;
        this.events = events;
    }

    void tell(TenantId tenant, Event event) {
        var now = clock.instant();
        var to = event.email();
        var user = new UserId(event.user());
        if (to == null || !guard.admit(tenant, user, event.kind().wire(), to, now)) return;
        var language = Locale.forLanguageTag(event.language());
        var link = links.issue(tenant, user, event.kind(), event.enrollment(), now);
        var text = paragraphs(
                NoticeTexts.of(language, event.kind().wire()),
                TIME.format(event.at()),
                NoticeTexts.of(language, "if-not-you") + "\n" + link,
                name(tenant));
        queue(
                tenant,
                user,
                event.kind().wire(),
                to,
                NoticeTexts.of(language, "subject", "tenant", name(tenant)),
                text,
                now.plus(USEFUL));
    }

    /** An unknown address gets no mail. */
    void reset(TenantId tenant, Facts.ResetAsked asked) {
        var found = owner(tenant, asked);
        if (found.isEmpty() || !mails.canSend(tenant)) return;
        var user = found.get().user();
        var to = user.email();
        if (to == null) return;
        var now = clock.instant();
        var language = Locale.forLanguageTag(asked.language());
        var token = resets.issue(user, asked.client(), now);
        var text = paragraphs(
                NoticeTexts.of(language, "reset.text", "tenant", name(tenant))
                        + "\n"
                        + issuers.of(tenant)
                        + "u/reset-verify?ticket="
                        + token,
                NoticeTexts.of(language, "reset.once"),
                name(tenant));
        queue(
                tenant,
                user.id(),
                NoticeSweep.RESET,
                to,
                NoticeTexts.of(language, "reset.subject", "tenant", name(tenant)),
                text,
                now.plus(PasswordResets.LIFE));
        events.publishEvent(new NoticeEvent.ResetLinkSent(tenant, user.id(), asked.client()));
    }

    private Optional<Profile> owner(TenantId tenant, Facts.ResetAsked asked) {
        return users.byEmail(tenant, asked.login()).stream()
                .filter(one -> one.user().connection().equals(asked.connection()))
                .filter(one -> !one.user().blocked())
                .findFirst();
    }

    void denied(TenantId tenant, Facts.Denied denied) {
        var now = clock.instant();
        var language = Locale.forLanguageTag(
                TenantProfile.of(tenants.settings(tenant)).locales().getFirst());
        var text = paragraphs(
                NoticeTexts.of(language, "denied.text", "user", denied.user()),
                NoticeTexts.of(language, denied.kind().wire()),
                TIME.format(denied.at()),
                issuers.of(tenant) + "console/users/" + denied.user().replace("|", "%7C"));
        queue(
                tenant,
                new UserId(denied.user()),
                NoticeSweep.DENIED,
                denied.administrator(),
                NoticeTexts.of(language, "denied.subject", "tenant", name(tenant)),
                text,
                now.plus(USEFUL));
    }

    /** Limited, since who knows a password may report as often as he likes. */
    void loss(TenantId tenant, Facts.Loss loss) {
        var now = clock.instant();
        var user = new UserId(loss.user());
        if (!guard.admit(tenant, user, NoticeSweep.LOSS, loss.administrator(), now)) return;
        var language = Locale.forLanguageTag(
                TenantProfile.of(tenants.settings(tenant)).locales().getFirst());
        var text = paragraphs(
                NoticeTexts.of(language, "loss.text", "user", loss.user()),
                TIME.format(loss.at()),
                issuers.of(tenant) + "console/users/" + loss.user().replace("|", "%7C"));
        queue(
                tenant,
                user,
                NoticeSweep.LOSS,
                loss.administrator(),
                NoticeTexts.of(language, "loss.subject", "tenant", name(tenant)),
                text,
                now.plus(USEFUL));
    }

    private void queue(
            TenantId tenant,
            @Nullable UserId user,
            String purpose,
            String to,
            String subject,
            String text,
            Instant expires) {
        mails.queue(new NewMail(tenant, user, purpose, to, subject, text, expires));
    }

    private String name(TenantId tenant) {
        return TenantProfile.of(tenants.settings(tenant)).nameOf(tenant);
    }

    private static String paragraphs(String... all) {
        return String.join("\n\n", all) + "\n";
    }
}
