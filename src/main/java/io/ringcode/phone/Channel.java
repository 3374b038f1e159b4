package io.ringcode.phone;

import java.util.Arrays;
import java.util.Optional;

/** How a message reaches a phone, with what follows from that elsewhere. The usual one is first. */
public enum Channel {
    SMS("sms", Form.WRITTEN, "text", "sms", "SMS"),
    VOICE("voice", Form.SPOKEN, "voice", "tel", "Voice");

    /** Where nobody has chosen another. It is written, so a warning of a long text is made with it too. */
    public static final Channel USUAL = SMS;

    private enum Form {
        WRITTEN,
        SPOKEN
    }

    private final String wire;
    private final Form form;
    private final String deliveryMethod;
    private final String amr;
    private final String label;

    Channel(String wire, Form form, String deliveryMethod, String amr, String label) {
        this.wire = wire;
        this.form = form;
        this.deliveryMethod = deliveryMethod;
        this.amr = amr;
        this.label = label;
    }

    /** Its name in requests, answers, tables, logs and the names of pages. */
    public String wire() {
        return wire;
    }

    /** Whether the code is heard, digit by digit, and not read. */
    public boolean isSpoken() {
        return form == Form.SPOKEN;
    }

    /** Its name in Auth0's phone providers and events of scripts ({@code delivery_method}). */
    public String deliveryMethod() {
        return deliveryMethod;
    }

    /** What a token says of a code that came this way (RFC 8176 section 2). */
    public String amr() {
        return amr;
    }

    /** As people read it, and as the texts of pages are named. */
    public String label() {
        return label;
    }

    public static Optional<Channel> of(String wire) {
        return Arrays.stream(values())
                .filter(channel -> channel.wire.equals(wire))
                .findFirst();
    }

    public static Optional<Channel> ofDeliveryMethod(String name) {
        return Arrays.stream(values())
                .filter(channel -> channel.deliveryMethod.equals(name))
                .findFirst();
    }
}
