package io.ringcode.console.activity;

import io.ringcode.console.view.Chart;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.FigureLinks;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.phone.FiguresController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Statistics of one day by the hour: conversion and delivery time. */
@Controller
class HoursPage {
    private static final int DAYS = 30;

    private final ManagementCalls calls;
    private final FiguresController figures;
    private final ConsolePages pages;
    private final Tenants tenants;
    private final Clock clock;

    HoursPage(ManagementCalls calls, FiguresController figures, ConsolePages pages, Tenants tenants, Clock clock) {
        this.calls = calls;
        this.figures = calls.guarded(figures);
        this.pages = pages;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping("/console/hours")
    void show(
            @RequestParam(name = "day", defaultValue = "") String asked,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> figures.hours(caller, asked.isBlank() ? null : asked.strip()));
        var day = answer.body().path("day").asString(asked.strip());
        var hours = answer.body().path("hours");
        var problem = answer.isGood() ? null : answer.problem();
        pages.write(
                response,
                answer.status(),
                new View.Hours(
                        PageFrame.of(request, tenants, "overview", problem),
                        day,
                        today.minusDays(DAYS - 1).toString(),
                        today.toString(),
                        hours,
                        Chart.ofCodes(hours, day),
                        Chart.ofDelivery(hours, day),
                        FigureLinks.of(day, day)));
    }
}
