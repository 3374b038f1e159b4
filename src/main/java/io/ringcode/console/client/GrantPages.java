package io.ringcode.console.client;

import io.ringcode.authorization.Issuers;
import io.ringcode.client.Apis;
import io.ringcode.console.client.ClientPage.Outcome;
import io.ringcode.console.view.ClientView;
import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.client.ClientGrantsController;
import io.ringcode.management.client.ClientsController;
import io.ringcode.management.client.ResourceServersController;
import io.ringcode.management.json.Paging;
import io.ringcode.tenant.Tenants;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** Which APIs an application may call, with which scopes. */
@Controller
class GrantPages {
    private final ManagementCalls calls;
    private final ClientGrantsController grants;
    private final ClientsController clients;
    private final ResourceServersController servers;
    private final ConsolePages pages;
    private final ClientPage sheet;
    private final SecondLook look;
    private final Tenants tenants;
    private final Issuers issuers;

    GrantPages(
            ManagementCalls calls,
            ClientGrantsController grants,
            ClientsController clients,
            ResourceServersController servers,
            ConsolePages pages,
            ClientPage sheet,
            SecondLook look,
            Tenants tenants,
            Issuers issuers) {
        this.calls = calls;
        this.grants = calls.guarded(grants);
        this.clients = calls.guarded(clients);
        this.servers = calls.guarded(servers);
        this.pages = pages;
        this.sheet = sheet;
        this.look = look;
        this.tenants = tenants;
        this.issuers = issuers;
    }

    /** @param id null for one that is to be made */
    private record Asked(
            String client, String audience, @Nullable String id, List<String> granted) {}

    @GetMapping("/console/clients/{client}/grants/new")
    void blank(
            @PathVariable String client,
            @RequestParam(defaultValue = "") String audience,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        show(new Asked(client, audience, null, List.of()), List.of(), null, request, response);
    }

    @PostMapping("/console/clients/{client}/grants")
    void make(@PathVariable String client, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var typed = Form.typed(request);
        var asked = new Asked(client, typed.text("audience"), null, List.of());
        var scopes = typed.all("scope");
        if (!typed.text("tick").isEmpty()) {
            show(asked, scopes, null, request, response);
            return;
        }
        var body = Map.of("client_id", client, "audience", asked.audience(), "scope", scopes);
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(
                ClientGrantsController.New.class, body, grant -> grants.create(caller, grant, issuers.at(request)));
        if (answer.isGood()) ConsolePages.seeOther(response, ClientPage.at(client) + "?said=saved");
        else show(asked, scopes, answer.problem(), request, response);
    }

    @GetMapping("/console/clients/{client}/grants/{id}")
    void read(
            @PathVariable String client,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var asked = stored(client, id, request, response);
        if (asked != null) show(asked, asked.granted(), null, request, response);
    }

    @PostMapping("/console/clients/{client}/grants/{id}")
    void save(
            @PathVariable String client,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var asked = stored(client, id, request, response);
        if (asked == null) return;
        var typed = Form.typed(request);
        var scopes = typed.all("scope");
        if (!typed.text("tick").isEmpty()) {
            show(asked, scopes, null, request, response);
            return;
        }
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(
                ClientGrantsController.Change.class,
                Map.of("scope", scopes),
                change -> grants.update(id, caller, change, issuers.at(request)));
        if (answer.isGood()) ConsolePages.seeOther(response, ClientPage.at(client) + "?said=saved");
        else show(asked, scopes, answer.problem(), request, response);
    }

    @PostMapping("/console/clients/{client}/grants/{id}/remove")
    void remove(
            @PathVariable String client,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var risk = Risk.of(
                "Remove this grant?",
                "Remove grant",
                ClientPage.at(client),
                "The application can no longer get tokens for this API.",
                "The Management API refuses existing tokens. Other APIs accept them until they expire.");
        if (!sheet.isThere(client, request, response) || !look.confirmed(request, response, "clients", risk)) return;
        var answer = calls.done(() -> grants.delete(id, caller));
        if (answer.isGood()) ConsolePages.seeOther(response, ClientPage.at(client) + "?said=removed");
        else sheet.show(client, Outcome.wrong(answer.problem()), request, response);
    }

    /** @return null where there is no such grant of this client, which has been told */
    private @Nullable Asked stored(String client, String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> grants.read(id, caller, issuers.at(request)));
        var grant = answer.body();
        if (answer.isGood() && grant.path("client_id").asString("").equals(client)) {
            var granted = grant.path("scope")
                    .valueStream()
                    .map(scope -> scope.asString(""))
                    .toList();
            return new Asked(client, grant.path("audience").asString(""), id, granted);
        }
        var problem = answer.isGood() ? "The client grant does not exist" : answer.problem();
        pages.write(response, answer.isGood() ? 404 : answer.status(), new View.Stop(problem, false));
        return null;
    }

    private void show(
            Asked asked,
            Collection<String> ticked,
            @Nullable String problem,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (asked.audience().isBlank() || !StorableText.is(asked.audience())) {
            pages.write(response, 404, new View.Stop("There is no such API.", false));
            return;
        }
        var caller = Visitor.of(request).caller();
        var client = calls.answer(() -> clients.read(asked.client(), caller, Paging.WHOLE));
        var server = calls.answer(() -> servers.read(asked.audience(), caller, Paging.WHOLE, issuers.at(request)));
        var refused = client.isGood() ? server : client;
        if (!refused.isGood()) {
            pages.write(response, refused.status(), new View.Stop(refused.problem(), false));
            return;
        }
        var scopes = scopes(asked, server.body(), ticked, request);
        var press = request.getParameter("tick");
        pages.write(
                response,
                problem == null ? 200 : 400,
                new ClientView.Grant(
                        PageFrame.of(request, tenants, "clients", problem)
                                .with(Complaints.of(problem).as(_ -> "scopes"))
                                .below(client.body().path("name").asString(""), ClientPage.at(asked.client())),
                        asked.client(),
                        client.body().path("name").asString(""),
                        asked.audience(),
                        asked.id(),
                        press == null || problem != null ? scopes : ScopeChoice.ticked(scopes, press)));
    }

    private ClientView.Scopes scopes(
            Asked asked, JsonNode server, Collection<String> ticked, HttpServletRequest request) {
        return asked.audience().equals(issuers.of(request) + Apis.MANAGEMENT)
                ? ScopeChoice.ofManagement(Visitor.of(request), asked.granted(), ticked)
                : ScopeChoice.of(server, ticked);
    }
}
