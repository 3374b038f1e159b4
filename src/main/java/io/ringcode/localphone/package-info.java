/** The local phone: in development, what arrived at phones that no carrier reaches and in the mailbox beside them, and a stand-in for carriers. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "database",
            "delivery :: builtin",
            "login",
            "mail",
            "phone",
            "tenant",
            "server :: settings"
        })
package io.ringcode.localphone;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
