package io.ringcode.login;

import io.ringcode.user.User;
import org.jspecify.annotations.Nullable;

/**
 * A user whose first factor is somebody else's affair.
 *
 * @param subject what the application calls the user; null where it uses our own id
 */
record Vouched(User user, @Nullable String subject) {}
