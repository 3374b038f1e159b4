package io.ringcode.console.activity;

import io.ringcode.console.view.Chart;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.FigureLinks;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.json.Paging;
import io.ringcode.management.phone.FiguresController;
import io.ringcode.management.phone.LedgerController;
import io.ringcode.management.phone.PhoneFactorController;
import io.ringcode.management.search.LogsController;
import io.ringcode.management.tenant.FactorsController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The overview: statistics, the newest messages, and the steps of setting up that are still to be done. */
@Controller
class OverviewPage {
    private static final Set<String> PERIODS = Set.of("7", "30", "90");
    private static final int DAYS_OF_MESSAGES = 30;

    private final ManagementCalls calls;
    private final FactorsController factors;
    private final PhoneFactorController phone;
    private final LogsController logs;
    private final LedgerController messages;
    private final FiguresController figures;
    private final Carriers carriers;
    private final ConsolePages pages;
    private final Tenants tenants;

    OverviewPage(
            ManagementCalls calls,
            FactorsController factors,
            PhoneFactorController phone,
            LogsController logs,
            LedgerController messages,
            FiguresController figures,
            Carriers carriers,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.factors = calls.guarded(factors);
        this.phone = calls.guarded(phone);
        this.logs = calls.guarded(logs);
        this.messages = calls.guarded(messages);
        this.figures = calls.guarded(figures);
        this.carriers = carriers;
        this.pages = pages;
        this.tenants = tenants;
    }

    /** Of longer periods there is no list: messages are kept for thirty days. */
    private static FigureLinks links(JsonNode days) {
        return days.isEmpty() || days.size() > DAYS_OF_MESSAGES
                ? FigureLinks.NONE
                : FigureLinks.of(
                        days.path(0).path("date").asString(""),
                        days.path(days.size() - 1).path("date").asString(""));
    }

    @GetMapping({"/console", "/console/"})
    void show(
            @RequestParam(name = "days", defaultValue = "") String asked,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var on = false;
        for (var factor : calls.read(() -> factors.list(caller, null)))
            if (factor.path("name").asString("").equals("sms"))
                on = factor.path("enabled").asBoolean(false);
        var provider = calls.read(() -> phone.provider(caller)).path("provider").asString("");
        var left =
                calls.read(() -> phone.evaluation(caller)).path("messages_left").asInt(0);
        var always = !calls.read(() -> factors.policies(caller)).isEmpty();
        var verified = calls.read(() -> logs.search(caller, Paging.first(1), "type:gd_auth_succeed", null));
        var newest = calls.read(() -> messages.list(caller, Paging.first(10), null, null, null, null, null, null, null))
                .path("messages");
        var steps = List.of(
                new View.Step(on, "Switch the phone factor on", "SMS, voice or both", "/console/phone"),
                new View.Step(
                        !provider.equals("auth0"),
                        "Choose who delivers",
                        provider.equals("auth0")
                                ? "The built-in provider is for trying it out: " + left + " of 100 messages left"
                                : carriers.title(provider),
                        "/console/phone"),
                new View.Step(
                        always, "Ask for it", "At every sign-in, or only where an application asks", "/console/phone"),
                new View.Step(
                        !newest.isEmpty(),
                        "Send the first code",
                        "Sign in to one of your applications",
                        "/console/messages"),
                new View.Step(!verified.isEmpty(), "Verify it", "A code that was typed is in the log", "/console/log"));
        var days = PERIODS.contains(asked) ? Integer.parseInt(asked) : 30;
        var shown = calls.read(() -> figures.read(caller, Integer.toString(days)));
        pages.write(
                response,
                200,
                new View.Overview(
                        PageFrame.of(request, tenants, "overview", null),
                        steps,
                        days,
                        shown,
                        links(shown.path("days")),
                        Chart.ofDays(shown.path("days")),
                        newest,
                        carriers.titles()));
    }
}
