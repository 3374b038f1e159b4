package io.ringcode.login.step;

/** A sign-in that is over, too old, or another browser's. */
public class LoginGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LoginGone() {
        super(null, null, false, false);
    }
}
