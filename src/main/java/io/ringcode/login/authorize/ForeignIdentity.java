package io.ringcode.login.authorize;

import io.ringcode.user.User;
import org.jspecify.annotations.Nullable;

/**
 * A foreign identity: a user whose first factor somebody else has checked.
 *
 * @param subject what the application calls the user; null where it uses our own id
 */
record ForeignIdentity(User user, @Nullable String subject) {}
