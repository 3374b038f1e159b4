/** The log: hears what every room reports, and writes it in the same transaction. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "budget",
            "action",
            "authorization",
            "challenge",
            "client",
            "database",
            "delivery",
            "factor",
            "fraud",
            "log :: stream",
            "login",
            "mail",
            "notice",
            "management",
            "phone",
            "secret",
            "tenant",
            "user"
        })
package io.ringcode.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
