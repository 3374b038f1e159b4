package io.ringcode.console.user;

import io.ringcode.authorization.Issuers;
import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.tenant.AdministratorsController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The list of administrators, and invitations for more. */
@Controller
class AdministratorPages {
    private final ManagementCalls calls;
    private final AdministratorsController administrators;
    private final Issuers issuers;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    AdministratorPages(
            ManagementCalls calls,
            AdministratorsController administrators,
            Issuers issuers,
            ConsolePages pages,
            SecondLook look,
            Tenants tenants) {
        this.calls = calls;
        this.administrators = calls.guarded(administrators);
        this.issuers = issuers;
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping("/console/administrators")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, null, null);
    }

    @PostMapping("/console/administrators/link")
    void link(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(
                AdministratorsController.NewLink.class,
                Map.of(),
                body -> administrators.link(caller, body, issuers.at(request)));
        if (answer.isGood())
            show(request, response, null, answer.body().path("url").asString(""));
        else show(request, response, answer, null);
    }

    @PostMapping("/console/administrators/{id}/remove")
    void remove(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var name = name(id, caller);
        var risk = Risk.of(
                "Remove " + name + " as an administrator?",
                "Remove administrator",
                "/console/administrators",
                name + " is shut out of the console with the next click.",
                "The account is kept and can still sign in to applications.",
                "To come back, " + name + " needs a new invitation link.");
        if (!look.confirmed(request, response, "administrators", risk)) return;
        var answer = calls.done(() -> administrators.remove(id, caller));
        if (answer.isGood()) ConsolePages.seeOther(response, "/console/administrators?said=removed");
        else show(request, response, answer, null);
    }

    private String name(String id, Caller caller) {
        return calls.read(() -> administrators.list(caller))
                .valueStream()
                .filter(one -> one.path("user_id").asString("").equals(id))
                .map(one -> one.path("email").asString(id))
                .findFirst()
                .orElse(id);
    }

    private void show(
            HttpServletRequest request, HttpServletResponse response, @Nullable Answer refused, @Nullable String link)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var list = calls.answer(() -> administrators.list(caller));
        var wrong = refused == null && !list.isGood() ? list : refused;
        pages.write(
                response,
                wrong == null ? 200 : 400,
                new View.Administrators(
                        PageFrame.of(request, tenants, "administrators", wrong == null ? null : wrong.problem()),
                        list.isGood() ? list.body() : list.body().path("none"),
                        link));
    }
}
