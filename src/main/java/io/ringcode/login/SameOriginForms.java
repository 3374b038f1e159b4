package io.ringcode.login;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/** The same-origin check for forms (cross-site request forgery): only forms of our own pages count. */
public final class SameOriginForms {
    private SameOriginForms() {}

    /** Browsers say where a form comes from (Fetch Metadata; RFC 6454 section 7); what says nothing is no browser. */
    public static boolean sent(HttpServletRequest request, String issuer) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) return false;
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || (origin + "/").equals(issuer);
    }
}
