/** Messages on their way: the outbox, the choice of provider, sending, retry and what became of each. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "batch",
            "budget",
            "database",
            "network",
            "phone",
            "schedule",
            "secret",
            "server :: settings",
            "tenant",
            "trace",
            "user",
            "client"
        })
package io.ringcode.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
