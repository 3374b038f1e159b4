/** Keeps the hot tables small: what has expired is deleted, a little at a time. */
@NullMarked
@ApplicationModule(allowedDependencies = {"secret"})
package io.ringcode.upkeep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
