/** Mails: their outbox, the tenant's mail server, and in development the mailbox that keeps them. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"database", "network", "schedule", "secret", "server :: settings", "tenant", "user"})
package io.ringcode.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
