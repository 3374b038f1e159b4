/** The Management API, /api/v2: one controller per resource. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "authorization",
            "challenge",
            "client",
            "delivery",
            "enrollment",
            "fraud",
            "phone",
            "secret",
            "template",
            "tenant",
            "user"
        })
package io.ringcode.management;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
