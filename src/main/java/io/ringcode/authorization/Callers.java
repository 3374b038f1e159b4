package io.ringcode.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.client.Caller;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Who asks: the tenant by the request's host, the client by its credentials. */
@Component
public class Callers {
    private static final int LONGEST_USER_AGENT = 512;
    private static final int LONGEST_LANGUAGES = 256;

    private final Tenants tenants;
    private final Clients clients;
    private final ClientAssertions assertions;
    private final Issuers issuers;

    Callers(Tenants tenants, Clients clients, ClientAssertions assertions, Issuers issuers) {
        this.tenants = tenants;
        this.clients = clients;
        this.assertions = assertions;
        this.issuers = issuers;
    }

    public TenantId tenant(HttpServletRequest request) {
        return tenants.ofHost(request.getServerName());
    }

    /**
     * The client, proved by a secret in the body, HTTP Basic, a signed assertion, or nothing at all when it is public.
     *
     * @throws OAuthRefused when it is not
     */
    public Caller authenticate(HttpServletRequest request, Fields fields) {
        var tenant = tenant(request);
        var sent = fields.as(ClientCredentials.class);
        var id = sent.clientId();
        var assertion = sent.clientAssertion();
        if (assertion != null) return asserted(tenant, sent, assertion, request);
        var secret = sent.clientSecret();
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, "Basic ", 0, 6)) {
            var credentials = basic(header.substring(6).strip());
            if (id != null && !id.equals(credentials[0])) throw new OAuthRefused(OAuthError.INVALID_CLIENT);
            id = credentials[0];
            secret = credentials[1];
        }
        if (id == null) throw OAuthRefused.missing("client_id");
        var client = clients.authenticate(tenant, new ClientId(id), secret)
                .orElseThrow(() -> new OAuthRefused(OAuthError.INVALID_CLIENT));
        return caller(client, request);
    }

    private Caller asserted(TenantId tenant, ClientCredentials sent, String assertion, HttpServletRequest request) {
        if (!ClientAssertions.TYPE.equals(sent.clientAssertionType()))
            throw new OAuthRefused(OAuthError.INVALID_CLIENT);
        var id = sent.clientId();
        return assertions
                .client(tenant, issuers.of(request), assertion)
                .filter(client -> id == null || id.equals(client.id().value()))
                .map(client -> caller(client, request))
                .orElseThrow(() -> new OAuthRefused(OAuthError.INVALID_CLIENT));
    }

    /** A client that is known by a token which it was given. */
    public Caller known(TenantId tenant, ClientId id, HttpServletRequest request) {
        var client = clients.find(tenant, id).orElseThrow(() -> new OAuthRefused(OAuthError.INVALID_CLIENT));
        return caller(client, request);
    }

    /** A client whose user is at the browser that asks, at its own address. */
    public Caller inBrowser(Client client, HttpServletRequest request) {
        return new Caller(
                client,
                new Origin(request.getRemoteAddr(), true, agent(request), request.getServerName(), languages(request)));
    }

    /**
     * An application's own server speaks for many users, so its address says nothing of the person; it may pass the
     * person's on.
     */
    private static Caller caller(Client client, HttpServletRequest request) {
        var header = client.confidential() ? request.getHeader("auth0-forwarded-for") : null;
        var forwarded = header != null && plausible(header) ? header.strip() : null;
        var origin = new Origin(
                forwarded == null ? request.getRemoteAddr() : forwarded,
                forwarded != null || !client.confidential(),
                agent(request),
                request.getServerName(),
                languages(request));
        return new Caller(client, origin);
    }

    private static @Nullable String agent(HttpServletRequest request) {
        var agent = request.getHeader(HttpHeaders.USER_AGENT);
        return agent == null || agent.length() <= LONGEST_USER_AGENT ? agent : agent.substring(0, LONGEST_USER_AGENT);
    }

    private static @Nullable String languages(HttpServletRequest request) {
        var asked = request.getHeader("x-request-language");
        var header = asked == null ? request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) : asked;
        return header == null || header.length() <= LONGEST_LANGUAGES ? header : null;
    }

    private static boolean plausible(String address) {
        return address.strip().matches("[0-9A-Fa-f.:]{2,45}");
    }

    /** RFC 6749 section 2.3.1: both parts are form-encoded before they are joined. */
    private static String[] basic(String encoded) {
        try {
            var pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
            var colon = pair.indexOf(':');
            if (colon > 0)
                return new String[] {
                    URLDecoder.decode(pair.substring(0, colon), UTF_8),
                    URLDecoder.decode(pair.substring(colon + 1), UTF_8)
                };
        } catch (IllegalArgumentException unreadable) {
            // falls through to the refusal
        }
        throw new OAuthRefused(OAuthError.INVALID_CLIENT);
    }

    /** @return the bearer token of the request, if it has one (RFC 6750 section 2.1) */
    public static @Nullable String bearer(HttpServletRequest request) {
        return token(request, "Bearer ");
    }

    /** @return the token that is bound to a key, if the request has one (RFC 9449 section 7.1) */
    static @Nullable String bound(HttpServletRequest request) {
        return token(request, "DPoP ");
    }

    private static @Nullable String token(HttpServletRequest request, String scheme) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, scheme, 0, scheme.length())) return null;
        return header.substring(scheme.length()).strip();
    }
}
