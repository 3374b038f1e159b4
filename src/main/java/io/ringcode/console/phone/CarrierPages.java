package io.ringcode.console.phone;

import io.ringcode.client.Caller;
import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.carrier.Carrier;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.json.BodySchema;
import io.ringcode.json.Bounds;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.phone.PhoneFactorController;
import io.ringcode.management.phone.PhoneProvidersController;
import io.ringcode.management.phone.PhoneProvidersController.Create;
import io.ringcode.management.phone.PhoneProvidersController.Update;
import io.ringcode.management.phone.PhoneRoutesController;
import io.ringcode.management.phone.PhoneTrialController;
import io.ringcode.management.phone.PhoneTrialController.Trial;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The account with one carrier: its form is made of what the carrier says that it needs. */
@Controller
class CarrierPages {
    private static final Bounds TO = BodySchema.of(Trial.class).bounds("to");

    /** Auth0's sentence for an account of Twilio that names no sender. */
    private static final String NO_SENDER = "Bad Operation on Notification Resource";

    private final ManagementCalls calls;
    private final PhoneProvidersController providers;
    private final PhoneFactorController factor;
    private final PhoneTrialController trials;
    private final PhoneRoutesController routes;
    private final ConsolePages pages;
    private final Carriers carriers;
    private final SecondLook look;
    private final Tenants tenants;

    CarrierPages(
            ManagementCalls calls,
            PhoneProvidersController providers,
            PhoneFactorController factor,
            PhoneTrialController trials,
            PhoneRoutesController routes,
            ConsolePages pages,
            Carriers carriers,
            SecondLook look,
            Tenants tenants) {
        this.calls = calls;
        this.providers = calls.guarded(providers);
        this.factor = calls.guarded(factor);
        this.trials = calls.guarded(trials);
        this.routes = calls.guarded(routes);
        this.pages = pages;
        this.carriers = carriers;
        this.look = look;
        this.tenants = tenants;
    }

    @GetMapping("/console/phone/carriers/{name}")
    void show(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(name, request, response, 200, null, null);
    }

    private void show(
            String name,
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            @Nullable Map<String, String> typed)
            throws IOException {
        var carrier = carriers.named(name).orElse(null);
        if (carrier == null) {
            pages.write(response, 404, new View.Stop("There is no such carrier.", false));
            return;
        }
        var caller = Visitor.of(request).caller();
        var account = account(name, caller);
        var values = new TreeMap<String, String>();
        var methods = new java.util.ArrayList<String>();
        if (account != null)
            for (var member : account.path("configuration").properties())
                if (member.getValue().isArray()) member.getValue().forEach(one -> methods.add(one.asString("")));
                else values.put(member.getKey(), member.getValue().asString(""));
        if (typed != null) values.putAll(typed);
        if (methods.isEmpty()) methods.add("text");
        var chosen = calls.read(() -> factor.provider(caller)).path("provider").asString("");
        pages.write(
                response,
                status,
                new View.Account(
                        PageFrame.of(request, tenants, "phone", problem).with(complaints(carrier, problem)),
                        carrier,
                        account == null ? null : id(account),
                        carrier.fields().stream().map(View.Field::of).toList(),
                        values,
                        methods,
                        chosen.equals(name),
                        routes(name, caller),
                        account == null ? null : reports(carrier, account),
                        TO));
    }

    /** The fields of the account have the carrier's names, which the API has within two objects. */
    private static Complaints complaints(Carrier carrier, @Nullable String problem) {
        if (NO_SENDER.equals(problem)) return Complaints.of("default_from", "Enter a sender or a messaging service.");
        return Complaints.of(problem).as(property -> switch (property) {
            case "delivery_method" -> "method";
            case "configuration.delivery_methods" -> "text";
            case "configuration", "credentials" ->
                carrier.fields().stream()
                        .filter(field -> field.secret() == property.equals("credentials"))
                        .map(AccountField::name)
                        .findFirst()
                        .orElse("text");
            default ->
                property.equals("provider")
                        ? "use"
                        : property.replaceFirst("^(configuration|credentials)\\.", "")
                                .replaceFirst("^delivery_methods.*", "text");
        });
    }

    private static View.@Nullable Reports reports(Carrier carrier, JsonNode account) {
        if (carrier.reports() == null) return null;
        var url = account.path("receipt_url").asString("");
        return new View.Reports(
                url.isEmpty() ? null : url, carrier.reports() == ReceiptSource.Addressing.IN_THE_CARRIERS_CONSOLE);
    }

