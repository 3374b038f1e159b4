/** The ceremony: start a challenge, count tries, spend the code. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "action",
            "batch",
            "budget",
            "schedule",
            "client",
            "delivery",
            "factor",
            "fraud",
            "phone",
            "secret",
            "template",
            "text",
            "tenant",
            "user"
        })
package io.ringcode.challenge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
