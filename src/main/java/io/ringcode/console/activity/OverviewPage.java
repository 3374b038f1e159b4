package io.ringcode.console.activity;

import io.ringcode.console.api.ApiClient;
import io.ringcode.console.view.Chart;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The overview: statistics, the newest messages, and the steps of setting up that are still to be done. */
@Controller
class OverviewPage {
    private static final Set<String> PERIODS = Set.of("7", "30", "90");

    private final ApiClient api;
    private final ConsolePages pages;
    private final Tenants tenants;

    OverviewPage(ApiClient api, ConsolePages pages, Tenants tenants) {
        this.api = api;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping({"/console", "/console/"})
    void show(
            @RequestParam(name = "days", defaultValue = "") String asked,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var on = false;
        for (var factor : api.read(request, response, "/guardian/factors"))
            if (factor.path("name").asString("").equals("sms"))
                on = factor.path("enabled").asBoolean(false);
        var provider = api.read(request, response, "/guardian/factors/phone/selected-provider")
                .path("provider")
                .asString("");
        var left = api.read(request, response, "/guardian/factors/phone/evaluation")
                .path("messages_left")
                .asInt(0);
        var always = !api.read(request, response, "/guardian/policies").isEmpty();
        var verified = api.read(request, response, "/logs?per_page=1&q=" + Links.part("type:gd_auth_succeed"));
        var messages = api.read(request, response, "/guardian/factors/phone/messages?take=10")
                .path("messages");
        var steps = List.of(
                new View.Step(on, "Switch the phone factor on", "SMS, voice or both", "/console/phone"),
                new View.Step(
                        !provider.equals("auth0"),
                        "Choose who delivers",
                        provider.equals("auth0")
                                ? "The built-in provider is for trying it out: " + left + " of 100 messages left"
                                : provider,
                        "/console/phone"),
                new View.Step(
                        always, "Ask for it", "At every sign-in, or only where an application asks", "/console/phone"),
                new View.Step(
                        !messages.isEmpty(),
                        "Send the first code",
                        "Sign in to one of your applications",
                        "/console/messages"),
                new View.Step(!verified.isEmpty(), "Verify it", "A code that was typed is in the log", "/console/log"));
        var days = PERIODS.contains(asked) ? Integer.parseInt(asked) : 30;
        var figures = api.read(request, response, "/guardian/factors/phone/figures?days=" + days);
        pages.write(
                response,
                200,
                new View.Overview(
                        PageFrame.of(request, tenants, "overview", null),
                        steps,
                        days,
                        figures,
                        Chart.of(figures.path("days")),
                        messages));
    }
}
