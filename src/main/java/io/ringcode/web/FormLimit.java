package io.ringcode.web;

import jakarta.servlet.ServletRequest;

/**
 * How large a form may be: as much as an address with its headers for everybody, and what the console's largest form needs for
 * who has come in there.
 */
public final class FormLimit {
    static final int FOR_EVERYBODY = 16 * 1024;
    static final int FOR_ADMINISTRATORS = 256 * 1024;

    private static final String RAISED = FormLimit.class.getName() + ".raised";

    private FormLimit() {}

    /** Of a request of somebody who is known; before its form is read. */
    public static void raise(ServletRequest request) {
        request.setAttribute(RAISED, true);
    }

    static int of(ServletRequest request) {
        return request.getAttribute(RAISED) == null ? FOR_EVERYBODY : FOR_ADMINISTRATORS;
    }
}
