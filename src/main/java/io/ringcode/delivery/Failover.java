package io.ringcode.delivery;

/** How the code of a message in trouble goes out once more. */
public enum Failover {
    /** On the same channel, by the carriers of the route that have not had it. */
    NEXT_CARRIER,
    /** On another channel. */
    OTHER_CHANNEL
}
