package io.ringcode.management;

import io.ringcode.client.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * An administrator for whom a page of this server calls the Management API, in place of a token. It stands in an attribute
 * of the request, which nothing that comes over the network can set.
 */
public record Admitted(Caller caller, Set<String> scopes) {
    static final String NAME = Admitted.class.getName();

    public void to(HttpServletRequest call) {
        call.setAttribute(NAME, this);
    }
}
