package io.ringcode.console.activity;

import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Csv;
import io.ringcode.console.view.Filters;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.client.ClientsController;
import io.ringcode.management.json.Paging;
import io.ringcode.management.phone.FraudDecisionsController;
import io.ringcode.management.phone.LedgerController;
import io.ringcode.management.user.UsersController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.databind.JsonNode;

/** The message history: the list with its filters, one message with its whole story, and the list as CSV. */
@Controller
class MessagePages {
    private static final String AT = "/console/messages";
    private static final int SHOWN = 25;
    private static final int EXPORTED = 1_000;

    private final ManagementCalls calls;
    private final MessageSearch search;
    private final LedgerController messages;
    private final FraudDecisionsController decisions;
    private final UsersController users;
    private final ClientsController clients;
    private final Carriers carriers;
    private final ConsolePages pages;
    private final Tenants tenants;

    MessagePages(
            ManagementCalls calls,
            MessageSearch search,
            LedgerController messages,
            FraudDecisionsController decisions,
            UsersController users,
            ClientsController clients,
            Carriers carriers,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.search = search;
        this.messages = calls.guarded(messages);
        this.decisions = calls.guarded(decisions);
        this.users = calls.guarded(users);
        this.clients = calls.guarded(clients);
        this.carriers = carriers;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping(AT)
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var filters = filters(request);
        var caller = Visitor.of(request).caller();
        var wrong = filters.complaints();
        var found = search.search(caller, filters, SHOWN);
        if (request.getHeader("HX-Request") != null) {
            pages.write(response, 200, new View.MessageRows(found.messages(), filters, carriers.titles()));
            return;
        }
        var problem = wrong.byField().isEmpty() ? found.problem() : "A filter cannot be read.";
        var open = filters.given("open");
        pages.write(
                response,
                problem == null ? 200 : 400,
                new View.Messages(
                        PageFrame.of(request, tenants, "messages", problem).with(wrong),
                        found.messages(),
                        filters,
                        found.next(),
                        carriers.titles(),
                        applications(caller),
                        open == null ? null : story(open, request)));
    }

    @GetMapping(AT + ".csv")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var filters = filters(request);
        var file = new Csv(
                "asked_at",
                "to",
                "country",
                "channel",
                "carrier",
                "state",
                "user_id",
                "client_id",
                "verified_at",
                "id");
        for (var one :
                search.search(Visitor.of(request).caller(), filters, EXPORTED).messages())
            file.add(List.of(
                    one.path("created_at").asString(""),
                    one.path("phone_number").asString(""),
                    one.path("country").asString(""),
                    one.path("channel").asString(""),
                    one.path("provider").asString(""),
                    one.path("state").asString(""),
                    one.path("user_id").asString(""),
                    one.path("client_id").asString(""),
                    one.path("verified_at").asString(""),
                    one.path("id").asString("")));
        file.write(response, "messages.csv");
    }

    @GetMapping(AT + "/{id}")
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> messages.read(id, caller, Paging.WHOLE));
        var story = answer.isGood() ? story(answer.body(), request) : null;
        if (story == null) pages.write(response, 404, new View.Stop(answer.problem(), false));
        else if (request.getHeader("HX-Request") != null) pages.write(response, 200, new View.MessageStory(story));
        else pages.write(response, 200, new View.Message(PageFrame.of(request, tenants, "messages", null), story));
    }

    private View.@Nullable Story story(String id, HttpServletRequest request) {
        var caller = Visitor.of(request).caller();
        var message = calls.read(() -> messages.read(id, caller, Paging.WHOLE));
        return message.isMissingNode() ? null : story(message, request);
    }

    private View.Story story(JsonNode message, HttpServletRequest request) {
        var caller = Visitor.of(request).caller();
        var id = message.path("id").asString("");
        var said = calls.read(() -> decisions.list(caller, Paging.first(20), null, null, null, id));
        var user = message.path("user_id").asString("");
        var client = message.path("client_id").asString("");
        return new View.Story(
                message,
                said.path("decisions"),
                calls.read(() -> users.read(user, caller, Paging.first(1)))
                        .path("email")
                        .asString(user),
                client.isEmpty()
                        ? ""
                        : calls.read(() -> clients.read(client, caller, Paging.WHOLE))
                                .path("name")
                                .asString(client),
                carriers.titles());
    }

    private static Filters filters(HttpServletRequest request) {
        var filters = Filters.of(
                request,
                AT,
                "state",
                "channel",
                "provider",
                "user",
                "country",
                "client",
                "since",
                "until",
                "hour",
                "counted_as",
                "from",
                "open");
        // The name that the API has for it, in links from other pages.
        var id = request.getParameter("user_id");
        if (id != null && !id.isBlank()) filters.chosen().putIfAbsent("user", id.strip());
        return filters;
    }

    private Map<String, String> applications(Caller caller) {
        var names = new LinkedHashMap<String, String>();
        for (var client : calls.read(() -> clients.list(caller, Paging.first(100), null)))
            names.put(client.path("client_id").asString(""), client.path("name").asString(""));
        return names;
    }
}
