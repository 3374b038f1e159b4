package io.ringcode.console.script;

import io.ringcode.console.api.ApiClient;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.management.ManagementCalls.Answer;
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
    private static final String HOOKS = "/hooks";
    private static final String HERE = "/console/hooks/";

    private final ApiClient api;
    private final ConsolePages pages;
    private final Installs installs;
    private final Tenants tenants;
    private final ObjectMapper json;

    HookPages(ApiClient api, ConsolePages pages, Installs installs, Tenants tenants, ObjectMapper json) {
        this.api = api;
        this.pages = pages;
        this.installs = installs;
        this.tenants = tenants;
        this.json = json;
    }

    @GetMapping("/console/hooks")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = api.call(request, response, "GET", HOOKS, null);
        var hooks = answer.isGood() ? answer.body() : json.missingNode();
        var names =
                hooks.valueStream().map(hook -> hook.path("name").asString("")).collect(Collectors.toSet());
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new View.Hooks(
                        PageFrame.of(request, tenants, "hooks", answer.isGood() ? null : answer.problem()),
                        hooks,
                        ScriptExamples.NAMES,
                        installs.all(request, response).stream()
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
        var answer = api.call(request, response, "POST", HOOKS, body);
        if (answer.isGood()) saved(response, answer.body().path("id").asString(""));
        else write(request, response, 400, null, draft, answer.problem(), null);
    }

    @GetMapping("/console/hooks/{id}")
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(id, request, response, 200, null, null);
    }

    @PostMapping("/console/hooks/{id}")
    void update(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var draft = HookDraft.of(request);
        var answer = api.call(request, response, "PATCH", at(id), draft.body());
        if (answer.isGood()) saved(response, id);
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
        done(
                id,
                api.call(request, response, "PATCH", at(id) + "/secrets", Map.of(key.strip(), value)),
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
        done(id, api.send(request, response, "DELETE", at(id) + "/secrets", List.of(key)), request, response);
    }

    /** The message goes out for real. */
    @PostMapping("/console/hooks/{id}/try")
    void attempt(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String recipient,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var body = Map.of("recipient", recipient);
        var answer = api.call(request, response, "POST", at(id) + "/try", body);
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
        var path = at(id) + "/versions/" + Links.part(number) + "/deploy";
        done(id, api.call(request, response, "POST", path, Map.of()), request, response);
    }

    @PostMapping("/console/hooks/{id}/remove")
    void remove(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = api.call(request, response, "DELETE", at(id), null);
        if (answer.isGood()) ConsolePages.seeOther(response, "/console/hooks?said=removed");
        else show(id, request, response, 400, answer.problem(), null);
    }

    private void done(String id, Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (answer.isGood()) saved(response, id);
        else show(id, request, response, 400, answer.problem(), null);
    }

    private static void saved(HttpServletResponse response, String id) {
        ConsolePages.seeOther(response, HERE + Links.part(id) + "?said=saved");
    }

    private void show(
            String id,
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            @Nullable JsonNode ran)
            throws IOException {
        var hook = api.call(request, response, "GET", at(id), null);
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
        var secrets = new ArrayList<String>();
        JsonNode versions = json.missingNode();
        JsonNode executions = versions;
        var stored = "";
        if (id != null) {
            stored = api.read(request, response, at(id)).path("name").asString("");
            for (var member : api.read(request, response, at(id) + "/secrets").properties())
                secrets.add(member.getKey());
            versions = api.read(request, response, at(id) + "/versions").path("versions");
            executions = api.read(request, response, at(id) + "/executions?per_page=10")
                    .path("executions");
        }
        var install = installs.of(id == null ? draft.name() : stored, request, response);
        pages.write(
                response,
                status,
                new View.Hook(
                        PageFrame.of(request, tenants, "hooks", problem),
                        id,
                        stored,
                        install != null && isOver(install, problem, versions) ? null : install,
                        draft.name(),
                        draft.script(),
                        draft.enabled(),
                        draft.dependencies(),
                        secrets,
                        versions,
                        executions,
                        ran));
    }

    /** Once its failure is told as the form's problem, or something was saved since. */
    private static boolean isOver(View.Install install, @Nullable String problem, JsonNode versions) {
        if (!install.state().equals("failed")) return false;
        return (problem != null && problem.contains(install.message()))
                || versions.path(0).path("created_at").asString("").compareTo(install.until()) > 0;
    }

    private static String at(String id) {
        return HOOKS + "/" + Links.part(id);
    }
}
