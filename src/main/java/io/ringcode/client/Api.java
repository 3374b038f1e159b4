package io.ringcode.client;

import java.time.Duration;
import java.util.Set;

/**
 * Something that access tokens are for (an OAuth resource server).
 *
 * @param identifier what a token's {@code aud} says
 * @param scopes what may be asked for
 */
public record Api(String identifier, Set<String> scopes, Duration tokenLifetime) {}
