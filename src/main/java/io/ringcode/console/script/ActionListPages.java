package io.ringcode.console.script;

import io.ringcode.action.Trigger;
import io.ringcode.client.Caller;
import io.ringcode.console.view.ActionsView;
import io.ringcode.console.view.ActionsView.OfTrigger;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** Which actions run at which trigger, and in which order. */
@Controller
class ActionListPages {
    private static final List<Trigger> TRIGGERS = Stream.concat(
                    Stream.of(Trigger.POST_LOGIN),
                    Stream.of(Trigger.values()).filter(trigger -> trigger != Trigger.POST_LOGIN))
            .toList();

    private final ActionCalls calls;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    ActionListPages(ActionCalls calls, ConsolePages pages, SecondLook look, Tenants tenants) {
        this.calls = calls;
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping(ActionPages.AT)
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, null);
    }

    @PostMapping(ActionPages.AT + "/bind")
    void bind(
            @RequestParam(defaultValue = "") String trigger,
            @RequestParam(defaultValue = "") String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        change(trigger, request, response, ids -> {
            if (!ids.contains(id)) ids.add(id);
        });
    }

    @PostMapping(ActionPages.AT + "/up")
    void up(
            @RequestParam(defaultValue = "") String trigger,
            @RequestParam(defaultValue = "") String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        change(trigger, request, response, ids -> {
            int at = ids.indexOf(id);
            if (at > 0) Collections.swap(ids, at, at - 1);
        });
    }

    @PostMapping(ActionPages.AT + "/unbind")
    void unbind(
            @RequestParam(defaultValue = "") String trigger,
            @RequestParam(defaultValue = "") String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var risk = Risk.of(
                "Remove this action from its trigger?",
                "Remove from trigger",
                ActionPages.AT,
                "It no longer runs: what it refuses or requires now, it does not any more.",
                "The action is kept and can be bound again.");
        if (!look.confirmed(request, response, ActionPages.ROOM, risk)) return;
        change(trigger, request, response, ids -> ids.remove(id));
    }

    private void change(
            String trigger, HttpServletRequest request, HttpServletResponse response, Consumer<List<String>> change)
            throws IOException {
        var of = Trigger.of(trigger);
        if (of.isEmpty()) {
            pages.write(response, 404, new View.Stop("That trigger does not exist.", false));
            return;
        }
        var caller = Visitor.of(request).caller();
        var ids = new ArrayList<>(
                calls.bound(caller, of.get()).stream().map(ActionListPages::id).toList());
        change.accept(ids);
        var answer = calls.bind(caller, of.get(), ids);
        if (answer.isGood()) ConsolePages.seeOther(response, ActionPages.AT + "?said=saved");
        else show(request, response, answer.problem());
    }

    private void show(HttpServletRequest request, HttpServletResponse response, @Nullable String problem)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.list(caller);
        var told = problem == null && !answer.isGood() ? answer.problem() : problem;
        var all = answer.body().path("actions").valueStream().toList();
        pages.write(
                response,
                told == null ? 200 : 400,
                new ActionsView.Actions(
                        PageFrame.of(request, tenants, ActionPages.ROOM, told),
                        answer.isGood()
                                ? TRIGGERS.stream()
                                        .map(trigger -> of(trigger, all, caller))
                                        .toList()
                                : List.of()));
    }

    private OfTrigger of(Trigger trigger, List<JsonNode> all, Caller caller) {
        var bound = calls.bound(caller, trigger);
        var ids = bound.stream().map(ActionListPages::id).toList();
        return new OfTrigger(
                trigger,
                bound,
                all.stream()
                        .filter(action -> action.path("supported_triggers")
                                .path(0)
                                .path("id")
                                .asString("")
                                .equals(trigger.id()))
                        .filter(action -> !ids.contains(id(action)))
                        .toList());
    }

    private static String id(JsonNode action) {
        return action.path("id").asString("");
    }
}
