package io.ringcode.authorization;

import java.util.Optional;

/** The ways to a token, by their names on the wire. */
public enum GrantType {
    AUTHORIZATION_CODE("authorization_code"),
    /** An {@code id_token} straight from {@code /authorize}; never an access token. */
    IMPLICIT("implicit"),
    PASSWORD("password"),
    PASSWORD_REALM("http://auth0.com/oauth/grant-type/password-realm"),
    REFRESH_TOKEN("refresh_token"),
    CLIENT_CREDENTIALS("client_credentials"),
    MFA_OOB("http://auth0.com/oauth/grant-type/mfa-oob"),
    MFA_OTP("http://auth0.com/oauth/grant-type/mfa-otp"),
    MFA_RECOVERY_CODE("http://auth0.com/oauth/grant-type/mfa-recovery-code");

    private final String wire;

    GrantType(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static Optional<GrantType> of(String wire) {
        for (var grant : values()) if (grant.wire.equals(wire)) return Optional.of(grant);
        return Optional.empty();
    }
}
