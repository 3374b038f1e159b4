package io.ringcode.console.client;

import io.ringcode.console.client.ClientPage.Outcome;
import io.ringcode.console.view.ClientView;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.SecretOverlap;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.client.ClientBodies;
import io.ringcode.management.client.ClientsController;
import io.ringcode.management.json.Paging;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;

/** The applications: made, changed, given another secret, deleted. */
@Controller
class ClientPages {
    private final ManagementCalls calls;
    private final ClientsController clients;
    private final ConsolePages pages;
    private final ClientPage sheet;
    private final SecondLook look;
    private final Tenants tenants;

    ClientPages(
            ManagementCalls calls,
            ClientsController clients,
            ConsolePages pages,
            ClientPage sheet,
            SecondLook look,
            Tenants tenants) {
        this.calls = calls;
        this.clients = calls.guarded(clients);
        this.pages = pages;
        this.sheet = sheet;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping("/console/clients")
    void list(@RequestParam(defaultValue = "0") int page, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        list(page, null, new Form(Map.of("type", List.of("regular_web")), null), request, response);
    }

    private void list(
            int page, @Nullable String problem, Form form, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> {
            var paging = Paging.page(page, ClientView.Clients.SHOWN).withTotals();
            return clients.list(caller, paging, null);
        });
        var wrong = problem == null && !answer.isGood() ? answer.problem() : problem;
        pages.write(
                response,
                wrong == null ? 200 : 400,
                new ClientView.Clients(
                        PageFrame.of(request, tenants, "clients", wrong).named(Map.of("app_type", "type")),
                        answer.body().path("clients"),
                        form,
                        page,
                        answer.body().path("total").asInt(0)));
    }

    @PostMapping("/console/clients")
    void make(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var typed = Form.typed(request);
        var body = Map.of("name", typed.text("name").strip(), "app_type", typed.text("type"));
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(ClientBodies.New.class, body, client -> clients.create(caller, client));
        if (!answer.isGood()) list(0, answer.problem(), typed, request, response);
        else done(answer.body().path("client_id").asString(""), answer, request, response);
    }

    @GetMapping("/console/clients/{id}")
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        sheet.show(id, Outcome.NONE, request, response);
    }

    @PostMapping("/console/clients/{id}")
    void save(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var typed = Form.typed(request);
        var body = new HashMap<String, @Nullable Object>();
        body.put("name", typed.text("name").strip());
        body.put("description", typed.given("description"));
        body.put("app_type", typed.given("app_type"));
        for (var name : List.of("callbacks", "allowed_logout_urls", "web_origins")) body.put(name, typed.list(name));
        body.put("grant_types", typed.all("grant_types"));
        var method = typed.text("token_endpoint_auth_method");
        if (!method.equals(ClientPage.KEYS)) {
            body.put("token_endpoint_auth_method", method);
            body.put("client_authentication_methods", null);
        }
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(ClientBodies.Change.class, body, change -> clients.update(id, caller, change));
        if (answer.isGood()) done(id, answer, request, response);
        else sheet.show(id, new Outcome(answer.problem(), typed, null), request, response);
    }

    @PostMapping("/console/clients/{id}/secret")
    void rotate(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        if (!sheet.isThere(id, request, response)) return;
        var name = calls.read(() -> clients.read(id, caller, Paging.WHOLE))
                .path("name")
                .asString(id);
        var overlap =
                SecretOverlap.of(request.getParameter("previous_valid_for")).orElse(SecretOverlap.USUAL);
        var risk = Risk.of(
                        "Rotate the client secret of " + name + "?",
                        "Rotate secret",
                        ClientPage.at(id),
                        "The current secret stops working " + overlap.words() + ": then " + name
                                + " is refused until it has the new one.",
                        "The new secret is shown once.")
                .named(name);
        if (!look.confirmed(request, response, "clients", risk)) return;
        var answer = calls.answer(() -> clients.rotate(id, caller, overlap.seconds()));
        if (answer.isGood()) done(id, answer, request, response);
        else sheet.show(id, Outcome.wrong(answer.problem()), request, response);
    }

    /** A link may lead here too: what is sent from the page that asks is a form. */
    @RequestMapping(
            path = "/console/clients/{id}/delete",
            method = {RequestMethod.GET, RequestMethod.POST})
    void delete(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean keys,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var client = calls.answer(() -> clients.read(id, caller, Paging.WHOLE));
        if (!client.isGood()) {
            pages.write(response, client.status(), new View.Stop(client.problem(), false));
            return;
        }
        var name = client.body().path("name").asString(id);
        var back = keys ? "/console/api-keys" : ClientPage.at(id);
        var risk = Risk.of(
                        "Delete " + name + "?",
                        keys ? "Revoke key" : "Delete application",
                        back,
                        "Nobody can sign in through " + name + " (" + id + ") any more.",
                        "Its secret, keys and grants are deleted.",
                        "The Management API refuses its tokens immediately. Tokens for other APIs are valid until they expire.",
                        "This cannot be undone.")
                .named(name);
        if (!look.confirmed(request, response, keys ? "keys" : "clients", risk)) return;
        if (!request.getMethod().equals("POST")) {
            ConsolePages.seeOther(response, back);
            return;
        }
        var answer = calls.done(() -> clients.delete(id, caller));
        if (answer.isGood())
            ConsolePages.seeOther(response, (keys ? "/console/api-keys" : "/console/clients") + "?said=removed");
        else sheet.show(id, Outcome.wrong(answer.problem()), request, response);
    }

    /** A new secret is told at once; it is nowhere to be had again. */
    private void done(String id, Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (answer.body().has("client_secret")) sheet.tell(answer.body(), request, response);
        else ConsolePages.seeOther(response, ClientPage.at(id) + "?said=saved");
    }
}
