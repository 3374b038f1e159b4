/** Auth0's My Account API, {@code /me/v1}: a signed-in user's own authentication methods, in the user's application. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "authorization",
            "batch",
            "challenge",
            "client",
            "factor",
            "json",
            "phone",
            "secret",
            "template",
            "tenant",
            "text",
            "user"
        })
package io.ringcode.myaccount;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
