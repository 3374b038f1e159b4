package io.ringcode.user;

import org.jspecify.annotations.Nullable;

/**
 * A user to be.
 *
 * @param key the part of the id after {@code auth0|}; null for a random one
 * @param password null for a user who cannot sign in by one yet
 */
public record NewUser(
        String connection, @Nullable String key, @Nullable PasswordHash password, AdminUserData data) {}
