package io.ringcode.login.authorize;

/** A refused authorization request with no address to answer to: the client or the redirect URI is not known for certain. */
public class Unanswerable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the application's developer; quotes nothing of the request */
    public Unanswerable(String message) {
        super(message, null, false, false);
    }
}
