package io.ringcode.user;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user from elsewhere.
 *
 * @param key the part of the id after {@code auth0|}; null for a random one
 * @param hash of the password, {@linkplain KnownHash known}; null for a user who cannot sign in by one yet
 * @param names by which the user is to sign in
 */
public record ImportedUser(@Nullable String key, @Nullable String hash, AdminUserData data, Set<LoginName> names) {

    public ImportedUser(@Nullable String key, @Nullable String hash, AdminUserData data) {
        this(key, hash, data, LoginName.of(data.email(), data.username()));
    }

    /** Null where it is a random one. */
    @Nullable
    UserId id() {
        return key == null ? null : new UserId("auth0|" + key);
    }
}
