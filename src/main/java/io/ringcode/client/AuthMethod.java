package io.ringcode.client;

import java.util.Optional;

/** How a client proves itself at the token endpoint, by the names of OpenID Connect Core section 9. */
public enum AuthMethod {
    NONE,
    CLIENT_SECRET_POST,
    CLIENT_SECRET_BASIC,
    PRIVATE_KEY_JWT;

    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static Optional<AuthMethod> of(String wire) {
        for (var method : values()) if (method.wire().equals(wire)) return Optional.of(method);
        return Optional.empty();
    }
}
