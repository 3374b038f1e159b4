package io.ringcode.factor;

import java.util.Arrays;

/**
 * A kind of second factor, with its names in the database and on the wire. What a carrier or an administrator calls a
 * phone's channels is {@link io.ringcode.phone.Channel}'s affair.
 */
public enum FactorKind {
    PHONE("phone", "sms", "oob", "phone"),
    /** An authenticator app (RFC 6238). */
    APP("totp", "otp", "otp", "otp"),
    /** A security key that goes from device to device (WebAuthn, cross-platform attachment). */
    WEBAUTHN_ROAMING("webauthn-roaming"),
    /** What a device recognizes its owner by: a fingerprint, a face, its PIN (WebAuthn, platform attachment). */
    WEBAUTHN_PLATFORM("webauthn-platform"),
    /** A look-up secret that stands in for a phone or an app that was lost (NIST SP 800-63B-4 section 3.1.2). */
    RECOVERY_CODE("recovery-code");

    private final String column;
    private final String setting;
    private final String authenticatorType;
    private final String type;

    FactorKind(String everywhere) {
        this(everywhere, everywhere, everywhere, everywhere);
    }

    FactorKind(String column, String setting, String authenticatorType, String type) {
        this.column = column;
        this.setting = setting;
        this.authenticatorType = authenticatorType;
        this.type = type;
    }

    /** In the database, and the Management API's {@code type} of an authentication method. */
    public String column() {
        return column;
    }

    /** The switch of the Management API's {@code guardian/factors}. */
    public String setting() {
        return setting;
    }

    /** The MFA API's {@code authenticator_type}. */
    public String authenticatorType() {
        return authenticatorType;
    }

    /** In {@code mfa_requirements}, and the {@code type} of the MFA API's authenticators. */
    public String type() {
        return type;
    }

    /** Whether a browser proves it by a key that works for one domain only: no page of another can ask for it. */
    public boolean isWebAuthn() {
        return switch (this) {
            case WEBAUTHN_ROAMING, WEBAUTHN_PLATFORM -> true;
            case PHONE, APP, RECOVERY_CODE -> false;
        };
    }

    /** @throws IllegalArgumentException for what is no kind: a row of a newer server, or of none */
    public static FactorKind of(String column) {
        return Arrays.stream(values())
                .filter(kind -> kind.column.equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No kind of factor is stored as " + column));
    }
}
