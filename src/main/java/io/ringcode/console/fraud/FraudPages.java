package io.ringcode.console.fraud;

import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.FraudView;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.json.Paging;
import io.ringcode.management.phone.BudgetsController;
import io.ringcode.management.phone.FraudDecisionsController;
import io.ringcode.management.phone.FraudRulesController;
import io.ringcode.management.phone.FraudScopesController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;

/** The fraud guard: the brake, what happens now, blocked scopes, rules and the last decisions. */
@Controller
class FraudPages {
    private static final int SHOWN = 25;
    private static final Map<String, Duration> TIMES =
            Map.of("hour", Duration.ofHours(1), "day", Duration.ofDays(1), "week", Duration.ofDays(7));

    private final ManagementCalls calls;
    private final FraudRulesController rules;
    private final FraudScopesController scopes;
    private final FraudDecisionsController decisions;
    private final BudgetsController budgets;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;
    private final Carriers carriers;
    private final Clock clock;

    FraudPages(
            ManagementCalls calls,
            FraudRulesController rules,
            FraudScopesController scopes,
            FraudDecisionsController decisions,
            BudgetsController budgets,
            ConsolePages pages,
            SecondLook look,
            Tenants tenants,
            Carriers carriers,
            Clock clock) {
        this.calls = calls;
        this.rules = calls.guarded(rules);
        this.scopes = calls.guarded(scopes);
        this.decisions = calls.guarded(decisions);
        this.budgets = calls.guarded(budgets);
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
        this.carriers = carriers;
        this.clock = clock;
    }

    @GetMapping("/console/fraud")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, null, Map.of(), null);
    }

    @PostMapping("/console/fraud/brake")
    void brake(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var on = Form.typed(request).on("on");
        if (on) {
            var risk = Risk.of(
                    "Stop all sending?",
                    "Stop all sending",
                    "/console/fraud",
                    "Within a second no server sends any messages: no codes, retries or test messages.",
                    "People who have another second factor can still sign in. Others cannot.",
                    "Until an administrator resumes sending.");

            if (!look.confirmed(request, response, "fraud", risk)) return;
        }
        var answer = calls.answer(
                BudgetsController.BrakeState.class, Map.of("on", on), state -> budgets.brake(caller, state));
        done(request, response, answer, on ? "stopped" : "resumed", Map.of());
    }

    @PostMapping("/console/fraud/rules")
    void rules(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var modes = typedModes(request);
        var answer = calls.answer(FraudRulesController.Wish.class, wish(modes), wish -> rules.set(caller, wish));
        done(request, response, answer, "saved", modes);
    }

    /** What would have happened last week; nothing is changed. */
    @PostMapping("/console/fraud/rules/replay")
    void replay(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var modes = typedModes(request);
        var answer = calls.answer(FraudRulesController.Wish.class, wish(modes), wish -> rules.replay(caller, wish));
        if (answer.isGood()) show(request, response, 200, null, modes, answer.body());
        else show(request, response, 400, answer.problem(), modes, null);
    }

    private static Map<String, String> typedModes(HttpServletRequest request) {
        var modes = new LinkedHashMap<String, String>();
        Form.typed(request).fields().forEach((rule, mode) -> modes.put(rule, mode.getFirst()));
        return modes;
    }

    private static Map<String, Object> wish(Map<String, String> modes) {
        return Map.of(
                "rules",
                modes.entrySet().stream()
                        .map(one -> Map.of("rule", one.getKey(), "mode", one.getValue()))
                        .toList());
    }

    @PostMapping("/console/fraud/release")
    void release(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(FraudScopesController.Key.class, key(request), key -> {
            scopes.release(caller, key);
            return null;
        });
        done(request, response, answer, "released", Map.of());
    }

    @PostMapping("/console/fraud/permit")
    void permit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var risk = Risk.of(
                "Permit this for ever?",
                "Always allow",
                "/console/fraud#scopes",
                "The fraud guard no longer evaluates its messages.",
                "Budgets and rate limits still apply. You can undo this on the same page.");
        if (!look.confirmed(request, response, "fraud", risk)) return;
        var answer = calls.answer(FraudScopesController.Key.class, key(request), key -> scopes.permit(caller, key));
        done(request, response, answer, "permitted", Map.of());
    }

    @PostMapping("/console/fraud/judge")
    void judgeAgain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var key = Form.typed(request).text("scope_key");
        done(request, response, calls.done(() -> scopes.judgeAgain(key, caller)), "judged", Map.of());
    }

    private static Map<String, String> key(HttpServletRequest request) {
        return Map.of("scope_key", Form.typed(request).text("scope_key"));
    }

    private void done(
            HttpServletRequest request,
            HttpServletResponse response,
            Answer answer,
            String said,
            Map<String, String> modes)
            throws IOException {
        if (answer.isGood()) ConsolePages.seeOther(response, "/console/fraud?said=" + said);
        else show(request, response, 400, answer.problem(), modes, null);
    }

    /**
     * @param typed modes of rules, where they were refused or tried
     * @param replay what would have happened under them; null where that was not asked
     */
    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            Map<String, String> typed,
            @Nullable JsonNode replay)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var filter = filter(request);
        var since = TIMES.get(filter.getOrDefault("since", ""));
        var listed = calls.answer(() -> decisions.list(
                caller,
                Paging.after(filter.get("from"), SHOWN),
                filter.get("rule"),
                filter.get("scope_key"),
                since == null ? null : clock.instant().minus(since).toString(),
                null));
        var summary = calls.answer(() -> rules.summary(caller));
        var shown = calls.read(() -> rules.read(caller)).path("rules");
        var wrong = problem == null && summary.isGood() && !listed.isGood() ? listed.problem() : problem;
        pages.write(
                response,
                wrong == null ? status : 400,
                new FraudView.Guard(
                        PageFrame.of(request, tenants, "fraud", wrong)
                                .with(Complaints.of(wrong).as(_ -> unknown(typed))),
                        summary.isGood() ? null : summary.problem(),
                        calls.read(() -> budgets.brake(caller)).path("on").asBoolean(false),
                        summary.body(),
                        calls.read(() -> budgets.read(caller)),
                        calls.read(() -> scopes.read(caller)),
                        shown,
                        typed.isEmpty() ? modes(shown) : typed,
                        replay,
                        listed.body().path("decisions"),
                        filter,
                        listed.body().path("next").asString(""),
                        carriers.titles()));
    }

    /** The rule whose mode there is not: the API does not say of which rule it complains. */
    private static String unknown(Map<String, String> typed) {
        return typed.entrySet().stream()
                .filter(rule -> !List.of("on", "shadow", "off").contains(rule.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("rules");
    }

    private static Map<String, String> modes(JsonNode rules) {
        var modes = new LinkedHashMap<String, String>();
        for (var rule : rules)
            modes.put(rule.path("rule").asString(""), rule.path("mode").asString(""));
        return modes;
    }

    private static Map<String, String> filter(HttpServletRequest request) {
        var filter = new LinkedHashMap<String, String>();
        if (!request.getMethod().equals("GET")) return filter;
        for (var name : List.of("rule", "scope_key", "since", "from")) {
            var value = request.getParameter(name);
            if (value != null && !value.isBlank()) filter.put(name, value);
        }
        return filter;
    }
}
