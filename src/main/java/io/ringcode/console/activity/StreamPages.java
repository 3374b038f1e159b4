package io.ringcode.console.activity;

import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.StreamView;
import io.ringcode.console.view.StreamView.Listed;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.log.stream.EventCategory;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.log.LogStreamBodies.Created;
import io.ringcode.management.log.LogStreamBodies.Updated;
import io.ringcode.management.log.LogStreamsController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Log streams: where the log is carried to, how far each has come, and what went wrong lately. */
@Controller
class StreamPages {
    private static final String AT = "/console/log-streams";
    private static final String ROOM = "streams";

    private final ManagementCalls calls;
    private final LogStreamsController streams;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    StreamPages(
            ManagementCalls calls, LogStreamsController streams, ConsolePages pages, SecondLook look, Tenants tenants) {
        this.calls = calls;
        this.streams = calls.guarded(streams);
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping(AT)
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> streams.list(caller));
        var listed = answer.isGood()
                ? answer.body().valueStream().map(one -> listed(one, request)).toList()
                : List.<Listed>of();
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new StreamView.Streams(
                        PageFrame.of(request, tenants, ROOM, answer.isGood() ? null : answer.problem()), listed));
    }

    private Listed listed(JsonNode stream, HttpServletRequest request) {
        var id = stream.path("id").asString("");
        return new Listed(
                stream, calls.read(() -> streams.health(id, Visitor.of(request).caller())));
    }

    @GetMapping(AT + "/new")
    void begin(
            @RequestParam(defaultValue = "http") String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        show(null, type, MissingNode.getInstance(), null, null, request, response);
    }

    @PostMapping(AT)
    void create(@RequestParam(defaultValue = "") String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var typed = Form.typed(request);
        var fields = StreamView.TYPES.get(type);
        if (fields == null) {
            pages.write(response, 404, new View.Stop("There is no such type of log stream.", false));
            return;
        }
        var caller = Visitor.of(request).caller();
        var body = StreamForm.body(typed, type, fields, MissingNode.getInstance());
        var answer = calls.answer(Created.class, body, wanted -> streams.create(caller, wanted));
        if (answer.isGood())
            ConsolePages.seeOther(response, at(answer.body().path("id").asString("")) + "?said=saved");
        else show(null, type, MissingNode.getInstance(), answer.problem(), typed, request, response);
    }

    @GetMapping(AT + "/{id}")
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var stream = find(id, request, response);
        if (stream != null) show(id, stream.path("type").asString(""), stream, null, null, request, response);
    }

    @PostMapping(AT + "/{id}")
    void save(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var stream = find(id, request, response);
        if (stream == null) return;
        var type = stream.path("type").asString("");
        var typed = Form.typed(request);
        var fields = StreamView.TYPES.get(type);
        if (fields == null) return;
        change(id, StreamForm.body(typed, type, fields, stream), stream, typed, request, response);
    }

    /** Paused, what happens meanwhile follows when it goes on. */
    @PostMapping(AT + "/{id}/status")
    void status(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String status,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var stream = find(id, request, response);
        if (stream == null) return;
        // What hides people's data would be taken away by a change that does not name it.
        var hidden = stream.path("pii_config");
        Map<String, Object> body =
                hidden.isMissingNode() ? Map.of("status", status) : Map.of("status", status, "pii_config", hidden);
        change(id, body, stream, null, request, response);
    }

    private void change(
            String id,
            Map<String, ?> body,
            JsonNode stream,
            @Nullable Form typed,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(Updated.class, body, wanted -> streams.update(id, caller, wanted));
        if (answer.isGood()) ConsolePages.seeOther(response, at(id) + "?said=saved");
        else show(id, stream.path("type").asString(""), stream, answer.problem(), typed, request, response);
    }

    @PostMapping(AT + "/{id}/delete")
    void delete(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var stream = find(id, request, response);
        if (stream == null) return;
        var name = stream.path("name").asString(id);
        var risk = Risk.of(
                        "Delete the log stream " + name + "?",
                        "Delete log stream",
                        at(id),
                        "Nothing more is sent. Events that were not sent yet are not sent.",
                        "Its credentials are erased here. The log itself stays.",
                        "To stop temporarily, pause it instead. Events written in the meantime are sent later.")
                .named(name);
        if (!look.confirmed(request, response, ROOM, risk)) return;
        var answer = calls.done(() -> streams.delete(id, Visitor.of(request).caller()));
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=removed");
        else show(id, stream.path("type").asString(""), stream, answer.problem(), null, request, response);
    }

    /** @return null where there is none, which has been told */
    private @Nullable JsonNode find(String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var answer = calls.answer(() -> streams.read(id, Visitor.of(request).caller()));
        if (answer.isGood()) return answer.body();
        pages.write(response, answer.status(), new View.Stop(answer.problem(), false));
        return null;
    }

    private void show(
            @Nullable String id,
            String type,
            JsonNode stream,
            @Nullable String problem,
            @Nullable Form typed,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var fields = StreamView.TYPES.get(type);
        if (fields == null) {
            pages.write(response, 404, new View.Stop("There is no such type of log stream.", false));
            return;
        }
        pages.write(
                response,
                problem == null ? 200 : 400,
                new StreamView.Stream(
                        PageFrame.of(request, tenants, ROOM, problem)
                                .with(Complaints.of(problem).as(StreamForm::field)),
                        id,
                        id == null ? null : listed(stream, request),
                        type,
                        fields,
                        typed == null ? StreamForm.shown(stream, fields) : typed,
                        Arrays.stream(EventCategory.values())
                                .map(EventCategory::wire)
                                .toList(),
                        stream.path("sink").path("httpSigningSecret").asString("")));
    }

    private static String at(String id) {
        return AT + "/" + Links.part(id);
    }
}
