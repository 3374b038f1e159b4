/** Authenticators: a phone, an authenticator app or a recovery code, bound to a user. */
@NullMarked
@ApplicationModule(allowedDependencies = {"client", "phone", "secret", "tenant", "schedule", "user"})
package io.ringcode.enrollment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
