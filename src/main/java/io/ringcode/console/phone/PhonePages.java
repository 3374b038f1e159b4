package io.ringcode.console.phone;

import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.json.BodySchema;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.phone.PhoneFactorController;
import io.ringcode.management.phone.PhoneFactorController.Codes;
import io.ringcode.management.phone.PhoneFactorController.MessageTypes;
import io.ringcode.management.phone.PhoneProvidersController;
import io.ringcode.management.tenant.FactorsController;
import io.ringcode.management.tenant.FactorsController.Policies;
import io.ringcode.management.tenant.FactorsController.Switch;
import io.ringcode.management.tenant.PasskeysController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The phone factor: on or off, by which messages, asked when, delivered by whom. */
@Controller
class PhonePages {
    private static final BodySchema<Codes> CODES = BodySchema.of(Codes.class);

    private static final Map<String, String> FIELDS = Map.of(
            "otp_length", "length",
            "otp_expiration_time", "seconds",
            "message_types", "sms",
            "provider", "way-auth0");

    private final ManagementCalls calls;
    private final FactorsController factors;
    private final PhoneFactorController phone;
    private final PhoneProvidersController providers;
    private final PasskeysController passkeys;
    private final Carriers carriers;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    PhonePages(
            ManagementCalls calls,
            FactorsController factors,
            PhoneFactorController phone,
            PhoneProvidersController providers,
            PasskeysController passkeys,
            Carriers carriers,
            ConsolePages pages,
            SecondLook look,
            Tenants tenants) {
        this.calls = calls;
        this.factors = calls.guarded(factors);
        this.phone = calls.guarded(phone);
        this.providers = calls.guarded(providers);
        this.passkeys = calls.guarded(passkeys);
        this.carriers = carriers;
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping("/console/phone")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, null);
    }

    private void show(HttpServletRequest request, HttpServletResponse response, int status, @Nullable String problem)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var on = isOn(caller);
        var types = new ArrayList<String>();
        calls.read(() -> phone.messageTypes(caller))
                .path("message_types")
                .forEach(type -> types.add(type.asString("")));
        var always = !calls.read(() -> factors.policies(caller)).isEmpty();
        var chosen = calls.read(() -> phone.provider(caller));
        var accounts = calls.read(() -> providers.list(caller, null)).path("providers");
        var deliveryMethods = new ArrayList<View.DeliveryMethod>();
        deliveryMethods.add(new View.DeliveryMethod("auth0", carriers.title("auth0"), false, null, false));
        for (var carrier : carriers.all()) {
            JsonNode account = null;
            for (var one : accounts) if (one.path("name").asString("").equals(carrier.name())) account = one;
            deliveryMethods.add(
                    new View.DeliveryMethod(carrier.name(), carrier.title(), carrier.makesCalls(), account, true));
        }
        deliveryMethods.add(
                new View.DeliveryMethod("phone-message-hook", carriers.title("phone-message-hook"), true, null, false));
        pages.write(
                response,
                status,
                new View.Phone(
                        PageFrame.of(request, tenants, "phone", problem).named(FIELDS),
                        on,
                        types,
                        always,
                        deliveryMethods,
                        chosen.path("provider").asString(""),
                        calls.read(() -> phone.evaluation(caller))
                                .path("messages_left")
                                .asInt(0),
                        codes(request),
                        CODES.bounds("otp_length"),
                        CODES.bounds("otp_expiration_time")));
    }

    @PostMapping("/console/phone/factor")
    void factor(
            @RequestParam(defaultValue = "false") boolean on,
            @RequestParam(name = "types") Optional<List<String>> typed,
            @RequestParam(defaultValue = "false") boolean always,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var chosen = typed.orElse(List.of());
        if (on && chosen.isEmpty()) {
            show(
                    request,
                    response,
                    400,
                    "Payload validation error: 'Choose SMS, voice or both' on property message_types.");
            return;
        }
        var caller = Visitor.of(request).caller();
        if (!on && isOn(caller)) {
            var risk = Risk.of(
                    "Turn off the phone factor?",
                    "Switch it off",
                    "/console/phone",
                    enrolled(caller) + " can no longer confirm a sign-in by it.",
                    "Their phones stay enrolled and work again when the factor is turned on.",
                    "Administrators who only have a phone cannot sign in to this console either.");
            if (!look.confirmed(request, response, "phone", risk)) return;
        }
        var answers = new ArrayList<Answer>();
        answers.add(calls.answer(() -> factors.set("sms", caller, new Switch(on))));
        if (!chosen.isEmpty())
            answers.add(calls.answer(
                    MessageTypes.class,
                    Map.of("message_types", chosen),
                    types -> phone.setMessageTypes(caller, types)));
        var policies = new Policies(always ? List.of("all-applications") : List.of());
        answers.add(calls.answer(() -> factors.setPolicies(caller, policies)));
        done(request, response, answers);
    }

    private boolean isOn(Caller caller) {
        for (var factor : calls.read(() -> factors.list(caller, null)))
            if (factor.path("name").asString("").equals("sms"))
                return factor.path("enabled").asBoolean(false);
        return false;
    }

    private String enrolled(Caller caller) {
        for (var share : calls.read(() -> passkeys.figures(caller)).path("factors"))
            if (share.path("factor").asString("").equals("sms")) {
                long users = share.path("users").asLong(0);
                return users == 1 ? "1 user with a phone" : users + " users with a phone";
            }
        return "Users with a phone";
    }

    @PostMapping("/console/phone/provider")
    void provider(
            @RequestParam(defaultValue = "") String provider, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> phone.setProvider(caller, new PhoneFactorController.Provider(provider)));
        done(request, response, List.of(answer));
    }

    @PostMapping("/console/phone/codes")
    void codes(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var typed = Form.typed(request);
        var body = new HashMap<String, @Nullable Object>();
        body.put("otp_length", typed.number("length"));
        body.put("otp_expiration_time", typed.number("seconds"));
        var caller = Visitor.of(request).caller();
        done(request, response, List.of(calls.answer(Codes.class, body, codes -> phone.setCodes(caller, codes))));
    }

    private Form codes(HttpServletRequest request) {
        if (request.getRequestURI().endsWith("/codes")) return Form.typed(request);
        var stored = Form.of(calls.answer(() -> phone.codes(Visitor.of(request).caller())));
        return stored.with("length", stored.all("otp_length")).with("seconds", stored.all("otp_expiration_time"));
    }

    private void done(HttpServletRequest request, HttpServletResponse response, List<Answer> answers)
            throws IOException {
        for (var answer : answers)
            if (!answer.isGood()) {
                show(request, response, 400, answer.problem());
                return;
            }
        ConsolePages.seeOther(response, "/console/phone?said=saved");
    }
}
