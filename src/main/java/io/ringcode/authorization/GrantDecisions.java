package io.ringcode.authorization;

import io.ringcode.action.PostLogin;
import io.ringcode.action.PostLoginActions;
import io.ringcode.action.PostLoginOutcome;
import io.ringcode.action.SignInContext;
import io.ringcode.action.SignInContext.Method;
import io.ringcode.action.SignInContext.Way;
import io.ringcode.authorization.TokenEvent.GrantRefused;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.factor.Amr;
import io.ringcode.factor.Demand;
import io.ringcode.factor.SignInDemands;
import io.ringcode.factor.SignInDemands.Browser;
import io.ringcode.factor.SignInDemands.Seen;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What the tenant's actions and rules decide of a grant whose user is known. Runs scripts, so never in a transaction. A factor that an
 * action asks for by name can be asked on the pages alone, so here such a sign-in is refused.
 */
@Component
class GrantDecisions {
    private final PostLoginActions actions;
    private final SignInDemands demands;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    GrantDecisions(PostLoginActions actions, SignInDemands demands, Clock clock, ApplicationEventPublisher events) {
        this.actions = actions;
        this.demands = demands;
        this.clock = clock;
        this.events = events;
    }

    /** @param seen what rules that look at browsers and places are told */
    record Decided(PostLogin actions, Seen seen) {}

    /** A password was right. No browser is known, so rules that look at one hold. */
    Decided password(
            Caller caller,
            UserId user,
            GrantType grant,
            @Nullable String audience,
            Set<String> scopes,
            Map<String, String> fields) {
        var bound = actions.bound(caller.tenant());
        var seen = new Seen(Browser.UNKNOWN, caller.origin());
        if (bound.left().isEmpty()) return new Decided(PostLogin.NONE, seen);
        var methods = List.of(new Method("pwd", null, clock.instant()));
        var about = about(caller, user, Way.PASSWORD, audience, scopes, fields, methods);
        return new Decided(run(about, grant, bound), seen);
    }

    /**
     * A good refresh token of this session is shown, and not used up yet. Rules that look at browsers and places do not hold: what they ask
     * for was asked when the sign-in began.
     */
    Decided refresh(Caller caller, Session session, Map<String, String> fields) {
        var known = new Seen(new Browser(false, clock.instant()), null);
        var bound = actions.bound(caller.tenant());
        if (bound.left().isEmpty()) return new Decided(PostLogin.NONE, known);
        var about = about(
                caller,
                session.user(),
                Way.REFRESH_TOKEN,
                session.audience(),
                session.scopes(),
                fields,
                methods(session));
        return new Decided(run(about, GrantType.REFRESH_TOKEN, bound), known);
    }

    /** What is asked of this user beside the first factor. */
    Demand demand(TenantId tenant, UserId user, ClientId client, Decided decided) {
        return demands.of(
                tenant,
                user,
                client,
                decided.seen(),
                decided.actions().demand(),
                decided.actions().atLeast());
    }

    /** Tokens are out. */
    void signedIn(Caller caller, UserId user) {
        demands.signedIn(caller.tenant(), user, caller.origin());
    }

    private SignInContext about(
            Caller caller,
            UserId user,
            Way way,
            @Nullable String audience,
            Set<String> scopes,
            Map<String, String> fields,
            List<Method> methods) {
        return new SignInContext(
                caller,
                user,
                TimedId.at(clock.instant()),
                way,
                audience,
                scopes,
                fields,
                methods,
                SignInContext.Browser.NONE);
    }

    private static List<Method> methods(Session session) {
        var methods = new ArrayList<Method>();
        if (!session.amr().firstFactor().equals(Amr.NONE)) methods.add(new Method("pwd", null, session.authTime()));
        if (session.amr().multiFactor())
            methods.add(new Method("mfa", session.amr().factor().type(), session.authTime()));
        return methods;
    }

    private PostLogin run(SignInContext about, GrantType grant, PostLogin bound) {
        return switch (actions.run(about, bound)) {
            case PostLoginOutcome.Denied(var error, var reason) ->
                throw refused(about, grant, OAuthRefused.byAction(error, reason));
            case PostLoginOutcome.Decided(var decided)
            when !decided.over() -> throw refused(about, grant, new OAuthRefused(OAuthError.ACTION_NEEDS_PAGES));
            case PostLoginOutcome.Decided(var decided) -> decided;
        };
    }

    private OAuthRefused refused(SignInContext about, GrantType grant, OAuthRefused no) {
        events.publishEvent(new GrantRefused(about.caller(), about.user(), grant, no.sentence()));
        return no;
    }
}
