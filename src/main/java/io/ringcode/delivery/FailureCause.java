package io.ringcode.delivery;

/** The cause of a permanent failure, which tells who can do something about it. */
public enum FailureCause {
    /** The recipient's number cannot work. */
    NUMBER,
    /** The recipient asked not to be written to: must not be routed around. */
    OPT_OUT,
    /** This vendor will not carry it: country, sender or content. Also every code that nobody knows. */
    VENDOR,
    /** Credentials, credit or suspension: the administrator must act. */
    ACCOUNT,
    /** The request itself was wrong: our bug. */
    REQUEST
}
