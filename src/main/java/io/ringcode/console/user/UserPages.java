package io.ringcode.console.user;

import io.ringcode.authorization.Issuers;
import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.UserQuery;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.json.Paging;
import io.ringcode.management.user.AuthenticationMethodsController;
import io.ringcode.management.user.EnrollmentsController;
import io.ringcode.management.user.EnrollmentsController.TicketRequest;
import io.ringcode.management.user.UserBlocksController;
import io.ringcode.management.user.UsersController;
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
import org.springframework.web.bind.annotation.RequestParam;

/** Users: found by address, name or number, and what an administrator may do for one who is stuck. */
@Controller
class UserPages {
    private static final int SHOWN = 25;

    private static final int METHODS = 50;

    private final ManagementCalls calls;
    private final UsersController users;
    private final AuthenticationMethodsController methods;
    private final EnrollmentsController enrollments;
    private final UserBlocksController blocks;
    private final Issuers issuers;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    UserPages(
            ManagementCalls calls,
            UsersController users,
            AuthenticationMethodsController methods,
            EnrollmentsController enrollments,
            UserBlocksController blocks,
            Issuers issuers,
            ConsolePages pages,
            SecondLook look,
            Tenants tenants) {
        this.calls = calls;
        this.users = calls.guarded(users);
        this.methods = calls.guarded(methods);
        this.enrollments = calls.guarded(enrollments);
        this.blocks = calls.guarded(blocks);
        this.issuers = issuers;
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping("/console/users")
    void list(@RequestParam(defaultValue = "") String q, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var query = q.isBlank() ? null : UserQuery.of(q);
        var order = query == null ? "created_at:-1" : null;
        var answer = calls.answer(() -> users.list(caller, Paging.first(SHOWN), query, null, order));
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new View.Users(
                        PageFrame.of(request, tenants, "users", answer.isGood() ? null : answer.problem()),
                        answer.isGood() ? answer.body() : answer.body().path("none"),
                        q));
    }

    @GetMapping("/console/users/{id}")
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(id, request, response, 200, null, null);
    }

    private void show(
            String id,
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            View.@Nullable Told told)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var user = calls.answer(() -> users.read(id, caller, Paging.first(1)));
        if (!user.isGood()) {
            pages.write(response, user.status(), new View.Stop(user.problem(), false));
            return;
        }
        var blocked = calls.read(() -> blocks.read(id, caller)).path("blocked_for");
        pages.write(
                response,
                status,
                new View.User(
                        PageFrame.of(request, tenants, "users", problem),
                        user.body(),
                        calls.read(() -> methods.list(id, caller, Paging.first(METHODS))),
                        !blocked.isEmpty(),
                        told));
    }

    @PostMapping("/console/users/{id}/authenticators/{method}/remove")
    void remove(
            @PathVariable String id,
            @PathVariable String method,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        int left = calls.read(() -> methods.list(id, caller, Paging.first(METHODS)))
                        .size()
                - 1;
        var risk = Risk.of(
                "Remove this authenticator of " + name(id, caller) + "?",
                "Remove authenticator",
                at(id),
                "It can no longer be used to sign in, and sessions that used it end.",
                left <= 0
                        ? "It is the last one. At the next sign-in " + name(id, caller) + " has to enroll again."
                        : count(left, "other authenticator") + " stay in use.");
        if (!look.confirmed(request, response, "users", risk)) return;
        done(id, "removed", calls.done(() -> methods.delete(id, method, caller)), request, response);
    }

    @PostMapping("/console/users/{id}/reset")
    void reset(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        int all = calls.read(() -> methods.list(id, caller, Paging.first(METHODS)))
                .size();
        var name = name(id, caller);
        var risk = Risk.of(
                        "Remove all authenticators of " + name + "?",
                        "Remove " + count(all, "authenticator"),
                        at(id),
                        count(all, "authenticator") + " and the recovery code are removed for good.",
                        "Sessions that used them end.",
                        "Anyone who signs in with the password next can enroll their own phone. Make sure that you know who is asking.")
                .named(name);
        if (!look.confirmed(request, response, "users", risk)) return;
        done(id, "removed", calls.done(() -> enrollments.deleteAll(id, caller)), request, response);
    }

    @PostMapping("/console/users/{id}/unlock")
    void unlock(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        done(id, "unlocked", calls.done(() -> blocks.delete(id, caller)), request, response);
    }

    @PostMapping("/console/users/{id}/recovery-code")
    void recoveryCode(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var risk = Risk.of(
                "Create a new recovery code for " + name(id, caller) + "?",
                "Make a new code",
                at(id),
                "The user's current recovery code stops working.",
                "The new one is shown here once. Anyone who has it and the password can sign in.");
        if (!look.confirmed(request, response, "users", risk)) return;
        var answer = calls.answer(() -> enrollments.regenerate(id, caller));
        tell(id, "New recovery code", "recovery_code", answer, request, response);
    }

    @PostMapping("/console/users/{id}/link")
    void link(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = Map.of("user_id", id, "allow_multiple_enrollments", true);
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(
                TicketRequest.class, body, wanted -> enrollments.ticket(caller, wanted, issuers.at(request)));
        tell(id, "Enrollment link, valid for five days", "ticket_url", answer, request, response);
    }

    private String name(String id, Caller caller) {
        return calls.read(() -> users.read(id, caller, Paging.first(1)))
                .path("email")
                .asString(id);
    }

    private static String at(String id) {
        return "/console/users/" + Links.part(id);
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private void tell(
            String id,
            String what,
            String member,
            Answer answer,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (answer.isGood())
            show(
                    id,
                    request,
                    response,
                    200,
                    null,
                    new View.Told(what, answer.body().path(member).asString("")));
        else show(id, request, response, 400, answer.problem(), null);
    }

    private void done(String id, String said, Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (answer.isGood()) ConsolePages.seeOther(response, at(id) + "?said=" + said);
        else show(id, request, response, 400, answer.problem(), null);
    }
}
