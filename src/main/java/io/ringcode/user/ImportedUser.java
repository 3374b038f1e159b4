package io.ringcode.user;

import org.jspecify.annotations.Nullable;

/**
 * A user from elsewhere.
 *
 * @param key the part of the id after {@code auth0|}; null for a random one
 * @param hash of the password, {@linkplain KnownHash known}; null for a user who cannot sign in by one yet
 */
public record ImportedUser(@Nullable String key, @Nullable String hash, AdminUserData data) {}
