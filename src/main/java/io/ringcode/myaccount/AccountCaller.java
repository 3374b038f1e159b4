package io.ringcode.myaccount;

import io.ringcode.challenge.Transaction;
import io.ringcode.challenge.Transaction.Standing;
import io.ringcode.client.Caller;
import io.ringcode.factor.Amr;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.RequiredStrength;
import io.ringcode.factor.UsableFactors;
import io.ringcode.factor.UsableFactors.Proved;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Grounds;
import io.ringcode.user.User;
import io.ringcode.user.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Whose account it is, through which application, and what was proved: what a good access token says.
 *
 * @param token its id, which messages of the same token are counted by
 * @param issuer what the server calls itself to who asks: an origin and a slash
 * @param having what the user has
 */
record AccountCaller(
        Caller caller, User user, UUID token, Instant tokenIssuedAt, Amr amr, String issuer, UsableFactors having) {
    TenantId tenant() {
        return caller.tenant();
    }

    UserId id() {
        return user.id();
    }

    /** The same as of now. */
    AccountCaller with(User user, UsableFactors having) {
        return new AccountCaller(caller, user, token, tokenIssuedAt, amr, issuer, having);
    }

    Grounds grounds() {
        return new Grounds.IssuedAt(tokenIssuedAt);
    }

    boolean mayBind(FactorKind kind) {
        return having.mayBind(kind, proved());
    }

    /** @throws MyAccountRefused when it is switched off, or more must be proved before */
    void requireBindable(FactorKind kind) {
        if (!mayBind(kind)) throw notBindable();
    }

    static MyAccountRefused notBindable() {
        return new MyAccountRefused(
                MyAccountError.FORBIDDEN,
                "No further method of this type may be bound: it is switched off, or more must be proved before.");
    }

    /** @throws MyAccountRefused when it is switched off */
    void requireReachable(Channel channel) {
        if (!having.settings().channels(channel).contains(channel))
            throw new MyAccountRefused(
                    MyAccountError.FORBIDDEN, "Codes are not sent by " + channel.wire() + " to this user.");
    }

    Proved proved() {
        return amr.multiFactor() ? amr.allFactors() : Proved.FIRST_FACTOR;
    }

    /** @param id what codes are bound to */
    Transaction transaction(UUID id) {
        return new Transaction(
                id,
                caller,
                user.id(),
                grounds(),
                amr.multiFactor() ? Standing.ALL_FACTORS : Standing.FIRST_FACTOR,
                Transaction.Door.ACCOUNT,
                RequiredStrength.ANY);
    }

    String address(String method) {
        return issuer + MyAccountController.METHODS.substring(1) + "/"
                + URLEncoder.encode(method, StandardCharsets.UTF_8);
    }
}
