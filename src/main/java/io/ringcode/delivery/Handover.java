package io.ringcode.delivery;

/** How far a message came while its sender waited. */
public sealed interface Handover {
    /** The carrier has it. */
    record Accepted() implements Handover {}

    /** No answer yet, or another attempt will follow. */
    record Pending() implements Handover {}

    /** It will never be sent. */
    record Refused(String code, Fault fault) implements Handover {}
}
