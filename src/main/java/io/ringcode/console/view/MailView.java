package io.ringcode.console.view;

/** What the page of mail shows. */
public interface MailView {
    /**
     * @param server the tenant's mail server, by the API's names
     * @param setUp whether there is one
     */
    record Mail(PageFrame shell, Form server, boolean setUp) implements View {}
}
