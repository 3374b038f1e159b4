/** The log as others read it: its records in Auth0's shape, the streams that carry them to other systems, and the chain of hashes over them. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "json",
            "masterkey",
            "network",
            "schedule",
            "secret",
            "server",
            "server :: settings",
            "server :: storage",
            "tenant"
        })
package io.ringcode.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
