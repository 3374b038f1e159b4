/** Wording: what a message says, by tenant, purpose, channel and language. */
@NullMarked
@ApplicationModule(allowedDependencies = {"client", "phone", "tenant", "user"})
package io.ringcode.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
