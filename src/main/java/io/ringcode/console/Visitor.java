package io.ringcode.console;

import io.ringcode.management.InProcessCaller;
import io.ringcode.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;

/** The administrator whom {@link ConsoleDoor} let in. */
record Visitor(InProcessCaller caller, String email) {
    private static final String NAME = Visitor.class.getName();

    static Visitor of(HttpServletRequest request) {
        return (Visitor) request.getAttribute(NAME);
    }

    void enter(HttpServletRequest request) {
        request.setAttribute(NAME, this);
    }

    TenantId tenant() {
        return caller.caller().tenant();
    }

    boolean may(String scope) {
        return caller.scopes().contains(scope);
    }
}
