/** Recurring tasks: what runs again and again for as long as a server runs, and the deletion of expired rows. */
@NullMarked
@ApplicationModule(allowedDependencies = {"database", "secret"})
package io.ringcode.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
