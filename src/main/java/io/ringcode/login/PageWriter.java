package io.ringcode.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.authorization.Callers;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.login.page.Addresses;
import io.ringcode.login.page.EndScreen;
import io.ringcode.login.page.Frame;
import io.ringcode.login.page.Frame.Account;
import io.ringcode.login.page.Pages;
import io.ringcode.login.page.Screen;
import io.ringcode.session.Login;
import io.ringcode.template.Languages;
import io.ringcode.tenant.Branding;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Writes a page with the headers that keep it to itself: no store, no frame, no sniffing, nothing from elsewhere. */
@Component
public class PageWriter {
    private final Pages pages;
    private final Callers callers;
    private final Clients clients;
    private final Tenants tenants;
    private final Users users;
    private final Languages languages;

    PageWriter(Pages pages, Callers callers, Clients clients, Tenants tenants, Users users, Languages languages) {
        this.users = users;
        this.pages = pages;
        this.callers = callers;
        this.clients = clients;
        this.tenants = tenants;
        this.languages = languages;
    }

    /** A page of a sign-in. */
    void write(HttpServletRequest request, HttpServletResponse response, int status, Login login, Screen screen)
            throws IOException {
        var client = switch (login.loginRequest().kind()) {
            case TICKET, ACCOUNT -> null;
            case SIGN_IN, SIGN_UP, CONSOLE, SECOND_FACTOR, PASSWORD_RESET -> login.client();
        };
        var frame = frame(login.tenant(), client, login.state(), locale(request, login), account(login));
        write(response, status, frame, screen, program(login));
    }

    /** A page that belongs to no sign-in. */
    public void write(HttpServletRequest request, HttpServletResponse response, int status, Screen screen)
            throws IOException {
        var tenant = callers.tenant(request);
        var locale = languages.choose(tenant, null, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        write(response, status, frame(tenant, null, null, locale, null), screen, null);
    }

    /** A page in our own look and words, for which nothing has to be read from the database. */
    void writeWithoutTenant(HttpServletRequest request, HttpServletResponse response, int status, Screen screen)
            throws IOException {
        var locale = Languages.chooseOfAll(
                request.getParameter("ui_locales"), request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        var frame = new Frame(null, locale, null, Branding.UNSET, request.getServerName(), null, null, null);
        write(response, status, frame, screen, null);
    }

    Locale locale(HttpServletRequest request, Login login) {
        var asked = login.loginRequest().uiLocales();
        return languages.choose(
                login.tenant(),
                asked == null ? null : asked.strip().replaceAll("\\s+", ","),
                request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    private @Nullable Account account(Login login) {
        var id = login.user();
        if (id == null) return null;
        var changeable = StartOver.isOpenTo(login);
        return users.find(login.tenant(), id)
                .map(user ->
                        user.email() != null ? user.email() : user.username() != null ? user.username() : user.name())
                .map(name -> new Account(name, changeable))
                .orElse(null);
    }

    private Frame frame(
            TenantId tenant,
            @Nullable ClientId client,
            @Nullable String state,
            Locale locale,
            @Nullable Account account) {
        var settings = tenants.settings(tenant);
        var name = client == null
                ? null
                : clients.find(tenant, client).map(found -> found.name()).orElse(null);
        var profile = TenantProfile.of(settings);
        return new Frame(
                tenant,
                locale,
                state,
                Branding.of(settings),
                profile.nameOf(tenant),
                name,
                account,
                Addresses.support(profile.supportUrl(), profile.supportEmail()));
    }

    /** The scheme of an application that is a program of a phone or a desktop; null for one on the web. */
    static @Nullable String program(Login login) {
        var uri = login.request().get("redirect_uri");
        return uri == null || Addresses.origin(uri) != null
                ? null
                : URI.create(uri).getScheme();
    }

    private void write(HttpServletResponse response, int status, Frame frame, Screen screen, @Nullable String program)
            throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // It cannot name an origin, so for an answer to one it is left to the newer header below.
        if (!(screen instanceof EndScreen.WebMessage)) response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", pages.csp(frame, screen, program));
        response.getOutputStream().write(pages.render(frame, screen).getBytes(UTF_8));
    }
}
