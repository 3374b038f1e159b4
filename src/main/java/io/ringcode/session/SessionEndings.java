package io.ringcode.session;

import io.ringcode.challenge.ChallengeEvent.GuessRight;
import io.ringcode.enrollment.EnrollmentEvent.EnrollmentRemoved;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.PasswordChanged;
import io.ringcode.user.UserId;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A user whose password or factors change is signed out everywhere, and no browser stays remembered (ASVS 7.4.3). */
@Component
class SessionEndings {
    private final BrowserSessions sessions;
    private final RememberedBrowsers browsers;

    SessionEndings(BrowserSessions sessions, RememberedBrowsers browsers) {
        this.sessions = sessions;
        this.browsers = browsers;
    }

    @EventListener
    void on(EnrollmentRemoved removed) {
        end(removed.caller().tenant(), removed.user());
    }

    /** The first right code is what binds an authenticator. */
    @EventListener
    void on(GuessRight right) {
        if (right.first()) end(right.caller().tenant(), right.user());
    }

    @EventListener
    void on(PasswordChanged changed) {
        end(changed.tenant(), changed.user());
    }

    private void end(TenantId tenant, UserId user) {
        sessions.endAll(tenant, user);
        browsers.forgetAll(tenant, user);
    }
}
