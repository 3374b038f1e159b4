/** Message budgets: prices, budgets in money, and the brake. */
@NullMarked
@ApplicationModule(allowedDependencies = {"batch", "client", "database", "phone", "schedule", "tenant"})
package io.ringcode.budget;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
