package io.ringcode.mfa;

import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.client.Caller;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A user's authenticators as the MFA API shows them: a phone once per channel, both of one device. */
@Component
class AuthenticatorList {
    private final Authenticators authenticators;
    private final TransactionTemplate transactions;

    AuthenticatorList(Authenticators authenticators, PlatformTransactionManager transactions) {
        this.authenticators = authenticators;
        this.transactions = new TransactionTemplate(transactions);
    }

    List<ListedAuthenticator> list(TenantId tenant, UserId user) {
        var having = authenticators.of(tenant, user);
        var listed = new ArrayList<ListedAuthenticator>();
        for (var one : having.authenticators()) {
            var active = having.isUsable(one);
            switch (one) {
                case Authenticator.Phone phone -> {
                    // One that is switched off stays in the list, so that its owner can take it away.
                    var reaching = having.channels(phone);
                    for (var channel : reaching.isEmpty() ? List.of(phone.channel()) : reaching)
                        listed.add(ListedAuthenticator.phone(phone, channel, active));
                }
                case Authenticator.App _, Authenticator.WebAuthn _, Authenticator.RecoveryCode _ ->
                    listed.add(ListedAuthenticator.other(one, active));
            }
        }
        return listed;
    }

    /** @param id with its channel; the phone's other channel goes too */
    void remove(Caller caller, UserId user, String id) {
        var bar = id.indexOf('|');
        var removed = bar > 0
                && Objects.requireNonNull(transactions.execute(_ ->
                        authenticators.remove(caller, user, new AuthenticatorId(id.substring(bar + 1)), By.OWNER)));
        if (!removed) throw new OAuthRefused(OAuthError.NO_AUTHENTICATOR);
    }
}
