package io.ringcode.console.fraud;

import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.FraudView;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.json.JsonBody;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.client.ClientsController;
import io.ringcode.management.json.Paging;
import io.ringcode.management.phone.BudgetsController;
import io.ringcode.management.phone.NumberSettingsController;
import io.ringcode.management.phone.PricesController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Kinds of numbers, countries by channel and application, budgets, and what carriers ask for their messages. */
@Controller
class LimitPages {
    private static final String AT = "/console/fraud/limits";

    private final ManagementCalls calls;
    private final NumberSettingsController numbers;
    private final BudgetsController budgets;
    private final PricesController prices;
    private final ClientsController clients;
    private final Carriers carriers;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    LimitPages(
            ManagementCalls calls,
            NumberSettingsController numbers,
            BudgetsController budgets,
            PricesController prices,
            ClientsController clients,
            Carriers carriers,
            ConsolePages pages,
            SecondLook look,
            Tenants tenants) {
        this.calls = calls;
        this.numbers = calls.guarded(numbers);
        this.budgets = calls.guarded(budgets);
        this.prices = calls.guarded(prices);
        this.clients = calls.guarded(clients);
        this.carriers = carriers;
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    private enum Typed {
        NOTHING,
        NUMBERS,
        BUDGETS
    }

    @GetMapping(AT)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, null, Typed.NOTHING, Complaints.NONE);
    }

    @PostMapping(AT + "/numbers")
    void numbers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var form = Form.typed(request);
        var rows = LimitForms.keptCountries(form);
        var answer = calls.answer(
                NumberSettingsController.Numbers.class,
                LimitForms.numbers(form, rows),
                wanted -> numbers.set(caller, wanted));
        var complaints =
                Complaints.of(answer.isGood() ? null : answer.problem()).without("countries");
        if (!answer.isGood())
            for (var row : rows)
                complaints = complaints.with(
                        check(NumberSettingsController.Numbers.class, LimitForms.numbers(form, List.of(row)))
                                .ofRow("countries", row.key()));
        done(request, response, answer, Typed.NUMBERS, complaints);
    }

    @PostMapping(AT + "/budgets")
    void budgets(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var form = Form.typed(request);
        var rows = LimitForms.keptBudgets(form);
        var answer = calls.answer(
                BudgetsController.Wish.class, LimitForms.money(form, rows), wanted -> budgets.set(caller, wanted));
        var complaints =
                Complaints.of(answer.isGood() ? null : answer.problem()).without("budgets");
        if (!answer.isGood())
            for (var row : rows)
                complaints = complaints.with(check(BudgetsController.Wish.class, LimitForms.money(form, List.of(row)))
                        .ofRow("budgets", row.key()));
        done(request, response, answer, Typed.BUDGETS, complaints);
    }

    /** What is wrong with a form of one row: the API does not say which row it means. */
    private <B extends JsonBody> Complaints check(Class<B> type, Map<String, ?> form) {
        var answer = calls.done(() -> calls.body(type, form));
        return Complaints.of(answer.isGood() ? null : answer.problem());
    }

    private void done(
            HttpServletRequest request, HttpServletResponse response, Answer answer, Typed typed, Complaints complaints)
            throws IOException {
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=saved");
        else show(request, response, answer.problem(), typed, complaints);
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable String problem,
            Typed typed,
            Complaints complaints)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var form = Form.typed(request);
        var money = calls.answer(() -> budgets.read(caller));
        var kinds = Form.of(calls.answer(() -> numbers.read(caller)));
        var stored = calls.read(() -> numbers.read(caller));
        pages.write(
                response,
                problem == null ? 200 : 400,
                new FraudView.Limits(
                        PageFrame.of(request, tenants, "limits", problem).with(complaints),
                        money.isGood() ? null : money.problem(),
                        Set.copyOf((typed == Typed.NUMBERS ? form : kinds).all("permitted_kinds")),
                        typed == Typed.NUMBERS
                                ? LimitForms.countries(form)
                                : LimitForms.countries(stored.path("countries")),
                        applications(request),
                        typed == Typed.BUDGETS
                                ? form.text("currency")
                                : money.body().path("currency").asString(""),
                        typed == Typed.BUDGETS
                                ? form.text("assumed_price")
                                : money.body().path("assumed_price").asString(""),
                        typed == Typed.BUDGETS
                                ? LimitForms.budgets(form)
                                : LimitForms.budgets(money.body().path("budgets")),
                        calls.read(() -> prices.read(caller)).path("prices"),
                        carriers.titlesBeyondEvaluation(),
                        complaints));
    }

    private Map<String, String> applications(HttpServletRequest request) {
        var caller = Visitor.of(request).caller();
        var names = new LinkedHashMap<String, String>();
        for (var client : calls.read(() -> clients.list(caller, Paging.first(100), null)))
            names.put(client.path("client_id").asString(""), client.path("name").asString(""));
        return names;
    }

    @GetMapping(AT + "/prices/{carrier}")
    void prices(@PathVariable String carrier, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        prices(carrier, request, response, null);
    }

    @PostMapping(AT + "/prices/{carrier}")
    void setPrices(@PathVariable String carrier, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var body = Map.of("csv", Form.typed(request).text("csv"));
        var answer = calls.answer(PricesController.Csv.class, body, list -> prices.set(carrier, caller, list));
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "/prices/" + Links.part(carrier) + "?said=saved");
        else prices(carrier, request, response, answer.problem());
    }

    @PostMapping(AT + "/prices/{carrier}/remove")
    void removePrices(@PathVariable String carrier, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var title = carriers.title(carrier);
        var risk = Risk.of(
                "Remove the price list of " + title + "?",
                "Remove price list",
                AT + "/prices/" + Links.part(carrier),
                "Budgets count each message of " + title + " with the assumed price until its receipt tells another.",
                "The list is not kept anywhere else on this server.");
        if (!look.confirmed(request, response, "limits", risk)) return;
        var answer = calls.done(() -> prices.remove(carrier, caller));
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=removed");
        else prices(carrier, request, response, answer.problem());
    }

    private void prices(
            String carrier, HttpServletRequest request, HttpServletResponse response, @Nullable String problem)
            throws IOException {
        var title = carriers.titlesBeyondEvaluation().get(carrier);
        var caller = Visitor.of(request).caller();
        var all = calls.answer(() -> prices.read(caller));
        if (title == null || !all.isGood()) {
            var why = title == null ? "There is no such carrier." : all.problem();
            pages.write(response, title == null ? 404 : 400, new View.Stop(why, false));
            return;
        }
        var lists = new HashMap<String, String>();
        for (var list : all.body().path("prices"))
            lists.put(list.path("carrier").asString(""), list.path("csv").asString(""));
        var typed = request.getParameter("csv");
        var complaints = Complaints.of(problem);
        pages.write(
                response,
                problem == null ? 200 : 400,
                new FraudView.Prices(
                        PageFrame.of(request, tenants, "limits", problem).with(complaints),
                        carrier,
                        title,
                        calls.read(() -> budgets.read(caller)).path("currency").asString(""),
                        typed == null ? lists.getOrDefault(carrier, "") : typed,
                        lists.containsKey(carrier),
                        complaints));
    }
}
