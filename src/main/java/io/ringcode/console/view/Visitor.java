package io.ringcode.console.view;

import io.ringcode.client.Caller;
import io.ringcode.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The signed-in administrator of a request, set by {@code ConsoleDoor}.
 *
 * @param issuer what the server calls itself here, with a slash at its end
 */
public record Visitor(Caller caller, String email, String issuer) {
    private static final String NAME = Visitor.class.getName();

    public static Visitor of(HttpServletRequest request) {
        return (Visitor) request.getAttribute(NAME);
    }

    public void enter(HttpServletRequest request) {
        request.setAttribute(NAME, this);
    }

    public TenantId tenant() {
        return caller.tenant();
    }

    boolean may(String scope) {
        return caller.scopes().contains(scope);
    }
}
