/** What account owners are told: notices of what was done to their accounts, and links for a new password. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "administrator",
            "authorization",
            "batch",
            "challenge",
            "client",
            "database",
            "delivery",
            "factor",
            "fraud",
            "mail",
            "network",
            "phone",
            "schedule",
            "secret",
            "template",
            "tenant",
            "user"
        })
package io.ringcode.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
