/** The sign-in pages: what a person sees between the application's request and its answer. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "batch",
            "database",
            "action",
            "authorization",
            "challenge",
            "client",
            "delivery",
            "factor",
            "fraud",
            "mail",
            "network",
            "notice",
            "phone",
            "secret",
            "session",
            "template",
            "tenant",
            "text",
            "user"
        })
package io.ringcode.login;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
