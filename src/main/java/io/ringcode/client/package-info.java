/** Through what: the applications that ask, and what they may ask for. */
@NullMarked
@ApplicationModule(allowedDependencies = {"database", "secret", "tenant"})
package io.ringcode.client;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
