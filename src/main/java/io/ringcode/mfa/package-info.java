/** The MFA API's door: associate, challenge, authenticators. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "authorization",
            "challenge",
            "client",
            "factor",
            "fraud",
            "json",
            "phone",
            "template",
            "tenant",
            "user"
        })
package io.ringcode.mfa;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
