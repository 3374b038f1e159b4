package io.ringcode.console.settings;

import io.ringcode.console.view.ConformanceView.ConformanceReport;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Csv;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.tenant.ConformanceController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The conformance report, to be read, printed and downloaded. */
@Controller
class ConformancePages {
    private static final String AT = "/console/conformance";

    private final ManagementCalls calls;
    private final ConformanceController conformance;
    private final ConsolePages pages;
    private final Tenants tenants;

    ConformancePages(ManagementCalls calls, ConformanceController conformance, ConsolePages pages, Tenants tenants) {
        this.calls = calls;
        this.conformance = calls.guarded(conformance);
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping(AT)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> conformance.report(caller));
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new ConformanceReport(
                        PageFrame.of(request, tenants, "conformance", answer.isGood() ? null : answer.problem()),
                        answer.body()));
    }

    @GetMapping(AT + ".csv")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var file = new Csv("id", "standard", "section", "level", "asks", "outcome", "why", "remedy", "proofs");
        for (var line : calls.read(() -> conformance.report(caller)).path("lines"))
            file.add(List.of(
                    line.path("id").asString(""),
                    line.path("standard").asString(""),
                    line.path("section").asString(""),
                    line.path("level").asString(""),
                    line.path("asks").asString(""),
                    line.path("outcome").asString(""),
                    line.path("why").asString(""),
                    line.path("remedy").asString(""),
                    ConformanceReport.proofs(line)));
        file.write(response, "conformance.csv");
    }
}
