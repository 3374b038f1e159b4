package io.ringcode.mail;

import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import org.jspecify.annotations.Nullable;

/** What became of a mail. Neither its address nor its text is in any of these. */
public sealed interface MailEvent {
    TenantId tenant();

    @Nullable
    UserId user();

    String purpose();

    String reason();

    /** A mail that will never be sent. */
    record MailFailed(TenantId tenant, @Nullable UserId user, String purpose, String reason) implements MailEvent {}

    /** The mail server did not take mails; told once for each mail, at its first attempt. */
    record MailDeferred(TenantId tenant, @Nullable UserId user, String purpose, String reason) implements MailEvent {}
}
