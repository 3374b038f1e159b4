/** Distributed tracing (OpenTelemetry): the spans of a challenge's way, and the context that goes out with requests and lies beside messages. */
@NullMarked
@ApplicationModule(allowedDependencies = {"server :: settings"})
package io.ringcode.trace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
