package io.ringcode.console.settings;

import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.MailView;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.json.Paging;
import io.ringcode.management.tenant.EmailProviderController;
import io.ringcode.management.tenant.NoticesController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The tenant's mail server. */
@Controller
class MailPages {
    private static final String AT = "/console/mail";

    private static final Map<String, String> FIELDS = Map.of(
            "default_from_address", "from",
            "credentials.smtp_host", "host",
            "credentials.smtp_port", "port",
            "credentials.smtp_user", "user",
            "credentials.smtp_pass", "pass",
            "credentials.smtp_security", "tls",
            "off", "factor-bound",
            "endpoint", "endpoint");

    private static final SecondLook.Risk REMOVAL = SecondLook.Risk.of(
            "Remove the mail server?",
            "Remove mail server",
            AT,
            "People who forgot their password can no longer reset it themselves.",
            "Account owners get no notices by email. Text messages to their other phones are still sent.",
            "The password of the mail server is deleted.");

    private static final SecondLook.Risk WEBHOOK_REMOVAL = SecondLook.Risk.of(
            "Remove the webhook?",
            "Remove webhook",
            AT,
            "Your system is no longer notified of changes to accounts. Emails and text messages are still sent.",
            "Its signing secret is deleted. A new webhook gets a new one.");

    private static final int MISSING = 404;

    private final ManagementCalls calls;
    private final EmailProviderController provider;
    private final NoticesController notices;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    MailPages(
            ManagementCalls calls,
            EmailProviderController provider,
            NoticesController notices,
            ConsolePages pages,
            SecondLook look,
            Tenants tenants) {
        this.calls = calls;
        this.provider = calls.guarded(provider);
        this.notices = calls.guarded(notices);
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping(AT)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, null, null);
    }

    @PostMapping(AT + "/server")
    void server(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var typed = Form.typed(request);
        var body = body(typed);
        var answer = stored(caller).status() == MISSING
                ? calls.answer(
                        EmailProviderController.Created.class, created(body), wanted -> provider.create(caller, wanted))
                : calls.answer(EmailProviderController.Changed.class, body, wanted -> provider.update(caller, wanted));
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=saved");
        else show(request, response, 400, answer.problem(), typed);
    }

    @PostMapping(AT + "/server/remove")
    void remove(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        if (!look.confirmed(request, response, "mail", REMOVAL)) return;
        var answer = calls.done(() -> provider.delete(caller));
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=removed");
        else show(request, response, 400, answer.problem(), null);
    }

    /** What is not ticked is off. */
    @PostMapping(AT + "/notices")
    void notices(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var ticked = Form.typed(request).all("on");
        var off = MailView.KINDS.stream()
                .map(MailView.Kind::wire)
                .filter(kind -> !ticked.contains(kind))
                .toList();
        var answer =
                calls.answer(NoticesController.Kinds.class, Map.of("off", off), wanted -> notices.set(caller, wanted));
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=saved");
        else show(request, response, 400, answer.problem(), null);
    }

    /** The secret is told this once, so there is no way to another page. */
    @PostMapping(AT + "/webhook")
    void webhook(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var typed = Form.typed(request);
        var body = Map.of("endpoint", typed.text("endpoint").strip());
        var answer =
                calls.answer(NoticesController.WantedWebhook.class, body, wanted -> notices.setWebhook(caller, wanted));
        if (!answer.isGood()) show(request, response, 400, answer.problem(), null, typed);
        else if (answer.body().has("signing_secret")) show(request, response, 200, null, null, Form.of(answer));
        else ConsolePages.seeOther(response, AT + "?said=saved");
    }

    @PostMapping(AT + "/webhook/remove")
    void removeWebhook(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        if (!look.confirmed(request, response, "mail", WEBHOOK_REMOVAL)) return;
        var answer = calls.done(() -> notices.removeWebhook(caller));
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=removed");
        else show(request, response, 400, answer.problem(), null);
    }

    private Answer stored(Caller caller) {
        return calls.answer(() -> provider.provider(caller, Paging.WHOLE));
    }

    private static Map<String, Object> created(Map<String, Object> body) {
        var all = new HashMap<>(body);
        all.put("name", "smtp");
        return all;
    }

    /** An empty password stays as it is; without a user name there is none. */
    private static Map<String, Object> body(Form typed) {
        var credentials = new HashMap<String, @Nullable Object>();
        credentials.put("smtp_host", typed.text("credentials.smtp_host").strip());
        credentials.put("smtp_port", typed.number("credentials.smtp_port"));
        credentials.put("smtp_user", typed.given("credentials.smtp_user"));
        credentials.put("smtp_security", typed.text("credentials.smtp_security"));
        var password = typed.text("credentials.smtp_pass");
        if (!password.isEmpty()) credentials.put("smtp_pass", password);
        else if (typed.given("credentials.smtp_user") == null) credentials.put("smtp_pass", null);
        var body = new HashMap<String, Object>();
        body.put("enabled", typed.on("enabled"));
        body.put("default_from_address", typed.text("default_from_address").strip());
        body.put("credentials", credentials);
        return body;
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            @Nullable Form typed)
            throws IOException {
        show(request, response, status, problem, typed, null);
    }

    /** @param webhook what was typed of it, or made just now; null to show what is stored */
    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            @Nullable Form typed,
            @Nullable Form webhook)
            throws IOException {
        var hook = calls.answer(() -> notices.webhook(Visitor.of(request).caller()));
        var stored = stored(Visitor.of(request).caller());
        var shown = stored.status() == MISSING
                ? new Form(Map.of(), null).with("enabled", java.util.List.of("true"))
                : Form.of(stored);
        pages.write(
                response,
                status,
                new MailView.Mail(
                        PageFrame.of(request, tenants, "mail", problem).named(FIELDS),
                        typed != null ? typed : shown,
                        stored.isGood(),
                        Form.of(calls.answer(
                                () -> notices.notices(Visitor.of(request).caller()))),
                        webhook != null ? webhook : hook.isGood() ? Form.of(hook) : new Form(Map.of(), null),
                        hook.isGood()));
    }
}
