package io.ringcode.console.phone;

import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.FigureTexts;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.phone.FiguresController;
import io.ringcode.management.phone.PhoneTextsController;
import io.ringcode.management.phone.PhoneTextsController.Draft;
import io.ringcode.management.phone.PhoneTextsController.Texts;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** What messages say, as a bubble and as a call, before and after it is saved. */
@Controller
class TemplatePages {
    private final ManagementCalls calls;
    private final PhoneTextsController texts;
    private final FiguresController figures;
    private final ConsolePages pages;
    private final Tenants tenants;

    TemplatePages(
            ManagementCalls calls,
            PhoneTextsController texts,
            FiguresController figures,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.texts = calls.guarded(texts);
        this.figures = calls.guarded(figures);
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/templates")
    void show(
            @RequestParam(defaultValue = "en") String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        show(request, response, current(Visitor.of(request).caller()), language, null, null, List.of(), null);
    }

    /** Asked while one types, and by a button where there is no JavaScript. */
    @PostMapping("/console/templates/preview")
    void preview(
            @RequestParam(defaultValue = "") String enrollment,
            @RequestParam(defaultValue = "") String verification,
            @RequestParam(defaultValue = "en") String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var typed = new View.Texts(enrollment, verification);
        var answer = preview(Visitor.of(request).caller(), typed, language);
        var problem = answer.isGood() ? null : answer.problem();
        if (request.getHeader("HX-Request") == null)
            show(request, response, typed, language, problem, null, List.of(), answer);
        else pages.write(response, 200, new View.Preview(answer.body(), problem));
    }

    @PostMapping("/console/templates")
    void save(
            @RequestParam(defaultValue = "") String enrollment,
            @RequestParam(defaultValue = "") String verification,
            @RequestParam(defaultValue = "en") String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var before = current(caller);
        var typed = new View.Texts(enrollment, verification);
        var answer = calls.answer(
                Texts.class,
                Map.of("enrollment_message", enrollment, "verification_message", verification),
                wanted -> texts.setTemplates(caller, wanted));
        var warnings = new ArrayList<String>();
        answer.body().path("warnings").forEach(one -> warnings.add(one.asString("")));
        if (answer.isGood()) show(request, response, typed, language, null, before, warnings, null);
        else show(request, response, typed, language, answer.problem(), null, List.of(), null);
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            View.Texts shown,
            String language,
            @Nullable String problem,
            View.@Nullable Texts before,
            List<String> warnings,
            @Nullable Answer known)
            throws IOException {
        var tenant = Visitor.of(request).tenant();
        var caller = Visitor.of(request).caller();
        var seen = known == null ? preview(caller, shown, language) : known;
        var wrong = problem == null && !seen.isGood() ? seen.problem() : problem;
        JsonNode preview = seen.isGood() ? seen.body() : seen.body().path("none");
        pages.write(
                response,
                wrong == null ? 200 : 400,
                new View.Templates(
                        PageFrame.of(request, tenants, "templates", wrong)
                                .named(Map.of(
                                        "enrollment_message", "enrollment", "verification_message", "verification")),
                        shown.enrollment(),
                        shown.verification(),
                        before,
                        warnings,
                        language,
                        TenantProfile.of(tenants.settings(tenant)).locales(),
                        preview,
                        FigureTexts.price(calls.read(() -> figures.read(caller, "30")))));
    }

    private Answer preview(Caller caller, View.Texts shown, String language) {
        var body = Map.of(
                "enrollment_message", shown.enrollment(),
                "verification_message", shown.verification(),
                "language", language);
        return calls.answer(Draft.class, body, draft -> texts.preview(caller, draft));
    }

    private View.Texts current(Caller caller) {
        var stored = calls.read(() -> texts.templates(caller));
        return new View.Texts(
                stored.path("enrollment_message").asString(""),
                stored.path("verification_message").asString(""));
    }
}
