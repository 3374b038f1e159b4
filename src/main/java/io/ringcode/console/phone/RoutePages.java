package io.ringcode.console.phone;

import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.RouteForm;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.json.BodySchema;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.phone.PhoneRoutesController;
import io.ringcode.management.phone.PhoneRoutesController.Change;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which carriers are tried in which order. Buttons change the form, and nothing else; what it says counts when it is saved. */
@Controller
class RoutePages {
    private static final BodySchema<Change> SCHEMA = BodySchema.of(Change.class);
    private static final Pattern COMPLAINT = Pattern.compile("routes\\[(\\d{1,3})]: ([^;']+)");

    private final ManagementCalls calls;
    private final PhoneRoutesController routes;
    private final Carriers carriers;
    private final ConsolePages pages;
    private final Tenants tenants;

    RoutePages(
            ManagementCalls calls,
            PhoneRoutesController routes,
            Carriers carriers,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.routes = calls.guarded(routes);
        this.carriers = carriers;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/routes")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var form = RouteForm.stored(calls.read(() -> routes.get(caller)));
        write(request, response, null, form, "", "");
    }

    /** One step: a route or a carrier put elsewhere, taken out or added. */
    @PostMapping("/console/routes/edit")
    void edit(
            @RequestParam(name = "do", defaultValue = "") String button,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var form = RouteForm.typed(request);
        var added = button.startsWith("add:") ? request.getParameter("added-" + button.substring(4)) : null;
        var edited = form.press(button, added == null ? "" : added, choices());
        write(request, response, null, edited.form(), edited.focus(), edited.told());
    }

    @PostMapping("/console/routes")
    void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var form = RouteForm.typed(request);
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(Change.class, form.body(), change -> routes.set(caller, change));
        if (answer.isGood()) ConsolePages.seeOther(response, "/console/routes?said=saved");
        else write(request, response, answer.problem(), form, "", "");
    }

    private void write(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable String problem,
            RouteForm form,
            String focus,
            String told)
            throws IOException {
        var shown = problem == null ? null : counted(problem);
        pages.write(
                response,
                problem == null ? 200 : 400,
                new View.Routes(
                        PageFrame.of(request, tenants, "routes", shown),
                        form,
                        choices(),
                        complaints(problem),
                        focus,
                        told,
                        SCHEMA.bounds("other_channel.after_failures"),
                        SCHEMA.bounds("receipt_seconds")));
    }

    /** What a route may have in it: titles by name. */
    private Map<String, String> choices() {
        var choices = new LinkedHashMap<>(carriers.titles());
        choices.put("phone-message-hook", "Your script");
        return choices;
    }

    /** People count from one. */
    private static String counted(String problem) {
        return COMPLAINT
                .matcher(problem)
                .replaceAll(found -> "route " + (Integer.parseInt(found.group(1)) + 1) + ": $2");
    }

    /** @return what is wrong with a route, by its place from 0 */
    private static Map<Integer, String> complaints(@Nullable String problem) {
        var complaints = new HashMap<Integer, String>();
        if (problem != null)
            COMPLAINT
                    .matcher(problem)
                    .results()
                    .forEach(found -> complaints.merge(
                            Integer.parseInt(found.group(1)), found.group(2), (one, two) -> one + "; " + two));
        return complaints;
    }
}
