/** Turning the master key while servers run: which key seals, which servers know it, and sealing anew what lies under older ones. */
@NullMarked
@ApplicationModule(allowedDependencies = {"schedule", "secret", "server :: settings", "server :: storage"})
package io.ringcode.masterkey;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
