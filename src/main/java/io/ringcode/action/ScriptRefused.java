package io.ringcode.action;

/** A script cannot be saved or run. The message may be shown to administrators, and says what to do. */
public final class ScriptRefused extends Exception {
    private final Reason reason;

    public enum Reason {
        /** The code does not compile. */
        SYNTAX,
        /** The dependencies cannot be had. */
        DEPENDENCIES,
        /** Another one has this name. */
        NAME,
        /** Its build has not ended well, or not yet. */
        NOT_BUILT,
        /** An action that is bound to a trigger is not deleted by the way. */
        BOUND,
        /** This machine lacks what scripts need. */
        MACHINE
    }

    ScriptRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
