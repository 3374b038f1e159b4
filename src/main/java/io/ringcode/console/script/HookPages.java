package io.ringcode.console.script;

import io.ringcode.client.Caller;
import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.json.Paging;
import io.ringcode.management.script.HookRunsController;
import io.ringcode.management.script.HookRunsController.Trial;
import io.ringcode.management.script.HookSecretsController;
import io.ringcode.management.script.HookSecretsController.Names;
import io.ringcode.management.script.HookSecretsController.Secrets;
import io.ringcode.management.script.HooksController;
import io.ringcode.management.script.HooksController.HookChange;
import io.ringcode.management.script.HooksController.NewHook;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The tenant's own scripts: written, given secrets and packages, tried, watched, and put back to an earlier version. */
@Controller
class HookPages {
    private static final String HERE = "/console/hooks/";
    private static final int LISTED = 50;
    private static final int RUNS = 10;

    private final ManagementCalls calls;
    private final HooksController hooks;
    private final HookSecretsController secrets;
    private final HookRunsController runs;
    private final ConsolePages pages;
    private final Installs installs;
    private final SecondLook look;
    private final Tenants tenants;
    private final ObjectMapper json;

    HookPages(
            ManagementCalls calls,
            HooksController hooks,
            HookSecretsController secrets,
            HookRunsController runs,
            ConsolePages pages,
            Installs installs,
            SecondLook look,
            Tenants tenants,
            ObjectMapper json) {
        this.calls = calls;
        this.hooks = calls.guarded(hooks);
        this.secrets = calls.guarded(secrets);
        this.runs = calls.guarded(runs);
        this.pages = pages;
        this.installs = installs;
        this.look = look;
        this.tenants = tenants;
        this.json = json;
    }

