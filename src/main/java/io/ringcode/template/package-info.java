/** Wording: what a message says, by tenant, purpose, channel and language. */
@NullMarked
@ApplicationModule(allowedDependencies = {"phone", "tenant"})
package io.ringcode.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
