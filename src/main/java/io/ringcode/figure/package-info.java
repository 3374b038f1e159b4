/** What became of a tenant's messages, summed by day: for the console's overview and for whoever watches from outside. */
@NullMarked
@ApplicationModule(allowedDependencies = {"delivery :: ledger", "secret", "tenant", "schedule"})
package io.ringcode.figure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
