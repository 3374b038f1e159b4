/** The console: the Management API as pages for people, who sign in like everybody else and never without a second factor. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "action",
            "batch",
            "database",
            "administrator",
            "authorization",
            "client",
            "delivery :: account",
            "delivery :: carrier",
            "factor",
            "fraud",
            "geoip",
            "login",
            "management",
            "management :: json",
            "management :: phone",
            "management :: script",
            "management :: user",
            "management :: client",
            "json",
            "log",
            "log :: stream",
            "management :: log",
            "management :: search",
            "management :: tenant",
            "phone",
            "session",
            "tenant",
            "text",
            "user",
            "web"
        })
package io.ringcode.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
