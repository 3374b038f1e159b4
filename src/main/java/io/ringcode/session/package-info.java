/** What a browser is in: a sign-in under way, a session, a browser that is remembered. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"schedule", "action", "challenge", "client", "factor", "secret", "tenant", "user"})
package io.ringcode.session;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
