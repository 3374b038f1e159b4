/** The Management API, /api/v2: one controller per resource. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "batch",
            "budget",
            "action",
            "administrator",
            "authorization",
            "challenge",
            "client",
            "conformance",
            "delivery",
            "delivery :: account",
            "delivery :: carrier",
            "delivery :: ledger",
            "delivery :: routing",
            "factor",
            "figure",
            "fraud",
            "job",
            "json",
            "log",
            "log :: chain",
            "log :: stream",
            "mail",
            "network",
            "notice",
            "phone",
            "secret",
            "server :: settings",
            "template",
            "text",
            "tenant",
            "user"
        })
package io.ringcode.management;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
