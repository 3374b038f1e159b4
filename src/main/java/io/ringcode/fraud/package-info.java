/** May this message be sent at all? Limits per user, number, address and tenant, and what is learned of the traffic. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "batch",
            "budget",
            "client",
            "database",
            "geoip",
            "schedule",
            "phone",
            "secret",
            "tenant",
            "user"
        })
package io.ringcode.fraud;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
