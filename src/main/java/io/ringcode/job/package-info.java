/** Long work on users that goes on in the background and survives a restart: imports and exports. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"administrator", "schedule", "factor", "phone", "secret", "tenant", "user", "text"})
package io.ringcode.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
