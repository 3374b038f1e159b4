package io.ringcode.console.activity;

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
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Statistics by the day as a table: what the chart of the overview is drawn from. */
@Controller
class DaysPage {
    private final ManagementCalls calls;
    private final FiguresController figures;
    private final ConsolePages pages;
    private final Tenants tenants;

    DaysPage(ManagementCalls calls, FiguresController figures, ConsolePages pages, Tenants tenants) {
        this.calls = calls;
        this.figures = calls.guarded(figures);
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/days")
    void show(
            @RequestParam(name = "days", defaultValue = "") String asked,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var days = FigureDays.of(asked).count();
        var answer = calls.answer(() -> figures.read(caller, Integer.toString(days)));
        var shown = answer.body().path("days");
        var problem = answer.isGood() ? null : answer.problem();
        pages.write(
                response,
                answer.status(),
                new View.Days(PageFrame.of(request, tenants, "overview", problem), days, shown, FigureLinks.of(shown)));
    }
}
