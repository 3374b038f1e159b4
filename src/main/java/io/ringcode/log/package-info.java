/** The log as others read it: its records in Auth0's shape, and the streams that carry them to other systems. */
@NullMarked
@ApplicationModule(allowedDependencies = {"json", "network", "schedule", "secret", "tenant"})
package io.ringcode.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
