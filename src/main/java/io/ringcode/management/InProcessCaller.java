package io.ringcode.management;

import io.ringcode.client.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The administrator for whom a page calls the Management API within the process, as an attribute that no request can set. */
public final class InProcessCaller {
    private static final String NAME = InProcessCaller.class.getName();

    private InProcessCaller() {}

    public static void set(HttpServletRequest call, Caller caller) {
        call.setAttribute(NAME, caller);
    }

    public static @Nullable Caller of(HttpServletRequest call) {
        return (Caller) call.getAttribute(NAME);
    }
}
