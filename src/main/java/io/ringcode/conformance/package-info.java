/** What standards ask of this product, each line judged by one tenant's settings. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "challenge",
            "delivery :: carrier",
            "delivery :: routing",
            "factor",
            "fraud",
            "log :: stream",
            "mail",
            "notice",
            "server :: settings",
            "session",
            "template",
            "tenant"
        })
package io.ringcode.conformance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
