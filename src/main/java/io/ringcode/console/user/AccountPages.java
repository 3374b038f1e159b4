package io.ringcode.console.user;

import io.ringcode.client.Connections;
import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.json.Paging;
import io.ringcode.management.user.UsersController;
import io.ringcode.management.user.UsersController.NewUserBody;
import io.ringcode.management.user.UsersController.UserChange;
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

/** A user's account: created, blocked and let in again, deleted. */
@Controller
class AccountPages {
    private static final String ROOM = "users";

    private final ManagementCalls calls;
    private final UsersController users;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    AccountPages(ManagementCalls calls, UsersController users, ConsolePages pages, SecondLook look, Tenants tenants) {
        this.calls = calls;
        this.users = calls.guarded(users);
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping("/console/users/new")
    void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(request, response, null);
    }

    @PostMapping("/console/users/new")
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var typed = Form.typed(request);
        var body = new HashMap<String, Object>();
        body.put("connection", Connections.DEFAULT);
        body.put("email", typed.text("email").strip());
        body.put("email_verified", typed.on("email_verified"));
        for (var name : new String[] {"name", "password"})
            if (typed.given(name) != null) body.put(name, typed.text(name));
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(NewUserBody.class, body, wanted -> users.create(caller, wanted));
        if (answer.isGood())
            ConsolePages.seeOther(response, at(answer.body().path("user_id").asString("")) + "?said=created");
        else write(request, response, answer.problem());
    }

    private void write(HttpServletRequest request, HttpServletResponse response, @Nullable String problem)
            throws IOException {
        pages.write(
                response,
                problem == null ? 200 : 400,
                new View.NewUser(
                        PageFrame.of(request, tenants, ROOM, problem).with(complaints(problem)), Form.typed(request)));
    }

    /** What Auth0 says of a password and of an address that is taken does not name the field. */
    private static Complaints complaints(@Nullable String problem) {
        if (problem == null) return Complaints.NONE;
        if (problem.startsWith("PasswordStrengthError")) return Complaints.of("password", "Use at least 8 characters.");
        if (problem.startsWith("PasswordDictionaryError"))
            return Complaints.of("password", "This password is too common. Choose another one.");
        if (problem.startsWith("The user already exists"))
            return Complaints.of("email", "There is already a user with this email address.");
        return Complaints.of(problem);
    }

    @PostMapping("/console/users/{id}/block")
    void block(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = name(id, request, response);
        if (name == null) return;
        var risk = Risk.of(
                "Block " + name + "?",
                "Block user",
                at(id),
                name + " cannot sign in to any application until unblocked.",
                "Sessions and refresh tokens end. Access tokens are valid until they expire.");
        if (look.confirmed(request, response, ROOM, risk)) set(id, true, request, response);
    }

    @PostMapping("/console/users/{id}/unblock")
    void unblock(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        set(id, false, request, response);
    }

    private void set(String id, boolean blocked, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var answer =
                calls.answer(UserChange.class, Map.of("blocked", blocked), change -> users.update(id, caller, change));
        done(answer, at(id) + "?said=" + (blocked ? "blocked" : "unblocked"), response);
    }

    @PostMapping("/console/users/{id}/delete")
    void delete(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = name(id, request, response);
        if (name == null) return;
        var risk = Risk.of(
                        "Delete " + name + "?",
                        "Delete user",
                        at(id),
                        "The account, its password and all of its authenticators are deleted.",
                        "Sessions and refresh tokens end. Log entries are kept.",
                        "This cannot be undone.")
                .named(name);
        if (!look.confirmed(request, response, ROOM, risk)) return;
        done(calls.done(() -> users.delete(id, Visitor.of(request).caller())), "/console/users?said=removed", response);
    }

    private void done(Answer answer, String address, HttpServletResponse response) throws IOException {
        if (answer.isGood()) ConsolePages.seeOther(response, address);
        else pages.write(response, answer.status(), new View.Stop(answer.problem(), false));
    }

    /** @return null where there is no such user, which has been told */
    private @Nullable String name(String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var user = calls.answer(() -> users.read(id, Visitor.of(request).caller(), Paging.first(1)));
        if (user.isGood()) return user.body().path("email").asString(id);
        pages.write(response, user.status(), new View.Stop(user.problem(), false));
        return null;
    }

    private static String at(String id) {
        return "/console/users/" + Links.part(id);
    }
}
