package io.ringcode.login;

/** A sign-in that is over, too old, or another browser's. */
class LoginGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoginGone() {
        super(null, null, false, false);
    }
}
