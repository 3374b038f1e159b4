package io.ringcode.login;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** The same-origin check for forms (cross-site request forgery, CSRF), for every door that takes a form from a browser. */
public final class SameOriginForms {
    /** What its sender is told. */
    public static final String REFUSED = "This form was not sent from a page of this server.";

    private SameOriginForms() {}

    /**
     * Browsers say where a form comes from (Fetch Metadata; RFC 6454 section 7); what says nothing is no browser. An origin
     * that a browser keeps to itself ({@code null}: a strict referrer policy, a privacy setting) counts as none where it says
     * {@code same-origin}, which no other page can make it say.
     */
    public static boolean sent(HttpServletRequest request, String issuer) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) return false;
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if ("null".equals(origin)) return "same-origin".equals(site);
        return origin == null || (origin + "/").equals(issuer);
    }
}
