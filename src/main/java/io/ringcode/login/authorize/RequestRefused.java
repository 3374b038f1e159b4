package io.ringcode.login.authorize;

/** A request to {@code /authorize} that the application is told about at its own address (RFC 6749 section 4.1.2.1). */
class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final String description;

    RequestRefused(String error, String description) {
        super(error + ": " + description, null, false, false);
        this.error = error;
        this.description = description;
    }

    String error() {
        return error;
    }

    String description() {
        return description;
    }
}