    @GetMapping("/console/hooks")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = calls.answer(() -> hooks.list(caller(request), Paging.first(LISTED), null, null));
        var listed = answer.isGood() ? answer.body() : json.missingNode();
        var names =
                listed.valueStream().map(hook -> hook.path("name").asString("")).collect(Collectors.toSet());
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new View.Hooks(
                        PageFrame.of(request, tenants, "hooks", answer.isGood() ? null : answer.problem()),
                        listed,
                        ScriptExamples.NAMES,
                        installs.all(caller(request)).stream()
                                .filter(install -> install.underWay() || !names.contains(install.script()))
                                .toList()));
    }

    @GetMapping("/console/hooks/new")
    void begin(
            @RequestParam(defaultValue = "") String example, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var name = example.isEmpty() ? "send phone message" : "send by " + example;
        var draft = new HookDraft(name, ScriptExamples.code(example), true, "");
        write(request, response, 200, null, draft, null, null);
    }

    @PostMapping("/console/hooks")
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var draft = HookDraft.of(request);
        var body = draft.body();
        body.put("triggerId", "send-phone-message");
        var answer = calls.answer(NewHook.class, body, hook -> hooks.create(caller(request), hook));
        if (answer.isGood()) saved(response, answer.body().path("id").asString(""), draft);
        else write(request, response, 400, null, draft, answer.problem(), null);
    }

    @GetMapping("/console/hooks/{id}")
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(id, request, response, 200, null, null);
    }

    @PostMapping("/console/hooks/{id}")
    void update(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var draft = HookDraft.of(request);
        var answer = calls.answer(HookChange.class, draft.body(), change -> hooks.update(caller(request), id, change));
        if (answer.isGood()) saved(response, id, draft);
        else write(request, response, 400, id, draft, answer.problem(), null);
    }

    @PostMapping("/console/hooks/{id}/secrets")
    void secret(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String value,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var given = Map.of(key.strip(), value);
        done(
                id,
                calls.answer(Secrets.class, given, body -> secrets.change(caller(request), id, body)),
                request,
                response);
    }

    @PostMapping("/console/hooks/{id}/secrets/remove")
    void removeSecret(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var risk = Risk.of(
                "Remove the secret " + key + "?",
                "Remove secret",
                HERE + Links.part(id),
                "The script can no longer read it. Messages that need it are not sent.",
                "Its value is not kept anywhere else on this server.");
        if (!look.confirmed(request, response, "hooks", risk)) return;
        var answer = calls.done(() -> secrets.remove(caller(request), id, calls.body(Names.class, List.of(key))));
        done(id, answer, request, response);
    }

    /** The message goes out for real. */
    @PostMapping("/console/hooks/{id}/try")
    void attempt(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String recipient,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var answer = calls.answer(
                Trial.class, Map.of("recipient", recipient), trial -> runs.tryOut(caller(request), id, trial));
        if (answer.isGood()) show(id, request, response, 200, null, answer.body());
        else show(id, request, response, 400, answer.problem(), null);
    }

    @PostMapping("/console/hooks/{id}/versions/{number}")
    void goBack(
            @PathVariable String id,
            @PathVariable String number,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        done(id, calls.answer(() -> runs.deploy(caller(request), id, number)), request, response);
    }

    @PostMapping("/console/hooks/{id}/remove")
    void remove(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var hook = read(caller(request), id);
        if (!hook.isGood()) {
            show(id, request, response, 400, hook.problem(), null);
            return;
        }
        var name = hook.body().path("name").asString("");
        var runs = hook.body().path("enabled").asBoolean(false);
        var risk = Risk.of(
                        "Delete the script " + name + "?",
                        "Delete script",
                        HERE + Links.part(id),
                        runs
                                ? "It is on. If messages are delivered by a script, none are sent until another script is turned on."
                                : "It is off, so no messages depend on it.",
                        "All of its versions, secrets and recorded runs are deleted.",
                        "This cannot be undone.")
                .named(name);
        if (!look.confirmed(request, response, "hooks", risk)) return;
        var answer = calls.done(() -> hooks.delete(caller(request), id));
        if (answer.isGood()) ConsolePages.seeOther(response, "/console/hooks?said=removed");
        else show(id, request, response, 400, answer.problem(), null);
    }

    private void done(String id, Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (answer.isGood()) saved(response, id, "saved");
        else show(id, request, response, 400, answer.problem(), null);
    }

    /** A script that is off is kept and does nothing. */
    private static void saved(HttpServletResponse response, String id, HookDraft draft) {
        saved(response, id, draft.enabled() ? "saved" : "switched-off");
    }

    private static void saved(HttpServletResponse response, String id, String said) {
        ConsolePages.seeOther(response, HERE + Links.part(id) + "?said=" + said);
    }

    private void show(
            String id,
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            @Nullable JsonNode ran)
            throws IOException {
        var hook = read(caller(request), id);
        if (!hook.isGood()) {
            pages.write(response, hook.status(), new View.Stop(hook.problem(), false));
            return;
        }
        var packages = new ArrayList<String>();
        for (var member : hook.body().path("dependencies").properties())
            packages.add(member.getKey() + "@" + member.getValue().asString(""));
        var stored = new HookDraft(
                hook.body().path("name").asString(""),
                hook.body().path("script").asString(""),
                hook.body().path("enabled").asBoolean(false),
                String.join("\n", packages));
        write(request, response, status, id, stored, problem, ran);
    }

    private void write(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String id,
            HookDraft draft,
            @Nullable String problem,
            @Nullable JsonNode ran)
            throws IOException {
        var names = new ArrayList<String>();
        JsonNode versions = json.missingNode();
        JsonNode executions = versions;
        var stored = "";
        if (id != null) {
            stored = read(caller(request), id).body().path("name").asString("");
            for (var member :
                    calls.read(() -> secrets.names(caller(request), id)).properties()) names.add(member.getKey());
            versions = calls.read(() -> runs.versions(caller(request), id)).path("versions");
            executions = calls.read(() -> runs.executions(caller(request), id, Paging.first(RUNS)))
                    .path("executions");
        }
        var install = installs.of(id == null ? draft.name() : stored, caller(request));
        pages.write(
                response,
                status,
                new View.Hook(
                        PageFrame.of(request, tenants, "hooks", problem).with(complaints(request, problem)),
                        id,
                        stored,
                        install != null && Installs.isOver(install, problem, versions) ? null : install,
                        draft.name(),
                        draft.script(),
                        draft.enabled(),
                        draft.dependencies(),
                        names,
                        versions,
                        executions,
                        ran));
    }

    private static Complaints complaints(HttpServletRequest request, @Nullable String problem) {
        var complaints = Complaints.of(problem);
        if (problem != null && problem.startsWith("There is already one")) return Complaints.of("name", problem);
        if (problem == null || !request.getRequestURI().endsWith("/secrets")) return complaints;
        return complaints.byField().isEmpty() ? Complaints.of("key", problem) : complaints.as(_ -> "value");
    }

    private static Caller caller(HttpServletRequest request) {
        return Visitor.of(request).caller();
    }

    private Answer read(Caller caller, String id) {
        return calls.answer(() -> hooks.get(caller, id, Paging.first(1)));
    }
}
