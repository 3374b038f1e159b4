package io.ringcode.console.activity;

import io.ringcode.client.Caller;
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
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The overview: statistics, the newest messages, and the steps of setting up that are still to be done. */
@Controller
class OverviewPage {
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
        var always = !calls.read(() -> factors.policies(caller)).isEmpty();
        var newest = calls.read(() -> messages.list(caller, Paging.first(10), null, null, null, null, null, null, null))
                .path("messages");
        var days = FigureDays.of(asked);
        var shown = calls.read(() -> figures.read(caller, Integer.toString(days.count())));
        var verified = shown.path("total").path("verified").asLong(0) > 0
                || !calls.read(() -> logs.search(caller, Paging.first(1), "type:gd_auth_succeed", null))
                        .isEmpty();
        var steps = List.of(
                new View.Step(on, "Turn on the phone factor", "SMS, voice or both", "/console/phone"),
                new View.Step(
                        !provider.equals("auth0"),
                        "Choose a delivery method",
                        provider.equals("auth0") ? evaluation(caller) : carriers.title(provider),
                        "/console/phone"),
                new View.Step(
                        always,
                        "Require it",
                        "At every sign-in, or only where an application requires it",
                        "/console/phone"),
                new View.Step(
                        !newest.isEmpty(),
                        "Send the first code",
                        "Sign in to one of your applications",
                        "/console/messages"),
                new View.Step(verified, "Verify it", "A code that was typed is in the log", "/console/log"));
        pages.write(
                response,
                200,
                new View.Overview(
                        PageFrame.of(request, tenants, "overview", null),
                        steps,
                        days.count(),
                        shown,
                        FigureLinks.of(shown.path("days")),
                        Chart.ofDays(shown.path("days")),
                        newest,
                        carriers.titles()));
    }

    private String evaluation(Caller caller) {
        var left =
                calls.read(() -> phone.evaluation(caller)).path("messages_left").asInt(0);
        return "The built-in provider is for trying it out: " + left + " of 100 messages left";
    }
}
