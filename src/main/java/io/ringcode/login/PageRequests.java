package io.ringcode.login;

import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Issuers;
import io.ringcode.challenge.Wording;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.login.authorize.Unanswerable;
import io.ringcode.login.step.LoginGone;
import io.ringcode.login.step.PageRequest;
import io.ringcode.session.Login;
import io.ringcode.session.Logins;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Reads requests to pages of a sign-in: the sign-in by its state and the browser's cookie, and what was typed. */
@Component
class PageRequests {
    private final Callers callers;
    private final Clients clients;
    private final Issuers issuers;
    private final Cookies cookies;
    private final Logins logins;
    private final PageWriter pages;

    PageRequests(Callers callers, Clients clients, Issuers issuers, Cookies cookies, Logins logins, PageWriter pages) {
        this.callers = callers;
        this.clients = clients;
        this.issuers = issuers;
        this.cookies = cookies;
        this.logins = logins;
        this.pages = pages;
    }

    /**
     * What was typed on a page of ours.
     *
     * @throws Unanswerable where the form came from elsewhere, or is no text
     */
    Map<String, String> form(HttpServletRequest request) {
        var form = new HashMap<String, String>();
        request.getParameterMap().forEach((name, values) -> {
            if (!StorableText.is(values[0])) throw new Unanswerable("The request contains invalid characters.");
            form.put(name, values[0]);
        });
        if (!SameOriginForms.sent(request, issuers.of(request))) throw new Unanswerable(SameOriginForms.REFUSED);
        return form;
    }

    /** @throws LoginGone where the browser has no such sign-in */
    PageRequest of(HttpServletRequest request, String state, Map<String, String> form) {
        var tenant = callers.tenant(request);
        var login = cookies.browser(request)
                .flatMap(browser -> logins.find(tenant, state, browser))
                .orElseThrow(() -> new LoginGone());
        var client = clients.find(tenant, clientOf(login)).orElseThrow(() -> new LoginGone());
        return new PageRequest(
                login,
                callers.inBrowser(client, request),
                new Wording(pages.locale(request, login), request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
                issuers.of(request),
                form,
                cookies.session(request),
                cookies.remembered(request));
    }

    private static ClientId clientOf(Login login) {
        var client = login.client();
        if (client == null) throw new LoginGone();
        return client;
    }
}
