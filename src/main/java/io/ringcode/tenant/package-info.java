/** For whom: tenants, their settings, and the caller's origin. */
@NullMarked
@ApplicationModule(allowedDependencies = {"database"})
package io.ringcode.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
