/** What all doors share: answers for what no door answers, and cross-origin rules. */
@NullMarked
@ApplicationModule(allowedDependencies = {"database", "client", "tenant", "trace"})
package io.ringcode.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