    /** An empty secret keeps the one that is stored; another field that is left empty goes. */
    @PostMapping("/console/phone/carriers/{name}")
    void save(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var carrier = carriers.named(name).orElse(null);
        if (carrier == null) {
            show(name, request, response, 404, null, null);
            return;
        }
        var configuration = new HashMap<String, Object>();
        var credentials = new HashMap<String, String>();
        var typed = new HashMap<String, String>();
        for (var field : carrier.fields()) {
            var value = request.getParameter(field.name());
            if (value == null || value.isBlank()) continue;
            if (field.secret()) credentials.put(field.name(), value.strip());
            else {
                configuration.put(field.name(), value.strip());
                typed.put(field.name(), value.strip());
            }
        }
        var methods = request.getParameterValues("delivery_methods");
        configuration.put("delivery_methods", methods == null ? List.of() : List.of(methods));
        var caller = Visitor.of(request).caller();
        var account = account(name, caller);
        var body = new HashMap<String, Object>(Map.of("configuration", configuration));
        if (!credentials.isEmpty()) body.put("credentials", credentials);
        if (account == null) body.put("name", name);
        var answer = account == null
                ? calls.answer(Create.class, body, create -> providers.create(caller, create))
                : calls.answer(Update.class, body, update -> providers.update(id(account), caller, update));
        if (!answer.isGood()) {
            show(name, request, response, 400, answer.problem(), typed);
            return;
        }
        var used = calls.read(() -> factor.provider(caller))
                        .path("provider")
                        .asString("")
                        .equals(name)
                || routes(name, caller) > 0;
        var said = answer.body().has("warnings") ? "warned" : used ? "saved" : "stored";
        ConsolePages.seeOther(response, "/console/phone/carriers/" + name + "?said=" + said);
    }

    /** From now on every message that no route takes goes by this account. */
    @PostMapping("/console/phone/carriers/{name}/use")
    void use(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> factor.setProvider(caller, new PhoneFactorController.Provider(name)));
        if (answer.isGood())
            ConsolePages.seeOther(response, "/console/phone/carriers/" + Links.part(name) + "?said=used");
        else show(name, request, response, 400, answer.problem(), null);
    }

    /** How many routes name it. */
    private int routes(String name, Caller caller) {
        return (int) calls.read(() -> routes.get(caller))
                .path("routes")
                .valueStream()
                .filter(route -> route.path("providers")
                        .valueStream()
                        .anyMatch(one -> one.asString("").equals(name)))
                .count();
    }

    @PostMapping("/console/phone/carriers/{name}/try")
    void attempt(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "text") String method,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var account = account(name, caller);
        if (account == null) {
            show(name, request, response, 400, "Set up the account first.", null);
            return;
        }
        var body = Map.of("to", to, "delivery_method", method);
        var answer = calls.answer(Trial.class, body, trial -> trials.attempt(id(account), caller, trial));
        if (answer.isGood()) ConsolePages.seeOther(response, "/console/phone/carriers/" + name + "?said=sent");
        else show(name, request, response, 400, answer.problem(), null);
    }

    @PostMapping("/console/phone/carriers/{name}/remove")
    void remove(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var account = account(name, caller);
        if (account == null) {
            ConsolePages.seeOther(response, "/console/phone");
            return;
        }
        var title = carriers.title(name);
        var risk = Risk.of(
                        "Remove the account with " + title + "?",
                        "Remove account",
                        "/console/phone/carriers/" + name,
                        "The credentials are erased here; at " + title + " nothing changes.",
                        "Routes that name " + title + " pass it over, and send by the next carrier in them.",
                        "Outstanding receipts from " + title + " are not accepted any more.")
                .named(title);
        if (!look.confirmed(request, response, "phone", risk)) return;
        var answer = calls.done(() -> providers.delete(id(account), caller));
        if (answer.isGood()) ConsolePages.seeOther(response, "/console/phone?said=removed");
        else show(name, request, response, 400, answer.problem(), null);
    }

    private static String id(JsonNode account) {
        return account.path("id").asString("");
    }

    private @Nullable JsonNode account(String name, Caller caller) {
        for (var one : calls.read(() -> providers.list(caller, null)).path("providers"))
            if (one.path("name").asString("").equals(name)) return one;
        return null;
    }
}
