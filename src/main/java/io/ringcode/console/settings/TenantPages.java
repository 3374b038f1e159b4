package io.ringcode.console.settings;

import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.TenantsView;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.json.Paging;
import io.ringcode.management.tenant.TenantsController;
import io.ringcode.management.tenant.TenantsController.NewTenant;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;

/** The installation's tenants, for administrators of the default one: made and deleted. */
@Controller
class TenantPages {
    private static final String AT = "/console/tenants";
    private static final String ROOM = "settings";
    private static final int LISTED = 100;
    private static final Form EMPTY = new Form(Map.of(), null);

    private final ManagementCalls calls;
    private final TenantsController controller;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    TenantPages(
            ManagementCalls calls, TenantsController controller, ConsolePages pages, SecondLook look, Tenants tenants) {
        this.calls = calls;
        this.controller = calls.guarded(controller);
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping(AT)
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, null, EMPTY, null);
    }

    @PostMapping(AT)
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var typed = Form.typed(request);
        var body = new HashMap<String, @Nullable Object>();
        body.put("name", typed.text("name").strip());
        body.put("domain", typed.text("domain").strip());
        body.put("friendly_name", typed.given("friendly_name"));
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(NewTenant.class, body, wanted -> controller.create(caller, wanted));
        if (answer.isGood()) show(request, response, null, EMPTY, answer.body());
        else show(request, response, answer.problem(), typed, null);
    }

    @PostMapping(AT + "/{name}/remove")
    void remove(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var tenant = calls.answer(() -> controller.read(name, caller));
        if (!tenant.isGood()) {
            pages.write(response, tenant.status(), new View.Stop(tenant.problem(), false));
            return;
        }
        var risk = Risk.of(
                        "Delete the tenant " + name + "?",
                        "Delete tenant",
                        AT,
                        "All of its users, authenticators, applications, keys, settings and messages are deleted, and its log.",
                        "Its administrators and applications are shut out at once, and nobody can sign in at "
                                + tenant.body().path("domain").asString(name) + ".",
                        "This cannot be undone.")
                .named(name);
        if (!look.confirmed(request, response, ROOM, risk)) return;
        var answer = calls.done(() -> controller.delete(name, caller));
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=removed");
        else show(request, response, answer.problem(), EMPTY, null);
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable String problem,
            Form typed,
            @Nullable JsonNode made)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var list = calls.answer(() -> controller.list(caller, Paging.first(LISTED)));
        if (!list.isGood()) {
            pages.write(response, list.status(), new View.Stop(list.problem(), false));
            return;
        }
        var complaints = problem != null && problem.startsWith("A tenant with this name")
                ? Complaints.of("name", problem)
                : Complaints.of(problem);
        pages.write(
                response,
                problem == null ? 200 : 400,
                new TenantsView.Tenants(
                        PageFrame.of(request, tenants, ROOM, problem).with(complaints),
                        list.body().valueStream().toList(),
                        typed,
                        made));
    }
}
