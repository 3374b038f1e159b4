package io.ringcode.user;

/** More passwords wait to be checked than this machine can check soon. */
public final class TooBusy extends RuntimeException {
    TooBusy() {
        super("Too many passwords are being checked at once");
    }
}
