/** Who: the people who sign in, and their passwords. */
@NullMarked
@ApplicationModule(allowedDependencies = {"batch", "phone", "schedule", "secret", "tenant", "text"})
package io.ringcode.user;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
