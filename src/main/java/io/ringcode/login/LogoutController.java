package io.ringcode.login;

import io.ringcode.authorization.AccessTokens;
import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Issuers;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Redirects;
import io.ringcode.login.LoginEvent.SignedOut;
import io.ringcode.login.authorize.AuthorizationResponses;
import io.ringcode.login.authorize.Unanswerable;
import io.ringcode.login.page.EndScreen.LoggedOut;
import io.ringcode.session.BrowserSessions;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Signing out: {@code /v2/logout} as Auth0 has it, and {@code /oidc/logout} (OpenID Connect RP-Initiated Logout). */
@LoginDoor
@Controller
class LogoutController {
    private final Callers callers;
    private final Clients clients;
    private final Redirects redirects;
    private final Issuers issuers;
    private final AccessTokens tokens;
    private final BrowserSessions sessions;
    private final Cookies cookies;
    private final PageWriter pages;
    private final ApplicationEventPublisher events;

    LogoutController(
            Callers callers,
            Clients clients,
            Redirects redirects,
            Issuers issuers,
            AccessTokens tokens,
            BrowserSessions sessions,
            Cookies cookies,
            PageWriter pages,
            ApplicationEventPublisher events) {
        this.callers = callers;
        this.clients = clients;
        this.redirects = redirects;
        this.issuers = issuers;
        this.tokens = tokens;
        this.sessions = sessions;
        this.cookies = cookies;
        this.pages = pages;
        this.events = events;
    }

    /** @param returnTo one of the client's, or without a client one of the tenant's */
    @RequestMapping(path = "/v2/logout", method = RequestMethod.GET)
    void logout(
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(required = false) @Nullable String returnTo,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var client = client(callers.tenant(request), clientId);
        leave(request, response, client, returnTo, null);
    }

    @RequestMapping(
            path = "/oidc/logout",
            method = {RequestMethod.GET, RequestMethod.POST})
    void oidc(
            @RequestParam(name = "id_token_hint", required = false) @Nullable String hint,
            @RequestParam(name = "client_id", required = false) @Nullable String clientId,
            @RequestParam(name = "post_logout_redirect_uri", required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String state,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var hinted = hint == null ? null : audience(request, hint);
        if (hinted != null && clientId != null && !hinted.equals(clientId))
            throw new Unanswerable("client_id is not the one of the id_token_hint.");
        leave(request, response, client(callers.tenant(request), hinted == null ? clientId : hinted), target, state);
    }

    private void leave(
            HttpServletRequest request,
            HttpServletResponse response,
            Optional<Client> client,
            @Nullable String target,
            @Nullable String state)
            throws IOException {
        var tenant = callers.tenant(request);
        var allowed = client.map(known -> logoutUrls(tenant, known.id()))
                .orElseGet(() -> redirects.logoutUrlsOfTenant(tenant));
        if (!AuthorizationResponses.canCarry(state == null ? Map.of() : Map.of("state", state)))
            throw new Unanswerable("state is too long.");
        if (target != null && !allowed.contains(target))
            throw new Unanswerable("The returnTo URL is not among the allowed logout URLs.");
        var token = cookies.session(request);
        var session = sessions.find(tenant, token);
        if (token != null) sessions.end(tenant, token);
        cookies.endSession(request, response);
        if (client.isPresent() && session.isPresent())
            events.publishEvent(new SignedOut(
                    callers.inBrowser(client.get(), request), session.get().user()));
        if (target == null) {
            pages.write(request, response, 200, new LoggedOut());
            return;
        }
        var back = UriComponentsBuilder.fromUriString(target);
        if (state != null) back.queryParam("state", "{state}");
        AuthorizationResponses.redirect(
                response,
                state == null ? target : back.encode().buildAndExpand(state).toUriString());
    }

    private List<String> logoutUrls(TenantId tenant, ClientId client) {
        return redirects
                .of(tenant, client)
                .map(Redirects.Registered::logoutUrls)
                .orElse(List.of());
    }

    private Optional<Client> client(TenantId tenant, @Nullable String id) {
        if (id == null || id.isBlank()) return Optional.empty();
        if (!StorableText.is(id)) throw new Unanswerable("client_id is not well-formed text.");
        return Optional.of(clients.find(tenant, new ClientId(id))
                .orElseThrow(() -> new Unanswerable("No client has this client_id.")));
    }

    /** Whom one of our id_tokens was for; it may have expired, but it must be ours. */
    private String audience(HttpServletRequest request, String hint) {
        return tokens.hinted(callers.tenant(request), issuers.of(request), hint)
                .map(AccessTokens.Hinted::client)
                .orElseThrow(() -> new Unanswerable("The id_token_hint was not issued by this server."));
    }
}
