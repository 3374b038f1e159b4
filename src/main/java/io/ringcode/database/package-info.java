/** A database in trouble: what a failure says about it, whether work may be done again, and whether it serves now. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.ringcode.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
