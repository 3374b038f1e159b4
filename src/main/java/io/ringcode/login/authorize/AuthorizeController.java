package io.ringcode.login.authorize;

import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Issuers;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Redirects;
import io.ringcode.fraud.PageGuard;
import io.ringcode.login.Cookies;
import io.ringcode.login.LoginDoor;
import io.ringcode.login.step.LoginGone;
import io.ringcode.session.Logins;
import io.ringcode.tenant.TenantId;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /authorize}: where an application sends its user to sign in, and where the user comes back with the proof. */
@LoginDoor
@Controller
class AuthorizeController {
    private final Callers callers;
    private final Clients clients;
    private final Redirects redirects;
    private final Issuers issuers;
    private final Cookies cookies;
    private final Logins logins;
    private final SignedRequests signed;
    private final AuthorizationFlow authorizing;
    private final PageGuard guard;
    private final AuthorizationResponses answers;
    private final Clock clock;

    AuthorizeController(
            Callers callers,
            Clients clients,
            Redirects redirects,
            Issuers issuers,
            Cookies cookies,
            Logins logins,
            SignedRequests signed,
            AuthorizationFlow authorizing,
            PageGuard guard,
            AuthorizationResponses answers,
            Clock clock) {
        this.callers = callers;
        this.clients = clients;
        this.redirects = redirects;
        this.issuers = issuers;
        this.cookies = cookies;
        this.logins = logins;
        this.signed = signed;
        this.authorizing = authorizing;
        this.guard = guard;
        this.answers = answers;
        this.clock = clock;
    }

    @RequestMapping(
            path = "/authorize",
            method = {RequestMethod.GET, RequestMethod.POST})
    void authorize(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var parameters = parameters(request);
        var client = client(callers.tenant(request), parameters.get("client_id"));
        var unsigned = parameters.get("redirect_uri");
        var redirectUri = redirectUri(client, unsigned == null ? signed.peek(parameters, "redirect_uri") : unsigned);
        // Not told to the application, whose own word would not fit into the answer.
        if (!AuthorizationResponses.canCarry(parameters)) throw new Unanswerable("state and nonce are too long.");
        answering(request, response, redirectUri, parameters, () -> {
            var issuer = issuers.of(request);
            var caller = callers.inBrowser(client, request);
            var wait = guard.admit(client.tenant(), caller.origin(), clock.instant());
            if (wait.isPresent()) throw new RequestRefused("temporarily_unavailable", "Too many requests.");
            var opened = signed.open(client, issuer, parameters);
            var asked = AuthorizationRequest.of(client, redirectUri, opened.parameters());
            authorizing.decide(request, response, caller, asked, opened.vouched());
        });
    }

    /** The person has proved everything that was asked. */
    @GetMapping("/authorize/resume")
    void resume(@RequestParam String state, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var tenant = callers.tenant(request);
        var login = cookies.browser(request)
                .flatMap(browser -> logins.take(tenant, state, browser))
                .orElseThrow(() -> new LoginGone());
        var client = client(tenant, login.request().get("client_id"));
        var redirectUri = redirectUri(client, login.request().get("redirect_uri"));
        answering(request, response, redirectUri, login.request(), () -> {
            var asked = AuthorizationRequest.of(client, redirectUri, login.request());
            authorizing.finish(request, response, callers.inBrowser(client, request), asked, login);
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    /** What the application did wrong, it is told at its own address. */
    private void answering(
            HttpServletRequest request,
            HttpServletResponse response,
            URI redirectUri,
            Map<String, String> parameters,
            Work work)
            throws IOException {
        try {
            work.run();
        } catch (RequestRefused refused) {
            answers.send(
                    request,
                    response,
                    redirectUri,
                    AuthorizationRequest.modeOf(parameters),
                    parameters.get("state"),
                    issuers.of(request),
                    Map.of("error", refused.error(), "error_description", refused.description()));
        }
    }

    private Client client(TenantId tenant, @Nullable String id) {
        if (id == null || id.isBlank()) throw new Unanswerable("client_id is missing.");
        return clients.find(tenant, new ClientId(id))
                .orElseThrow(() -> new Unanswerable("No client has this client_id."));
    }

    private URI redirectUri(Client client, @Nullable String asked) {
        if (asked == null || asked.isBlank()) throw new Unanswerable("redirect_uri is missing.");
        var registered = redirects
                .of(client.tenant(), client.id())
                .map(Redirects.Registered::callbacks)
                .orElse(List.of());
        if (!registered.contains(asked))
            throw new Unanswerable("The redirect_uri is not among the allowed callback URLs of this client.");
        try {
            return URI.create(asked);
        } catch (IllegalArgumentException unreadable) {
            throw new Unanswerable("The redirect_uri is not a valid URL.");
        }
    }

    private static Map<String, String> parameters(HttpServletRequest request) {
        var parameters = new HashMap<String, String>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length > 1) throw new Unanswerable("A parameter is repeated.");
            if (!StorableText.is(values[0])) throw new Unanswerable("A parameter is not well-formed text.");
            if (!name.startsWith(SignedRequests.OWN)) parameters.put(name, values[0]);
        });
        return parameters;
    }
}
