/** The process itself: settings, data folder, master key, built-in PostgreSQL, TLS, start and stop. */
@NullMarked
@ApplicationModule(allowedDependencies = {"database"})
package io.ringcode.server;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
