package io.ringcode.myaccount;

import io.ringcode.authorization.AccessTokens.Shown;
import io.ringcode.authorization.CallBuckets;
import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Issuers;
import io.ringcode.authorization.ShownTokens;
import io.ringcode.client.Apis;
import io.ringcode.client.ClientId;
import io.ringcode.factor.Authenticators;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Grounds;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Who may call: the bearer of a token for this tenant's My Account API that has the operation's scope, of a user who may still do what it
 * stands for, and not too often. How long ago something was proved is judged where the token is made, and its life is as short.
 */
@Component
class AccountCallers {
    /** What an operation does, and so how often it may be called. */
    enum Use {
        READ,
        WRITE
    }

    private static final int READS = 60;
    private static final int WRITES = 20;
    private static final Duration READ_REFILL = Duration.ofSeconds(1);
    private static final Duration WRITE_REFILL = Duration.ofSeconds(6);

    private record UserKey(TenantId tenant, UserId user) {}

    private final ShownTokens tokens;
    private final Callers callers;
    private final Issuers issuers;
    private final Apis apis;
    private final Users users;
    private final Authenticators authenticators;
    private final CallBuckets<UserKey> reads;
    private final CallBuckets<UserKey> writes;

    AccountCallers(
            ShownTokens tokens,
            Callers callers,
            Issuers issuers,
            Apis apis,
            Users users,
            Authenticators authenticators,
            Clock clock) {
        this.tokens = tokens;
        this.callers = callers;
        this.issuers = issuers;
        this.apis = apis;
        this.users = users;
        this.authenticators = authenticators;
        this.reads = new CallBuckets<>(clock, READS, READ_REFILL);
        this.writes = new CallBuckets<>(clock, WRITES, WRITE_REFILL);
    }

    /** @throws MyAccountRefused when there is none, or it is too little */
    AccountCaller of(HttpServletRequest request, HttpServletResponse response, String scope, Use use) {
        var tenant = callers.tenant(request);
        var shown = shown(request);
        var user = users.find(tenant, new UserId(shown.subject()))
                .filter(found -> !found.blocked() && new Grounds.IssuedAt(shown.issuedAt()).hold(found))
                .orElseThrow(AccountCallers::invalid);
        count(response, new UserKey(tenant, user.id()), use);
        // What the client was granted may have been withdrawn, or narrowed, since the token was made; so may the API.
        var client = new ClientId(shown.client());
        if (!(apis.forUser(tenant, client, Apis.MY_ACCOUNT) instanceof Apis.ForUser.Open(var api))) throw invalid();
        if (!shown.scopes().contains(scope) || !api.scopes().contains(scope))
            throw new MyAccountRefused(MyAccountError.INSUFFICIENT_SCOPE, "Insufficient scope, expected: " + scope);
        return standing(new AccountCaller(
                callers.known(tenant, client, request),
                user,
                UUID.fromString(Objects.requireNonNull(shown.id())),
                shown.issuedAt(),
                shown.amr(),
                issuers.of(request),
                authenticators.of(tenant, user.id())));
    }

    /**
     * The user as of now, held until the end of the transaction. What was true when the request came is judged again: perhaps the user
     * was blocked, or has enrolled, since then.
     */
    AccountCaller hold(AccountCaller owner) {
        var user = users.hold(owner.tenant(), owner.id(), owner.grounds()).orElseThrow(AccountCallers::invalid);
        return standing(owner.with(user, authenticators.of(owner.tenant(), owner.id())));
    }

    /** A token that was made when the user had no factor is of no use once there is one. */
    private static AccountCaller standing(AccountCaller owner) {
        if (owner.having().enrolled() && !owner.amr().multiFactor())
            throw new MyAccountRefused(
                    MyAccountError.FORBIDDEN, "The user has a second factor by now. Let the user sign in again.");
        return owner;
    }

    private Shown shown(HttpServletRequest request) {
        if (!ShownTokens.isThere(request))
            throw new MyAccountRefused(MyAccountError.MISSING_TOKEN, "The request has no access token.");
        var audience = issuers.of(request) + Apis.MY_ACCOUNT;
        return tokens.of(request)
                .filter(token -> token.id() != null && token.audiences().contains(audience))
                .orElseThrow(AccountCallers::invalid);
    }

    private void count(HttpServletResponse response, UserKey user, Use use) {
        var standing = switch (use) {
            case READ -> reads.take(user);
            case WRITE -> writes.take(user);
        };
        standing.tell(response);
        if (!standing.admitted())
            throw new MyAccountRefused(
                    MyAccountError.TOO_MANY_REQUESTS, "Too many calls were made for this user.", standing.retryAfter());
    }

    private static MyAccountRefused invalid() {
        return new MyAccountRefused(MyAccountError.INVALID_TOKEN, "The access token is not valid here.");
    }
}
