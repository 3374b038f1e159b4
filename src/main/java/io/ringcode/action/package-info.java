/** Tenants' own JavaScript: kept in versions, built with its dependencies, and run in Node.js against a deadline. */
@NullMarked
@ApplicationModule(allowedDependencies = {"secret", "server", "tenant"})
package io.ringcode.action;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
