package io.ringcode.login.step;

import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.LossReported;
import io.ringcode.session.Login;
import io.ringcode.user.ActivityDenied;
import io.ringcode.user.Users;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of a phone that is reported as lost. */
@Component
class LossReports {
    private final AuthenticatorAdmin authenticators;
    private final Users users;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;

    LossReports(
            AuthenticatorAdmin authenticators,
            Users users,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.authenticators = authenticators;
        this.users = users;
        this.events = events;
        this.transactions = new TransactionTemplate(transactions);
    }

    /**
     * Another factor was proved: the phone that was reported gets no more codes, and all that stood on the user's methods ends, since some of
     * it may be on the phone. This sign-in goes on under the user's new stamp. Runs in the transaction of the guess.
     *
     * @param proved by which the person was recognized, which is not lost
     */
    Login settle(PageRequest page, AuthenticatorId proved) {
        var login = page.login();
        var lost = login.lost();
        if (lost == null) return login;
        if (lost.equals(proved)) return login.losing(null);
        authenticators.suspend(page.tenant(), page.user(), lost);
        events.publishEvent(new LossReported.Suspended(page.caller(), page.user(), lost));
        events.publishEvent(new ActivityDenied(page.tenant(), page.user()));
        var user = users.find(page.tenant(), page.user()).orElseThrow(() -> new LoginGone());
        return login.losing(null).under(user.stamp());
    }

    /** No other factor is there: administrators and the owner are told, and nothing is changed. */
    void tell(PageRequest page) {
        transactions.executeWithoutResult(
                _ -> events.publishEvent(new LossReported.Unproved(page.caller(), page.user())));
    }
}
