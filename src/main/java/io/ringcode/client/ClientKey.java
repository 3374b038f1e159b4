package io.ringcode.client;

import com.nimbusds.jose.jwk.JWK;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A public key that a client signs its assertions with.
 *
 * @param alg the one algorithm that is accepted with it: RS256, RS384 or PS256
 * @param active whether assertions of it are accepted now
 */
public record ClientKey(
        String id,
        @Nullable String name,
        String kid,
        String alg,
        JWK jwk,
        boolean active,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt) {}
