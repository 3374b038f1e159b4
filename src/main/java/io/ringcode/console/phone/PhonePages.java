package io.ringcode.console.phone;

import io.ringcode.console.api.ApiClient;
import io.ringcode.console.view.Carrier;
import io.ringcode.console.view.ConsolePages;
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
    private static final String FACTORS = "/guardian/factors";

    private final ApiClient api;
    private final ConsolePages pages;
    private final Tenants tenants;

    PhonePages(ApiClient api, ConsolePages pages, Tenants tenants) {
        this.api = api;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/phone")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, null);
    }

    private void show(HttpServletRequest request, HttpServletResponse response, int status, @Nullable String problem)
            throws IOException {
        var on = false;
        for (var factor : api.read(request, response, FACTORS))
            if (factor.path("name").asString("").equals("sms"))
                on = factor.path("enabled").asBoolean(false);
        var types = new ArrayList<String>();
        api.read(request, response, FACTORS + "/phone/message-types")
                .path("message_types")
                .forEach(type -> types.add(type.asString("")));
        var always = !api.read(request, response, "/guardian/policies").isEmpty();
        var chosen = api.read(request, response, FACTORS + "/phone/selected-provider");
        var accounts = api.read(request, response, "/branding/phone/providers").path("providers");
        var deliveryMethods = new ArrayList<View.DeliveryMethod>();
        deliveryMethods.add(new View.DeliveryMethod("auth0", "Built-in, to try it out", false, null, false));
        for (var carrier : Carrier.ALL) {
            JsonNode account = null;
            for (var one : accounts) if (one.path("name").asString("").equals(carrier.name())) account = one;
            deliveryMethods.add(
                    new View.DeliveryMethod(carrier.name(), carrier.title(), carrier.voice(), account, true));
        }
        deliveryMethods.add(
                new View.DeliveryMethod("phone-message-hook", "Custom: a script of your own", true, null, false));
        pages.write(
                response,
                status,
                new View.Phone(
                        PageFrame.of(request, tenants, "phone", problem),
                        on,
                        types,
                        always,
                        deliveryMethods,
                        chosen.path("provider").asString(""),
                        api.read(request, response, FACTORS + "/phone/evaluation")
                                .path("messages_left")
                                .asInt(0),
                        api.read(request, response, FACTORS + "/phone/settings")));
    }

    @PostMapping("/console/phone/factor")
    void factor(
            @RequestParam(defaultValue = "false") boolean on,
            @RequestParam Optional<List<String>> types,
            @RequestParam(defaultValue = "false") boolean always,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var chosen = types.orElse(List.of());
        if (on && chosen.isEmpty()) {
            show(request, response, 400, "Choose SMS, voice or both.");
            return;
        }
        var answers = new ArrayList<Answer>();
        answers.add(api.call(request, response, "PUT", FACTORS + "/sms", Map.of("enabled", on)));
        if (!chosen.isEmpty())
            answers.add(api.call(
                    request, response, "PUT", FACTORS + "/phone/message-types", Map.of("message_types", chosen)));
        answers.add(api.send(
                request, response, "PUT", "/guardian/policies", always ? List.of("all-applications") : List.of()));
        done(request, response, answers);
    }

    @PostMapping("/console/phone/provider")
    void provider(
            @RequestParam(defaultValue = "") String provider, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        done(
                request,
                response,
                List.of(api.call(
                        request, response, "PUT", FACTORS + "/phone/selected-provider", Map.of("provider", provider))));
    }

    @PostMapping("/console/phone/codes")
    void codes(
            @RequestParam(defaultValue = "0") int length,
            @RequestParam(defaultValue = "0") int seconds,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var body = Map.of("otp_length", length, "otp_expiration_time", seconds);
        done(request, response, List.of(api.call(request, response, "PUT", FACTORS + "/phone/settings", body)));
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
