package io.ringcode.action.node;

/** Scripts cannot run on this machine. The message says what to install and may be shown to administrators. */
public final class NoNode extends Exception {
    NoNode(String message) {
        super(message);
    }
}
