package io.ringcode.console.user;

import io.ringcode.console.api.ApiClient;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.tenant.Tenants;
import io.ringcode.text.Typed;
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

    private final ApiClient api;
    private final ConsolePages pages;
    private final Tenants tenants;

    UserPages(ApiClient api, ConsolePages pages, Tenants tenants) {
        this.api = api;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/users")
    void list(@RequestParam(defaultValue = "") String q, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var path = "/users?per_page=" + SHOWN + (q.isBlank() ? "&sort=created_at:-1" : "&q=" + Links.part(query(q)));
        var answer = api.call(request, response, "GET", path, null);
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new View.Users(
                        PageFrame.of(request, tenants, "users", answer.isGood() ? null : answer.problem()),
                        answer.isGood() ? answer.body() : answer.body().path("none"),
                        q));
    }

    /** What people type, in the API's language. */
    static String query(String typed) {
        var text = new Typed(typed).name();
        var number = new Typed(typed).number();
        if (number.matches("\\+[0-9]{6,15}"))
            return "phone_number:\"" + number + "\" OR authenticators.phone_number:\"" + number + "\"";
        var digits = number.replaceFirst("^[xX…*•]+", "");
        if (digits.matches("[0-9]{4}")) return "authenticators.last_digits:" + digits;
        var term = text.replaceAll("([^\\p{L}\\p{N}@._])", "\\\\$1") + "*";
        return text.contains("@") ? "email:" + term : "name:" + term + " OR email:" + term;
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
        var user = api.call(request, response, "GET", at(id), null);
        if (!user.isGood()) {
            pages.write(response, user.status(), new View.Stop(user.problem(), false));
            return;
        }
        var blocks = api.read(request, response, "/user-blocks/" + Links.part(id));
        pages.write(
                response,
                status,
                new View.User(
                        PageFrame.of(request, tenants, "users", problem),
                        user.body(),
                        api.read(request, response, at(id) + "/authentication-methods"),
                        !blocks.path("blocked_for").isEmpty(),
                        told));
    }

    @PostMapping("/console/users/{id}/authenticators/{method}/remove")
    void remove(
            @PathVariable String id,
            @PathVariable String method,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var path = at(id) + "/authentication-methods/" + Links.part(method);
        done(id, "removed", api.call(request, response, "DELETE", path, null), request, response);
    }

    @PostMapping("/console/users/{id}/reset")
    void reset(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        done(id, "removed", api.call(request, response, "DELETE", at(id) + "/authenticators", null), request, response);
    }

    @PostMapping("/console/users/{id}/unlock")
    void unlock(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = api.call(request, response, "DELETE", "/user-blocks/" + Links.part(id), null);
        done(id, "unlocked", answer, request, response);
    }

    @PostMapping("/console/users/{id}/recovery-code")
    void recoveryCode(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var answer = api.call(request, response, "POST", at(id) + "/recovery-code-regeneration", Map.of());
        tell(id, "New recovery code", "recovery_code", answer, request, response);
    }

    @PostMapping("/console/users/{id}/link")
    void link(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = Map.of("user_id", id, "allow_multiple_enrollments", true);
        var answer = api.call(request, response, "POST", "/guardian/enrollments/ticket", body);
        tell(id, "Link to enrol by, good for five days", "ticket_url", answer, request, response);
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
        if (answer.isGood()) ConsolePages.seeOther(response, "/console" + at(id) + "?said=" + said);
        else show(id, request, response, 400, answer.problem(), null);
    }

    private static String at(String id) {
        return "/users/" + Links.part(id);
    }
}
