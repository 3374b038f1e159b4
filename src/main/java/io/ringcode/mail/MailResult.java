package io.ringcode.mail;

/** What an attempt to send a mail came to. A reason is a short word or a reply code, without what the server said beside it. */
sealed interface MailResult {
    /** The mail server has it. */
    record Sent() implements MailResult {}

    /** It may work later: no connection, a temporary reply, a password that somebody will put right. */
    record Deferred(String reason) implements MailResult {}

    /** It never will: there is no such mailbox, or the mail is not wanted. */
    record Refused(String reason) implements MailResult {}
}
