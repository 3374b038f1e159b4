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
            "log",
            "log :: chain",
            "log :: stream",
            "login",
            "mail",
            "notice",
            "management",
            "phone",
            "schedule",
            "secret",
            "tenant",
            "user"
        })
package io.ringcode.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
