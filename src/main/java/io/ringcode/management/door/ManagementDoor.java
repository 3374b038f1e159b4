package io.ringcode.management.door;

import io.ringcode.authorization.AccessTokens;
import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Issuers;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.management.ManagementEvent;
import io.ringcode.management.RequiredScopes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Who may call: the bearer of a token for this tenant's Management API that has the endpoint's scope, and not more often
 * than {@link CallRate} allows. The handler gets the {@link Caller} as an argument.
 */
@Component
class ManagementDoor implements HandlerInterceptor, HandlerMethodArgumentResolver {
    /** The packages of all controllers that this door guards. */
    private static final String MODULE = ManagementEvent.class.getPackageName() + ".";

    private static final String CALLER = ManagementDoor.class.getName() + ".caller";

    private final AccessTokens tokens;
    private final Callers callers;
    private final Issuers issuers;
    private final Apis apis;
    private final CallRate rate;
    private final CallRules rules;

    ManagementDoor(AccessTokens tokens, Callers callers, Issuers issuers, Apis apis, CallRate rate, CallRules rules) {
        this.tokens = tokens;
        this.callers = callers;
        this.issuers = issuers;
        this.apis = apis;
        this.rate = rate;
        this.rules = rules;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || isElsewhere(method)) return true;
        var tenant = callers.tenant(request);
        rate.standing(tenant).tell(response);
        var caller = caller(request);
        request.setAttribute(CALLER, caller);
        rules.admit(caller, scopes(method)).tell(response);
        request.getParameterMap().forEach((name, values) -> {
            for (var value : values)
                if (!StorableText.is(value)) throw ManagementRefused.query(name, "Expected well-formed text");
        });
        return true;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return request.getAttribute(CALLER, RequestAttributes.SCOPE_REQUEST);
    }

    private Caller caller(HttpServletRequest request) {
        var bearer = Callers.bearer(request);
        if (bearer == null) throw ManagementRefused.unauthorized("Missing authentication");
        var issuer = issuers.of(request);
        var tenant = callers.tenant(request);
        var shown = tokens.read(tenant, issuer, bearer)
                .filter(token -> token.audiences().contains(issuer + Apis.MANAGEMENT))
                .orElseThrow(() -> ManagementRefused.unauthorized("Invalid token"));
        var client = new ClientId(shown.client());
        // What the client was granted may have been withdrawn, or narrowed, since the token was made.
        var granted = apis.granted(tenant, client, Apis.MANAGEMENT)
                .orElseThrow(() -> ManagementRefused.unauthorized("Invalid token"));
        var held = shown.scopes().stream().filter(granted::contains).collect(Collectors.toSet());
        try {
            return callers.known(tenant, client, request).with(held);
        } catch (OAuthRefused deleted) {
            throw ManagementRefused.unauthorized("Invalid token");
        }
    }

    /** The fallback for errors answers these paths too. */
    private static boolean isElsewhere(HandlerMethod method) {
        return !(method.getBeanType().getPackageName() + ".").startsWith(MODULE);
    }

    private static List<String> scopes(HandlerMethod method) {
        var needed = RequiredScopes.of(method);
        if (needed.isEmpty()) throw new IllegalStateException("No scope is declared on " + method);
        return needed;
    }
}
