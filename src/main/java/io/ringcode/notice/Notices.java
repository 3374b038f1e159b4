package io.ringcode.notice;

import io.ringcode.administrator.Administrators;
import io.ringcode.challenge.ChallengeEvent.GuessRight;
import io.ringcode.challenge.ChallengeEvent.GuessWrong;
import io.ringcode.client.Caller;
import io.ringcode.database.AfterCommit;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.AuthenticatorEvent.AuthenticatorChanged;
import io.ringcode.factor.AuthenticatorEvent.AuthenticatorRemoved;
import io.ringcode.factor.AuthenticatorEvent.EnrollmentStarted;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.LossReported;
import io.ringcode.factor.ProofMethod;
import io.ringcode.factor.RecoveryCodeReplaced;
import io.ringcode.mail.Mails;
import io.ringcode.schedule.RecurringTasks;
import io.ringcode.template.Languages;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Directory;
import io.ringcode.user.PasswordChanged;
import io.ringcode.user.Profile;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Who is told of what. An event stores a row for each recipient in its own transaction: the e-mail address, and the confirmed
 * phones but the one that the event is about. {@link NoticeSweep} words them and hands them on.
 */
@Component
class Notices {
    /** Of one user. */
    private static final int MOST_PHONES = 5;

    private static final int MOST_ADMINISTRATORS = 10;

    /** Where applications keep a user's language. */
    private static final List<String> LANGUAGE = List.of("lang", "locale", "language", "preferred_language");

    private final NoticeTable table;
    private final NoticeSweep sweep;
    private final RecurringTasks tasks;
    private final Directory users;
    private final AuthenticatorAdmin authenticators;
    private final Administrators administrators;
    private final Mails mails;
    private final Languages languages;
    private final Tenants tenants;
    private final Clock clock;

    Notices(
            NoticeTable table,
            NoticeSweep sweep,
            RecurringTasks tasks,
            Directory users,
            AuthenticatorAdmin authenticators,
            Administrators administrators,
            Mails mails,
            Languages languages,
            Tenants tenants,
            Clock clock) {
        this.table = table;
        this.sweep = sweep;
        this.tasks = tasks;
        this.users = users;
        this.authenticators = authenticators;
        this.administrators = administrators;
        this.mails = mails;
        this.languages = languages;
        this.tenants = tenants;
        this.clock = clock;
    }

    @EventListener
    void on(GuessRight right) {
        if (right.first()) tell(right.caller(), right.user(), NoticeKind.FACTOR_BOUND, right.authenticator());
        if (right.method().equals(ProofMethod.RECOVERY_CODE))
            tell(right.caller(), right.user(), NoticeKind.RECOVERY_CODE_USED, right.authenticator());
    }

    /** Once when it becomes locked: whoever goes on guessing stores nothing more. */
    @EventListener
    void on(GuessWrong wrong) {
        if (wrong.last()) tell(wrong.caller(), wrong.user(), NoticeKind.FACTOR_LOCKED, wrong.authenticator());
    }

    /** What an administrator binds counts at once; what a user binds waits for its first code. */
    @EventListener
    void on(EnrollmentStarted started) {
        var counts = authenticators
                .find(started.caller().tenant(), started.authenticator())
                .filter(Authenticator::confirmed);
        if (counts.isPresent())
            tell(started.caller(), started.user(), NoticeKind.FACTOR_BOUND, started.authenticator());
    }

    @EventListener
    void on(AuthenticatorChanged changed) {
        tell(changed.caller(), changed.user(), NoticeKind.FACTOR_CHANGED, changed.authenticator());
    }

    @EventListener
    void on(AuthenticatorRemoved removed) {
        tell(removed.caller(), removed.user(), NoticeKind.FACTOR_REMOVED, removed.authenticator());
    }

    @EventListener
    void on(RecoveryCodeReplaced replaced) {
        tell(replaced.caller(), replaced.user(), NoticeKind.RECOVERY_CODE_MADE, null);
    }

    @EventListener
    void on(PasswordChanged changed) {
        tell(changed.tenant(), changed.user(), NoticeKind.PASSWORD_CHANGED, null, changed.languages());
    }

