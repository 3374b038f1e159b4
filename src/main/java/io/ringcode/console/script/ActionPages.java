package io.ringcode.console.script;

import io.ringcode.action.Trigger;
import io.ringcode.client.Caller;
import io.ringcode.console.view.ActionsView;
import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** An action: its code, secrets and packages, tested, deployed, put back to an earlier version, deleted. */
@Controller
class ActionPages {
    static final String AT = "/console/actions";
    static final String ROOM = "actions";
    private static final String ONE = AT + "/{id}";
    private static final String EVENT = """
            {"user": {"user_id": "auth0|1", "email": "ada@example.com"}, "client": {"name": "App"}}""";

    /** What the API calls fields that the page calls otherwise. */
    private static final Map<String, String> FIELDS = Map.of(
            "dependencies.name", "dependencies",
            "dependencies.version", "dependencies",
            "secrets", "key",
            "secrets.name", "key",
            "secrets.value", "value");

    private final ActionCalls calls;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;
    private final ObjectMapper json;

    ActionPages(ActionCalls calls, ConsolePages pages, SecondLook look, Tenants tenants, ObjectMapper json) {
        this.calls = calls;
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
        this.json = json;
    }

    @GetMapping(AT + "/new")
    void begin(
            @RequestParam(defaultValue = "post-login") String trigger,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var of = Trigger.of(trigger);
        if (of.isEmpty()) {
            pages.write(response, 404, new View.Stop("That trigger does not exist.", false));
            return;
        }
        var code = "exports." + of.get().entry() + " = async (event, api) => {\n};\n";
        var form = new Form(Map.of("code", List.of(code)), null);
        write(request, response, null, of.get(), form, json.missingNode());
    }

    @PostMapping(AT)
    void create(
            @RequestParam(defaultValue = "") String trigger, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var of = Trigger.of(trigger);
        if (of.isEmpty()) {
            pages.write(response, 404, new View.Stop("That trigger does not exist.", false));
            return;
        }
        var typed = Form.typed(request);
        var answer = calls.create(caller(request), of.get(), typed);
        if (answer.isGood()) saved(response, answer.body().path("id").asString(""), "saved-not-deployed");
        else write(request, response, null, of.get(), typed, answer);
    }

    @GetMapping(ONE)
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(id, null, null, request, response);
    }

    @PostMapping(ONE)
    void update(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = calls.update(caller(request), id, Form.typed(request));
        if (answer.isGood()) saved(response, id, "saved-not-deployed");
        else show(id, answer, null, request, response);
    }

    @PostMapping(ONE + "/deploy")
    void deploy(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        done(id, "deployed", calls.deploy(caller(request), id), request, response);
    }

    @PostMapping(ONE + "/versions/{version}")
    void goBack(
            @PathVariable String id,
            @PathVariable String version,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        done(id, "deployed", calls.deploy(caller(request), id, version), request, response);
    }

    @PostMapping(ONE + "/secrets")
    void secret(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String value,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        done(id, "saved", calls.secret(caller(request), id, key.strip(), value), request, response);
    }

    @PostMapping(ONE + "/secrets/remove")
    void removeSecret(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var risk = Risk.of(
                "Remove the secret " + key + "?",
                "Remove secret",
                at(id),
                "The action can no longer read it, from its next run on.",
                "Its value is not kept anywhere else on this server.");
        if (!look.confirmed(request, response, ROOM, risk)) return;
        done(id, "saved", calls.secret(caller(request), id, key, null), request, response);
    }

    @PostMapping(ONE + "/test")
    void test(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String payload,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var answer = calls.test(caller(request), id, payload);
        if (answer.isGood()) show(id, null, answer.body().path("payload"), request, response);
        else show(id, answer, null, request, response);
    }

    @PostMapping(ONE + "/remove")
    void remove(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = caller(request);
        var action = calls.read(caller, id);
        if (!action.isGood()) {
            show(id, null, null, request, response);
            return;
        }
        var name = action.body().path("name").asString("");
        var runs = calls.bound(caller, trigger(action.body())).stream()
                .anyMatch(one -> one.path("id").asString("").equals(id));
        var risk = Risk.of(
                        "Delete the action " + name + "?",
                        "Delete action",
                        at(id),
                        runs
                                ? "It is bound to its trigger and no longer runs: what it refuses or requires now, it does not any more."
                                : "It is not bound to its trigger, so nothing depends on it.",
                        "All of its versions, secrets and recorded runs are deleted.",
                        "This cannot be undone.")
                .named(name);
        if (!look.confirmed(request, response, ROOM, risk)) return;
        var answer = calls.delete(caller, id);
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=removed");
        else show(id, answer, null, request, response);
    }

    private void done(String id, String said, Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (answer.isGood()) saved(response, id, said);
        else show(id, answer, null, request, response);
    }

    private static void saved(HttpServletResponse response, String id, String said) {
        ConsolePages.seeOther(response, at(id) + "?said=" + said);
    }

    private static String at(String id) {
        return AT + "/" + Links.part(id);
    }

    private static Caller caller(HttpServletRequest request) {
        return Visitor.of(request).caller();
    }

    private static Trigger trigger(JsonNode action) {
        return Trigger.of(action.path("supported_triggers").path(0).path("id").asString(""))
                .orElse(Trigger.POST_LOGIN);
    }

    /** @param refused what the form was answered; null where nothing was wrong */
    private void show(
            String id,
            @Nullable Answer refused,
            @Nullable JsonNode ran,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var action = calls.read(caller(request), id);
        if (!action.isGood()) {
            pages.write(response, action.status(), new View.Stop(action.problem(), false));
            return;
        }
        var typed = Form.typed(request);
        var packages = action.body()
                .path("dependencies")
                .valueStream()
                .map(one -> one.path("name").asString("") + "@"
                        + one.path("version").asString(""))
                .toList();
        var stored = Form.stored(action.body()).with("dependencies", packages);
        var form = refused != null && request.getParameter("code") != null ? typed : stored;
        var problem = refused == null ? null : refused.problem();
        var secrets = action.body()
                .path("secrets")
                .valueStream()
                .map(one -> one.path("name").asString(""))
                .toList();
        var payload = typed.text("payload");
        pages.write(
                response,
                refused == null ? 200 : 400,
                new ActionsView.Action(
                        frame(request, problem),
                        id,
                        trigger(action.body()),
                        form,
                        action.body(),
                        secrets,
                        calls.versions(caller(request), id),
                        calls.executions(caller(request), id),
                        payload.isEmpty() ? EVENT : payload,
                        ran));
    }

    private void write(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable String id,
            Trigger trigger,
            Form form,
            JsonNode none)
            throws IOException {
        write(request, response, id, trigger, form, new Answer(200, none));
    }

    private void write(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable String id,
            Trigger trigger,
            Form form,
            Answer answer)
            throws IOException {
        var none = json.missingNode();
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new ActionsView.Action(
                        frame(request, answer.isGood() ? null : answer.problem()),
                        id,
                        trigger,
                        form,
                        none,
                        List.of(),
                        none,
                        none,
                        EVENT,
                        null));
    }

    private PageFrame frame(HttpServletRequest request, @Nullable String problem) {
        var frame = PageFrame.of(request, tenants, ROOM, problem);
        if (problem != null && problem.startsWith("There is already one"))
            return frame.with(Complaints.of("name", problem));
        return frame.with(Complaints.of(problem).as(FIELDS));
    }
}
