package io.ringcode.console.view;

import java.util.List;

/** What the page of mail shows. */
public interface MailView {
    /**
     * @param server the tenant's mail server, by the API's names
     * @param setUp whether there is one
     * @param notices which kinds are switched off, as {@code guardian/notices} tells it
     * @param webhook the webhook that is told too, with its secret where that was made just now
     * @param webhookSetUp whether there is one
     */
    record Mail(PageFrame shell, Form server, boolean setUp, Form notices, Form webhook, boolean webhookSetUp)
            implements View {}

    /** What account owners are told of. */
    List<Kind> KINDS = List.of(
            new Kind("factor-bound", "A sign-in method was added"),
            new Kind("factor-changed", "A sign-in method was changed"),
            new Kind("factor-removed", "A sign-in method was removed"),
            new Kind("recovery-code-used", "The recovery code was used"),
            new Kind("recovery-code-made", "A new recovery code was made"),
            new Kind("factor-locked", "A sign-in method was locked after too many wrong codes"),
            new Kind("password-changed", "The password was changed"),
            new Kind("loss-reported", "A phone was reported as lost"));

    /** @param wire its name in the API */
    record Kind(String wire, String label) {}
}
