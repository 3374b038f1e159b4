package io.ringcode.console.phone;

import io.ringcode.console.api.ApiClient;
import io.ringcode.console.api.Visitor;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.FigureTexts;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.management.ManagementCalls.Answer;
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
    private static final String TEMPLATES = "/guardian/factors/phone/templates";

    private final ApiClient api;
    private final ConsolePages pages;
    private final Tenants tenants;

    TemplatePages(ApiClient api, ConsolePages pages, Tenants tenants) {
        this.api = api;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/templates")
    void show(
            @RequestParam(defaultValue = "en") String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        show(request, response, current(request, response), language, null, null, List.of(), null);
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
        var texts = new View.Texts(enrollment, verification);
        var answer = preview(request, response, texts, language);
        var problem = answer.isGood() ? null : answer.problem();
        if (request.getHeader("HX-Request") == null)
            show(request, response, texts, language, problem, null, List.of(), answer);
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
        var before = current(request, response);
        var texts = new View.Texts(enrollment, verification);
        var answer = api.call(
                request,
                response,
                "PUT",
                TEMPLATES,
                Map.of("enrollment_message", enrollment, "verification_message", verification));
        var warnings = new ArrayList<String>();
        answer.body().path("warnings").forEach(one -> warnings.add(one.asString("")));
        if (answer.isGood()) show(request, response, texts, language, null, before, warnings, null);
        else show(request, response, texts, language, answer.problem(), null, List.of(), null);
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            View.Texts texts,
            String language,
            @Nullable String problem,
            View.@Nullable Texts before,
            List<String> warnings,
            @Nullable Answer known)
            throws IOException {
        var tenant = Visitor.of(request).tenant();
        var seen = known == null ? preview(request, response, texts, language) : known;
        var wrong = problem == null && !seen.isGood() ? seen.problem() : problem;
        JsonNode preview = seen.isGood() ? seen.body() : seen.body().path("none");
        pages.write(
                response,
                wrong == null ? 200 : 400,
                new View.Templates(
                        PageFrame.of(request, tenants, "templates", wrong),
                        texts.enrollment(),
                        texts.verification(),
                        before,
                        warnings,
                        language,
                        TenantProfile.of(tenants.settings(tenant)).locales(),
                        preview,
                        FigureTexts.price(api.read(request, response, "/guardian/factors/phone/figures?days=30"))));
    }

    private Answer preview(
            HttpServletRequest request, HttpServletResponse response, View.Texts texts, String language) {
        var body = Map.of(
                "enrollment_message", texts.enrollment(),
                "verification_message", texts.verification(),
                "language", language);
        return api.call(request, response, "POST", TEMPLATES + "/preview", body);
    }

    private View.Texts current(HttpServletRequest request, HttpServletResponse response) {
        var stored = api.read(request, response, TEMPLATES);
        return new View.Texts(
                stored.path("enrollment_message").asString(""),
                stored.path("verification_message").asString(""));
    }
}
