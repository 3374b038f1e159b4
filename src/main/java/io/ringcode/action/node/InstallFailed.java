package io.ringcode.action.node;

/** Dependencies cannot be had. The message may be shown to administrators. */
public final class InstallFailed extends Exception {
    InstallFailed(String message) {
        super(message);
    }
}
