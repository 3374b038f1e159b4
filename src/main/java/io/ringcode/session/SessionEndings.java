package io.ringcode.session;

import io.ringcode.challenge.ChallengeEvent.GuessRight;
import io.ringcode.factor.AuthenticatorEvent.AuthenticatorRemoved;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.KnownCountries;
import io.ringcode.factor.Tickets;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.ActivityDenied;
import io.ringcode.user.BrowsersForgotten;
import io.ringcode.user.PasswordChanged;
import io.ringcode.user.UserBlocked;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Which event ends which trust, in the transaction of the event. When something is taken away that sign-ins stood on, the
 * user's security stamp changes, and whatever was issued or begun under the old one is worth nothing: sessions, remembered
 * browsers, pending sign-ins, authorization codes, refresh tokens and mfa_tokens. The table is in docs/security.md.
 */
@Component
class SessionEndings {
    private final Users users;
    private final BrowserSessions sessions;
    private final RememberedBrowsers browsers;
    private final KnownBrowsers known;
    private final KnownCountries countries;
    private final Tickets tickets;
    private final Clock clock;

    SessionEndings(
            Users users,
            BrowserSessions sessions,
            RememberedBrowsers browsers,
            KnownBrowsers known,
            KnownCountries countries,
            Tickets tickets,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.browsers = browsers;
        this.known = known;
        this.countries = countries;
        this.tickets = tickets;
        this.clock = clock;
    }

    @EventListener
    void on(PasswordChanged changed) {
        endAll(changed.tenant(), changed.user());
        endAccess(changed.tenant(), changed.user());
    }

    @EventListener
    void on(ActivityDenied denied) {
        endAll(denied.tenant(), denied.user());
        endAccess(denied.tenant(), denied.user());
    }

    /** The links that administrators gave out for the user before end too. */
    @EventListener
    void on(UserBlocked blocked) {
        endAll(blocked.tenant(), blocked.user());
        endAccess(blocked.tenant(), blocked.user());
        tickets.endAll(blocked.tenant(), blocked.user());
    }

    /** An owner goes on with the access token by which one was removed, perhaps to bind another. */
    @EventListener
    void on(AuthenticatorRemoved removed) {
        endAll(removed.caller().tenant(), removed.user());
        if (removed.by() == By.ADMINISTRATOR) endAccess(removed.caller().tenant(), removed.user());
    }

    /**
     * The first right code is what binds an authenticator: its user is signed out everywhere, and no browser stays
     * remembered (ASVS 7.4.3). The sign-in that bound it goes on.
     */
    @EventListener
    void on(GuessRight right) {
        if (right.first()) endSessions(right.caller().tenant(), right.user());
    }

    /** Those that are remembered end by the moment that the user has for it. */
    @EventListener
    void on(BrowsersForgotten forgotten) {
        known.forgetAll(forgotten.tenant(), forgotten.user());
        countries.forgetAll(forgotten.tenant(), forgotten.user());
    }

    private void endAll(TenantId tenant, UserId user) {
        users.changeStamp(tenant, user);
        endSessions(tenant, user);
    }

    private void endAccess(TenantId tenant, UserId user) {
        users.endAccess(tenant, user, clock.instant());
    }

    private void endSessions(TenantId tenant, UserId user) {
        sessions.endAll(tenant, user);
        browsers.forgetAll(tenant, user);
        known.forgetAll(tenant, user);
        countries.forgetAll(tenant, user);
    }
}
