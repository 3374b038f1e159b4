/** Tenants' own JavaScript: kept in versions, built with its dependencies, run in Node.js, and a provider of messages. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "client",
            "database",
            "delivery",
            "delivery :: carrier",
            "factor",
            "geoip",
            "network",
            "phone",
            "secret",
            "server :: settings",
            "server :: storage",
            "server :: system",
            "tenant",
            "trace",
            "text",
            "schedule",
            "user"
        })
package io.ringcode.action;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
