/** Connections to addresses that others chose: names resolved once, addresses checked, and connected to as checked. */
@NullMarked
@ApplicationModule(allowedDependencies = {"secret", "server :: settings", "trace"})
package io.ringcode.network;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
