package io.ringcode.console.activity;

import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.json.Paging;
import io.ringcode.management.phone.FraudDecisionsController;
import io.ringcode.management.phone.LedgerController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The message history: the list, and one message with its attempts and receipts. */
@Controller
class MessagePages {
    private static final int SHOWN = 25;

    private final ManagementCalls calls;
    private final LedgerController messages;
    private final FraudDecisionsController decisions;
    private final ConsolePages pages;
    private final Tenants tenants;

    MessagePages(
            ManagementCalls calls,
            LedgerController messages,
            FraudDecisionsController decisions,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.messages = calls.guarded(messages);
        this.decisions = calls.guarded(decisions);
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/messages")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var filter = new LinkedHashMap<String, String>();
        for (var name : new String[] {"state", "channel", "provider", "user_id", "from"}) {
            var value = request.getParameter(name);
            if (value != null && !value.isBlank()) filter.put(name, value);
        }
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> messages.list(
                caller,
                Paging.after(filter.get("from"), SHOWN),
                filter.get("state"),
                filter.get("provider"),
                filter.get("channel"),
                filter.get("user_id"),
                null,
                null));
        if (request.getHeader("HX-Request") != null) {
            pages.write(response, 200, new View.MessageRows(answer.body().path("messages")));
            return;
        }
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new View.Messages(
                        PageFrame.of(request, tenants, "messages", answer.isGood() ? null : answer.problem()),
                        answer.body().path("messages"),
                        filter,
                        answer.body().path("next").asString("")));
    }

    @GetMapping("/console/messages/{id}")
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> messages.read(id, caller, Paging.WHOLE));
        var said = calls.read(() -> decisions.list(caller, Paging.first(20), null, null, null, id));
        if (answer.isGood())
            pages.write(
                    response,
                    200,
                    new View.Message(
                            PageFrame.of(request, tenants, "messages", null), answer.body(), said.path("decisions")));
        else pages.write(response, 404, new View.Stop(answer.problem(), false));
    }
}
