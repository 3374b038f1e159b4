package io.ringcode.mail;

import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail to be put into the outbox.
 *
 * @param user whom it is about; null for nobody
 * @param purpose in a word, for the log, such as {@code password_reset}
 * @param text plain, with {@code \n} between its lines
 * @param expiresAt from when on it is worth nothing, and is not sent
 */
public record NewMail(
        TenantId tenant,
        @Nullable UserId user,
        String purpose,
        String to,
        String subject,
        String text,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "NewMail[" + tenant.value() + ", " + purpose + "]";
    }
}
