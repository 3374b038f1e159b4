/** {@code /dbconnections/…}: signing up and asking for a new password from an application's own pages, in Auth0's shape. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "authorization",
            "client",
            "fraud",
            "login",
            "notice",
            "phone",
            "template",
            "tenant",
            "text",
            "user"
        })
package io.ringcode.dbconnections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
