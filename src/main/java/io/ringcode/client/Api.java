package io.ringcode.client;

import java.time.Duration;
import java.util.Set;

/**
 * Something that access tokens are for (an OAuth resource server).
 *
 * @param identifier what a token's {@code aud} says
 * @param scopes what may be asked for
 */
public record Api(String identifier, Set<String> scopes, Duration tokenLifetime, UserAccess userAccess) {
    /** The longest {@code tokenLifetime}, in seconds; no access token outlives it. */
    public static final int LONGEST_TOKEN_LIFE = 30 * 24 * 60 * 60;

    /** Which applications may ask for a token in the name of a user. */
    public enum UserAccess {
        ALLOW_ALL,
        /** Those that have a grant with {@code subject_type} {@code user}. */
        REQUIRE_CLIENT_GRANT
    }

    public Api(String identifier, Set<String> scopes, Duration tokenLifetime) {
        this(identifier, scopes, tokenLifetime, UserAccess.ALLOW_ALL);
    }

    Api narrowedTo(Set<String> granted) {
        var both = scopes.stream().filter(granted::contains).collect(java.util.stream.Collectors.toUnmodifiableSet());
        return new Api(identifier, both, tokenLifetime, userAccess);
    }
}
