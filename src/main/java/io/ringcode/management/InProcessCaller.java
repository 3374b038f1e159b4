package io.ringcode.management;

import io.ringcode.client.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * An administrator for whom a page of this server calls the Management API within the process, without a token. It is an
 * attribute of the request, which nothing that comes over the network can set.
 */
public record InProcessCaller(Caller caller, Set<String> scopes) {
    public static final String NAME = InProcessCaller.class.getName();

    public void to(HttpServletRequest call) {
        call.setAttribute(NAME, this);
    }
}
