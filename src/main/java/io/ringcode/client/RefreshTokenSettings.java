package io.ringcode.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client's registration says of its refresh tokens, under {@code refresh_token}.
 *
 * @param rotating each is good once and replaced by the next; otherwise the first is good until it expires
 * @param leeway how long the one just used may be shown again; zero never
 * @param lifetime of all that come of one sign-in, from then on
 * @param policies other APIs that a refresh token is good for, and with which scopes (Auth0's multi-resource refresh tokens)
 */
public record RefreshTokenSettings(
        boolean rotating, Duration leeway, Duration lifetime, Map<String, Set<String>> policies) {
    public static final String PROPERTY = "refresh_token";
    private static final Duration USUAL = Duration.ofDays(30);

    /** Longest that Auth0 takes: a year. */
    public static final int LONGEST_SECONDS = 31_557_600;

    public static RefreshTokenSettings of(Map<String, JsonNode> properties) {
        return of(properties.get(PROPERTY));
    }

    public static RefreshTokenSettings of(@Nullable JsonNode kept) {
        if (kept == null) return new RefreshTokenSettings(true, Duration.ZERO, USUAL, Map.of());
        var seconds = kept.path("token_lifetime").asLong(USUAL.toSeconds());
        return new RefreshTokenSettings(
                !kept.path("rotation_type").asString("").equals("non-rotating"),
                Duration.ofSeconds(Math.max(0, kept.path("leeway").asLong(0))),
                Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_SECONDS)),
                policies(kept.path("policies")));
    }

    /** What was kept before it was acted on may have any form. */
    private static Map<String, Set<String>> policies(JsonNode kept) {
        var policies = new HashMap<String, Set<String>>();
        for (var policy : kept) {
            var scopes = new HashSet<String>();
            for (var scope : policy.path("scope")) if (scope.isString()) scopes.add(scope.stringValue());
            if (policy.path("audience").isString())
                policies.put(policy.path("audience").stringValue(), Set.copyOf(scopes));
        }
        return Map.copyOf(policies);
    }
}
