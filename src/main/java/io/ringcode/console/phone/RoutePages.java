package io.ringcode.console.phone;

import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.RouteForm;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.carrier.Carrier;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.json.BodySchema;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.phone.PhoneProvidersController;
import io.ringcode.management.phone.PhoneRoutesController;
import io.ringcode.management.phone.PhoneRoutesController.Change;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which carriers are tried in which order. Buttons change the form, and nothing else; what it says counts when it is saved. */
@Controller
class RoutePages {
    private static final BodySchema<Change> SCHEMA = BodySchema.of(Change.class);
    private static final Map<String, String> FIELDS = Map.of(
            "other_channel", "other",
            "other_channel.enabled", "other",
            "other_channel.after_failures", "after",
            "next_carrier", "next",
            "next_carrier.enabled", "next",
            "receipt_seconds", "seconds");

    private static final Pattern COMPLAINT = Pattern.compile("routes\\[(\\d{1,3})]: ([^;']+)");

    private final ManagementCalls calls;
    private final PhoneRoutesController routes;
    private final PhoneProvidersController providers;
    private final Carriers carriers;
    private final ConsolePages pages;
    private final Tenants tenants;

    RoutePages(
            ManagementCalls calls,
            PhoneRoutesController routes,
            PhoneProvidersController providers,
            Carriers carriers,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.routes = calls.guarded(routes);
        this.providers = calls.guarded(providers);
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
        if (answer.isGood())
            ConsolePages.seeOther(
                    response, "/console/routes?said=" + (isWhole(form, request) ? "saved" : "saved-in-part"));
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
        pages.write(
                response,
                problem == null ? 200 : 400,
                new View.Routes(
                        PageFrame.of(request, tenants, "routes", problem).with(complaints(problem, form)),
                        form,
                        choices(),
                        withoutAccount(request),
                        focus,
                        told,
                        SCHEMA.bounds("other_channel.after_failures"),
                        SCHEMA.bounds("receipt_seconds")));
    }

    /** What a route may have in it: titles by name. */
    private Map<String, String> choices() {
        return carriers.titlesBeyondEvaluation();
    }

    /** Whether each carrier that a route names can be sent by. */
    private boolean isWhole(RouteForm form, HttpServletRequest request) {
        var without = withoutAccount(request);
        return form.rows().stream().flatMap(row -> row.carriers().stream()).noneMatch(without::contains);
    }

    /** Carriers that have no account, or one that is switched off; none where that may not be read. */
    private Set<String> withoutAccount(HttpServletRequest request) {
        var caller = Visitor.of(request).caller();
        var accounts = calls.answer(() -> providers.list(caller, null));
        if (!accounts.isGood()) return Set.of();
        var without = carriers.all().stream().map(Carrier::name).collect(Collectors.toCollection(HashSet::new));
        for (var account : accounts.body().path("providers"))
            if (!account.path("disabled").asBoolean(false))
                without.remove(account.path("name").asString(""));
        return without;
    }

    /** What is wrong with a route stands beside its countries, whatever of it is wrong. */
    private Complaints complaints(@Nullable String problem, RouteForm form) {
        var rows = form.rows();
        var found = new LinkedHashMap<String, String>();
        COMPLAINT.matcher(problem == null ? "" : problem).results().forEach(one -> {
            var place = Integer.parseInt(one.group(1));
            var field = place < rows.size() ? "where-" + rows.get(place).key() : "new";
            found.merge(field, one.group(2) + ".", (first, next) -> first + " " + next);
        });
        var complaints = Complaints.of(problem);
        if (complaints.byField().keySet().stream().noneMatch(property -> property.startsWith("routes")))
            return complaints.as(FIELDS);
        // The schema does not say which route it means.
        if (found.isEmpty())
            for (var row : rows) {
                var alone = new RouteForm(List.of(row), form.other(), form.next(), form.after(), form.seconds());
                var answer = calls.done(() -> calls.body(Change.class, alone.body()));
                var wrong = Complaints.of(answer.isGood() ? null : answer.problem());
                wrong.byField().forEach((property, reason) -> {
                    if (property.startsWith("routes")) found.put("where-" + row.key(), reason);
                });
            }
        return found.isEmpty() ? complaints.as(_ -> "new") : new Complaints(found);
    }
}
