/** First start: a tenant, its keys, a management client, and the demo. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "administrator",
            "authorization",
            "client",
            "factor",
            "masterkey",
            "secret",
            "server :: settings",
            "server :: storage",
            "tenant",
            "user"
        })
package io.ringcode.setup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
