package io.ringcode.factor;

/** An authenticator's id without its channel, such as {@code dev_NU1Ofuw3Cw0XCt5x}. */
public record AuthenticatorId(String value) {}
