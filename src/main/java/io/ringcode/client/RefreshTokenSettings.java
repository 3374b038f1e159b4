package io.ringcode.client;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client's registration says of its refresh tokens, under {@code refresh_token}.
 *
 * @param rotating each is good once and replaced by the next; otherwise the first is good until it expires
 * @param leeway how long the one just used may be shown again; zero never
 * @param lifetime of all that come of one sign-in, from then on
 */
public record RefreshTokenSettings(boolean rotating, Duration leeway, Duration lifetime) {
    public static final String PROPERTY = "refresh_token";
    private static final Duration USUAL = Duration.ofDays(30);

    /** Longest that Auth0 takes: a year. */
    public static final int LONGEST_SECONDS = 31_557_600;

    public static RefreshTokenSettings of(Map<String, JsonNode> properties) {
        return of(properties.get(PROPERTY));
    }

    public static RefreshTokenSettings of(@Nullable JsonNode kept) {
        if (kept == null) return new RefreshTokenSettings(true, Duration.ZERO, USUAL);
        var seconds = kept.path("token_lifetime").asLong(USUAL.toSeconds());
        return new RefreshTokenSettings(
                !kept.path("rotation_type").asString("").equals("non-rotating"),
                Duration.ofSeconds(Math.max(0, kept.path("leeway").asLong(0))),
                Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_SECONDS)));
    }
}
