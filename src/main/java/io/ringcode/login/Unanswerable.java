package io.ringcode.login;

/** A request that no application can be told about: whose it is, or where to answer, is not known for certain. */
class Unanswerable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the application's developer; quotes nothing of the request */
    Unanswerable(String message) {
        super(message, null, false, false);
    }
}
