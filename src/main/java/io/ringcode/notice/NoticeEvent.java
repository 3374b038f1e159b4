package io.ringcode.notice;

import io.ringcode.client.Caller;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;

/** What happened around links in mails and messages. No link is in any of these. */
public sealed interface NoticeEvent {
    /** @param client the application, by its id */
    record ResetLinkSent(TenantId tenant, UserId user, String client) implements NoticeEvent {}

    /** A password was set by a link. */
    record PasswordReset(Caller caller, UserId user) implements NoticeEvent {}

    /** @param reason without what was typed */
    record ResetRefused(Caller caller, String reason) implements NoticeEvent {}

    /**
     * An owner said that something was somebody else's doing; the account is protected.
     *
     * @param ip whose browser said so
     */
    record OwnerDenied(TenantId tenant, UserId user, NoticeKind kind, String ip) implements NoticeEvent {}

    /** A webhook did not take a notice at the first try. */
    record WebhookFailed(TenantId tenant, String reason) implements NoticeEvent {}
}
