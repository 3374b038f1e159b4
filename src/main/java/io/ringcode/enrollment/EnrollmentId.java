package io.ringcode.enrollment;

/** An authenticator's id without its channel, such as {@code dev_NU1Ofuw3Cw0XCt5x}. */
public record EnrollmentId(String value) {}
