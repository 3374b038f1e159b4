package io.ringcode.console.settings;

import io.ringcode.action.Bindings;
import io.ringcode.action.Trigger;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.PasskeysView;
import io.ringcode.console.view.Visitor;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.PasskeyPolicy;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.tenant.FactorsController;
import io.ringcode.management.tenant.FactorsController.Switch;
import io.ringcode.management.tenant.PasskeysController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;

/** Security keys and devices: whether they are on, what suffices instead, and the plan for leaving the phone. */
@Controller
class PasskeyPages {
    private static final String AT = "/console/passkeys";
    private static final List<FactorKind> KINDS = List.of(FactorKind.WEBAUTHN_ROAMING, FactorKind.WEBAUTHN_PLATFORM);

    private static final Map<String, String> FIELDS = Map.of(
            "required", "any",
            "clients", "strict",
            "clients.client_id", "strict",
            "clients.required", "strict",
            "clients.phone_until", "strict");

    private final ManagementCalls calls;
    private final FactorsController factors;
    private final PasskeysController passkeys;
    private final FactorSwitches switches;
    private final ConsolePages pages;
    private final Bindings bindings;
    private final Tenants tenants;
    private final Clock clock;

    PasskeyPages(
            ManagementCalls calls,
            FactorsController factors,
            PasskeysController passkeys,
            FactorSwitches switches,
            ConsolePages pages,
            Bindings bindings,
            Tenants tenants,
            Clock clock) {
        this.calls = calls;
        this.factors = calls.guarded(factors);
        this.passkeys = calls.guarded(passkeys);
        this.switches = switches;
        this.pages = pages;
        this.bindings = bindings;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping(AT)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, null, null);
    }

    @GetMapping(AT + "/statement")
    void statement(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var enabled = switches.form(caller);
        var alternatives = new ArrayList<String>();
        if (enabled.on(FactorKind.WEBAUTHN_ROAMING.setting())) alternatives.add("security keys");
        if (enabled.on(FactorKind.WEBAUTHN_PLATFORM.setting())) alternatives.add("devices that recognize their owner");
        var resistant = !alternatives.isEmpty();
        if (enabled.on(FactorKind.APP.setting())) alternatives.add("authenticator apps");
        pages.write(
                response,
                200,
                new PasskeysView.PhoneStatement(
                        PageFrame.of(request, tenants, "passkeys", null),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString(),
                        enabled,
                        alternatives,
                        resistant,
                        Form.of(calls.answer(() -> passkeys.plan(caller))),
                        bindings.of(caller.tenant(), Trigger.PRE_BIND_NUMBER).size(),
                        bindings.of(caller.tenant(), Trigger.PRE_SEND).size(),
                        calls.answer(() -> passkeys.figures(caller)).body()));
    }

    @PostMapping(AT + "/kinds")
    void kinds(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var typed = Form.typed(request);
        for (var kind : KINDS) {
            var wanted = new Switch(typed.on(kind.setting()));
            var answer = calls.answer(() -> factors.set(kind.setting(), caller, wanted));
            if (!answer.isGood()) {
                show(request, response, 400, answer.problem(), null);
                return;
            }
        }
        ConsolePages.seeOther(response, AT + "?said=saved");
    }

    @PostMapping(AT + "/plan")
    void plan(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var typed = Form.typed(request);
        var stored = calls.answer(() -> passkeys.plan(caller));
        var answer = stored.isGood()
                ? calls.answer(
                        PasskeysController.Plan.class,
                        body(typed, stored.body()),
                        wanted -> passkeys.setPlan(caller, wanted))
                : stored;
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=saved");
        else show(request, response, 400, answer.problem(), typed);
    }

    /** What only the API can say of an application, a day of its own, is kept. */
    private static Map<String, ?> body(Form typed, JsonNode stored) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("required", typed.text("required"));
        body.put("phone_until", typed.given("phone_until"));
        body.put("offer", typed.on("offer"));
        body.put("pause_days", typed.number("pause_days"));
        var strict = typed.list("strict");
        var days = stored.path("clients")
                .valueStream()
                .filter(one -> one.has("phone_until"))
                .map(one -> one.path("client_id").asString())
                .filter(client -> !strict.contains(client))
                .toList();
        var clients = new ArrayList<Map<String, Object>>();
        for (var client : strict)
            clients.add(Map.of("client_id", client, "required", PasskeyPolicy.PHISHING_RESISTANT));
        for (var one : stored.path("clients"))
            if (days.contains(one.path("client_id").asString()))
                clients.add(Map.of(
                        "client_id", one.path("client_id").asString(),
                        "required", PasskeyPolicy.ANY,
                        "phone_until", one.path("phone_until").asString()));
        body.put("clients", clients);
        return body;
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            @Nullable Form typed)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var plan = calls.answer(() -> passkeys.plan(caller));
        var figures = calls.answer(() -> passkeys.figures(caller));
        pages.write(
                response,
                status,
                new PasskeysView.Passkeys(
                        PageFrame.of(request, tenants, "passkeys", problem).named(FIELDS),
                        switches.form(caller),
                        typed != null ? typed : shown(plan),
                        figures.body()));
    }

    private static Form shown(Answer plan) {
        return Form.of(plan)
                .with(
                        "strict",
                        plan.body()
                                .path("clients")
                                .valueStream()
                                .filter(one -> one.path("required").asString().equals(PasskeyPolicy.PHISHING_RESISTANT))
                                .map(one -> one.path("client_id").asString())
                                .toList());
    }
}
