package io.ringcode.login.step;

import io.ringcode.action.PostLoginActions;
import io.ringcode.action.PostLoginOutcome.Decided;
import io.ringcode.action.PostLoginOutcome.Denied;
import io.ringcode.action.SignInContext;
import io.ringcode.action.SignInContext.Method;
import io.ringcode.action.SignInContext.Way;
import io.ringcode.client.Caller;
import io.ringcode.factor.Amr;
import io.ringcode.factor.SignInDemands;
import io.ringcode.login.LoginEvent.SignInDenied;
import io.ringcode.session.BrowserSession;
import io.ringcode.session.BrowserSessions;
import io.ringcode.session.KnownBrowsers;
import io.ringcode.session.Login;
import io.ringcode.session.LoginRequest;
import io.ringcode.session.Logins;
import io.ringcode.session.SignInDecision;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Has the tenant's actions and rules decide of a sign-in, once its user is known. Runs scripts, so never in a transaction. */
@Component
public class SignInDecisions {
    private final PostLoginActions actions;
    private final SignInDemands demands;
    private final KnownBrowsers browsers;
    private final BrowserSessions sessions;
    private final Logins logins;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    SignInDecisions(
            PostLoginActions actions,
            SignInDemands demands,
            KnownBrowsers browsers,
            BrowserSessions sessions,
            Logins logins,
            Clock clock,
            ApplicationEventPublisher events) {
        this.actions = actions;
        this.demands = demands;
        this.browsers = browsers;
        this.sessions = sessions;
        this.logins = logins;
        this.clock = clock;
        this.events = events;
    }

    /** A sign-in on the pages, with all that can be decided of it now. */
    Login decide(PageRequest page) {
        var login = page.login();
        if (!isDecided(login.loginRequest())) return login;
        var before = login.decision();
        if (before != null && before.settled()) return login;
        var pending = before != null ? before : pending(page.tenant(), methods(login.amr(), clock.instant()));
        var decided = login.decided(decide(
                page.caller(), page.user(), login.id(), told(login), login.loginRequest(), page.remembered(), pending));
        // What scripts have said they are not asked again, whatever page comes next.
        if (!pending.actions().left().isEmpty()) logins.save(decided);
        return decided;
    }

    /**
     * A sign-in by the session that the browser has.
     *
     * @param token of the session
     * @param browser what it is known by; null for nothing
     */
    public SignInDecision decide(
            Caller caller,
            BrowserSession session,
            @Nullable String token,
            UUID transaction,
            Map<String, String> request,
            LoginRequest asked,
            @Nullable String browser) {
        var pending = pending(caller.tenant(), methods(session, token));
        return decide(caller, session.user(), transaction, request, asked, browser, pending);
    }

    /**
     * The others are asked for a second factor whatever anybody decides, and lead to no application's tokens of ours. So is who comes to
     * the page of the own methods; but there a passkey can be removed, so what opens the page must be no less than what a passkey is
     * asked for elsewhere.
     */
    private static boolean isDecided(LoginRequest asked) {
        return switch (asked.kind()) {
            case SIGN_IN, SIGN_UP, ACCOUNT -> true;
            case CONSOLE, SECOND_FACTOR, TICKET, PASSWORD_RESET -> false;
        };
    }

    /** What actions are told that was asked. */
    private static Map<String, String> told(Login login) {
        return login.loginRequest().kind() == LoginRequest.Kind.ACCOUNT ? Map.of() : login.request();
    }

    private SignInDecision pending(TenantId tenant, List<Method> methods) {
        return SignInDecision.pending(actions.bound(tenant), methods);
    }

    private SignInDecision decide(
            Caller caller,
            UserId user,
            UUID transaction,
            Map<String, String> request,
            LoginRequest asked,
            @Nullable String browser,
            SignInDecision before) {
        var tenant = caller.tenant();
        var seen = isWatched(tenant) ? seen(tenant, browser, user) : SignInDemands.Browser.UNKNOWN;
        var about = new SignInContext(
                caller,
                user,
                transaction,
                "id_token".equals(request.get("response_type")) ? Way.IMPLICIT : Way.CODE,
                asked.audience(),
                words(request.get("scope")),
                request,
                before.methods(),
                seen.isNew() ? SignInContext.Browser.NEW : SignInContext.Browser.KNOWN);
        return switch (actions.run(about, before.actions())) {
            case Denied denied -> {
                events.publishEvent(new SignInDenied(caller, user, denied.reason()));
                yield before.refused(denied);
            }
            case Decided(var decided) when !decided.over() -> before.with(decided);
            case Decided(var decided) ->
                before.with(decided)
                        .asking(demands.of(
                                tenant,
                                user,
                                caller.client().id(),
                                new SignInDemands.Seen(seen, caller.origin()),
                                decided.demand(),
                                decided.atLeast()));
        };
    }

    /** Whether it matters by which browsers users have signed in before. */
    public boolean isWatched(TenantId tenant) {
        return !actions.bound(tenant).left().isEmpty() || demands.lookAtBrowsers(tenant);
    }

    private SignInDemands.Browser seen(TenantId tenant, @Nullable String browser, UserId user) {
        return browsers.find(tenant, browser, user)
                .map(known -> new SignInDemands.Browser(false, known.factorAt()))
                .orElse(SignInDemands.Browser.UNKNOWN);
    }

    /** A user has signed in from there. */
    public void signedIn(Login login, Origin origin) {
        var user = login.user();
        if (user != null && isDecided(login.loginRequest())) demands.signedIn(login.tenant(), user, origin);
    }

    /** A user has signed in by this browser. */
    public void signedIn(Login login, String browser) {
        var user = login.user();
        var decision = login.decision();
        if (user == null || decision == null) return;
        var proved = decision.methods().stream()
                .filter(method -> method.type() != null)
                .map(Method::at)
                .max(Instant::compareTo);
        browsers.signedIn(login.tenant(), browser, user, proved.orElse(null));
    }

    private List<Method> methods(BrowserSession session, @Nullable String token) {
        var methods = methods(session.amr(), session.authTime());
        if (!actions.bound(session.tenant()).left().isEmpty())
            methods.addAll(sessions.recorded(session.tenant(), token));
        return methods;
    }

    /** Keeps with a session what actions have recorded, where they have. */
    public void keepRecorded(TenantId tenant, @Nullable String token, @Nullable SignInDecision decision) {
        if (token == null || decision == null || decision.actions().recorded().isEmpty()) return;
        sessions.record(tenant, token, decision.recorded());
    }

    private static List<Method> methods(Amr amr, Instant at) {
        var methods = new ArrayList<Method>();
        if (!amr.firstFactor().methods().isEmpty()) methods.add(new Method("pwd", null, at));
        if (amr.multiFactor()) methods.add(new Method("mfa", amr.factor().type(), at));
        return methods;
    }

    private static Set<String> words(@Nullable String list) {
        if (list == null || list.isBlank()) return Set.of();
        return Arrays.stream(list.strip().split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
    }
}
