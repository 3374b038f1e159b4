/** The OAuth door: tokens, their keys, discovery. Everything that a caller may be refused with. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "action",
            "batch",
            "database",
            "schedule",
            "challenge",
            "client",
            "delivery",
            "factor",
            "fraud",
            "json",
            "secret",
            "server :: settings",
            "tenant",
            "text",
            "user"
        })
package io.ringcode.authorization;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
