/** Administrators of this console. */
@NullMarked
@ApplicationModule(allowedDependencies = {"schedule", "secret", "tenant", "user"})
package io.ringcode.administrator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