    /** Where nothing was proved, all phones of the owner are told, since the one who reports may be somebody else. */
    @EventListener
    void on(LossReported loss) {
        switch (loss) {
            case LossReported.Suspended(var caller, var user, var phone) ->
                tell(caller, user, NoticeKind.LOSS_REPORTED, phone);
            case LossReported.Unproved(var caller, var user) -> {
                tell(caller, user, NoticeKind.LOSS_REPORTED, null);
                var now = clock.instant();
                tellAdministrators(
                        caller.tenant(), NoticeSweep.LOSS, email -> new Facts.Loss(user.value(), email, now), now);
            }
        }
    }

    private void tell(Caller caller, UserId user, NoticeKind kind, @Nullable AuthenticatorId about) {
        // An administrator's language says nothing of the user's.
        var read = caller.administrator() == null ? caller.origin().languages() : null;
        tell(caller.tenant(), user, kind, about, read);
    }

    private void tell(
            TenantId tenant, UserId user, NoticeKind kind, @Nullable AuthenticatorId about, @Nullable String read) {
        if (!NoticeSettings.of(tenants.settings(tenant)).isOn(kind)) return;
        var profile = users.find(tenant, user).orElse(null);
        if (profile == null) return; // deleted, and all that is the user's with it
        var now = clock.instant();
        var language = language(tenant, profile, read).toLanguageTag();
        var enrollment = about == null ? null : about.value();
        var rows = new ArrayList<Facts>();
        if (NoticeWebhook.of(tenants.settings(tenant)).isSetUp())
            rows.add(new Facts.Webhook(kind, user.value(), enrollment, language, now));
        var email = profile.user().email();
        if (email != null && mails.canSend(tenant))
            rows.add(new Facts.Event(kind, user.value(), enrollment, email, null, null, language, now));
        for (var phone : phonesBut(tenant, user, about))
            rows.add(new Facts.Event(
                    kind,
                    user.value(),
                    enrollment,
                    null,
                    phone.number().e164(),
                    phone.id().value(),
                    language,
                    now));
        rows.forEach(row -> table.insert(tenant, kind.wire(), row, now));
        if (!rows.isEmpty()) sendSoon();
    }

    private List<Authenticator.Phone> phonesBut(TenantId tenant, UserId user, @Nullable AuthenticatorId about) {
        return authenticators.list(tenant, user).stream()
                .filter(one -> one.confirmed() && !one.id().equals(about))
                .filter(Authenticator.Phone.class::isInstance)
                .map(Authenticator.Phone.class::cast)
                .limit(MOST_PHONES)
                .toList();
    }

    private Locale language(TenantId tenant, Profile profile, @Nullable String read) {
        for (var name : LANGUAGE) {
            var kept = profile.userMetadata().get(name);
            if (kept != null && kept.isString() && kept.stringValue().matches("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*"))
                return languages.choose(tenant, kept.stringValue().replace('_', '-'), read);
        }
        return languages.choose(tenant, null, read);
    }

    /**
     * Somebody forgot a password. What is stored, and how long that takes, is the same whether there is such a user or not.
     *
     * @param client the application to go back to, by its id
     */
    void passwordForgotten(TenantId tenant, String connection, String login, String client, Locale language) {
        var facts = new Facts.ResetAsked(connection, login, client, language.toLanguageTag());
        table.insert(tenant, NoticeSweep.RESET, facts, clock.instant());
        tasks.runSoon(sweep);
    }

    /** An owner says that it was somebody else. Runs in the transaction that ends what was done. */
    void denied(TenantId tenant, UserId user, NoticeKind kind) {
        var now = clock.instant();
        tellAdministrators(tenant, NoticeSweep.DENIED, email -> new Facts.Denied(kind, user.value(), email, now), now);
    }

    private void tellAdministrators(TenantId tenant, String kind, Function<String, Facts> facts, Instant now) {
        if (!mails.canSend(tenant)) return;
        administrators.list(tenant).stream()
                .map(Administrators.Administrator::email)
                .filter(java.util.Objects::nonNull)
                .limit(MOST_ADMINISTRATORS)
                .forEach(email -> table.insert(tenant, kind, facts.apply(email), now));
        sendSoon();
    }

    private void sendSoon() {
        AfterCommit.run(() -> tasks.runSoon(sweep));
    }
}
