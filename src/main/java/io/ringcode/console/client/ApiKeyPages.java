package io.ringcode.console.client;

import io.ringcode.authorization.Issuers;
import io.ringcode.client.Apis;
import io.ringcode.client.ClientId;
import io.ringcode.client.Registration;
import io.ringcode.client.Registrations;
import io.ringcode.console.api.ApiClient;
import io.ringcode.console.api.Visitor;
import io.ringcode.console.view.ClientView;
import io.ringcode.console.view.ClientView.ApiKey;
import io.ringcode.console.view.ClientView.NewKey;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** Keys for the Management API: clients that ask for tokens of their own, with a grant for it. */
@Controller
class ApiKeyPages {
    private static final int SHOWN = 25;

    private final ApiClient api;
    private final ConsolePages pages;
    private final Registrations registrations;
    private final Tenants tenants;
    private final Issuers issuers;
    private final TransactionTemplate transactions;

    ApiKeyPages(
            ApiClient api,
            ConsolePages pages,
            Registrations registrations,
            Tenants tenants,
            Issuers issuers,
            PlatformTransactionManager transactions) {
        this.api = api;
        this.pages = pages;
        this.registrations = registrations;
        this.tenants = tenants;
        this.issuers = issuers;
        this.transactions = new TransactionTemplate(transactions);
    }

    @GetMapping("/console/api-keys")
    void list(@RequestParam(defaultValue = "0") int page, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        show(page, new Form(Map.of(), null), null, null, request, response);
    }

    /** The client and its grant are made together or not at all. */
    @PostMapping("/console/api-keys")
    void make(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var typed = Form.typed(request);
        if (!typed.text("tick").isEmpty()) {
            show(0, typed, null, null, request, response);
            return;
        }
        if (typed.all("scope").isEmpty()) {
            show(0, typed, "Tick at least one scope.", null, request, response);
            return;
        }
        var made = transactions.execute(both -> {
            var client = client(typed, request, response);
            var answer = client.isGood() ? grant(client.body(), typed, request, response) : client;
            if (!answer.isGood()) both.setRollbackOnly();
            return answer.isGood() ? client : answer;
        });
        if (!made.isGood()) {
            show(0, typed, made.problem(), null, request, response);
            return;
        }
        var key = new NewKey(
                made.body().path("client_id").asString(""),
                made.body().path("client_secret").asString(""),
                issuers.of(request));
        show(0, new Form(Map.of(), null), null, key, request, response);
    }

    private Answer client(Form typed, HttpServletRequest request, HttpServletResponse response) {
        var body = Map.of(
                "name", typed.text("name").strip(),
                "app_type", "non_interactive",
                "grant_types", List.of("client_credentials"));
        return api.call(request, response, "POST", "/clients", body);
    }

    private Answer grant(JsonNode client, Form typed, HttpServletRequest request, HttpServletResponse response) {
        var body = Map.of(
                "client_id", client.path("client_id").asString(""),
                "audience", issuers.of(request) + Apis.MANAGEMENT,
                "scope", typed.all("scope"));
        return api.call(request, response, "POST", "/client-grants", body);
    }

    private void show(
            int page,
            Form typed,
            @Nullable String problem,
            @Nullable NewKey made,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var path = "/client-grants?include_totals=true&per_page=" + SHOWN + "&page=" + page + "&audience="
                + Links.part(issuers.of(request) + Apis.MANAGEMENT);
        var grants = api.call(request, response, "GET", path, null);
        var wrong = problem == null && grants.status() == 400 ? grants.problem() : problem;
        var keys = grants.body()
                .path("client_grants")
                .valueStream()
                .map(grant -> key(grant, request, response))
                .toList();
        var scopes = ScopeChoice.ofManagement(Visitor.of(request), List.of(), typed.all("scope"));
        var press = typed.text("tick");
        pages.write(
                response,
                wrong == null ? 200 : 400,
                new ClientView.ApiKeys(
                        PageFrame.of(request, tenants, "clients", wrong),
                        keys,
                        grants.isGood() ? null : grants.problem(),
                        typed.text("name"),
                        press.isEmpty() ? scopes : ScopeChoice.ticked(scopes, press),
                        page,
                        (page + 1) * SHOWN < grants.body().path("total").asInt(0),
                        made));
    }

    private ApiKey key(JsonNode grant, HttpServletRequest request, HttpServletResponse response) {
        var id = grant.path("client_id").asString("");
        var client = api.call(request, response, "GET", ClientPage.at(id), null);
        var changed = client.isGood()
                ? registrations.find(Visitor.of(request).tenant(), new ClientId(id))
                : Optional.<Registration>empty();
        return new ApiKey(
                id,
                client.body().path("name").asString(id),
                grant.path("scope")
                        .valueStream()
                        .map(scope -> scope.asString(""))
                        .sorted()
                        .toList(),
                changed.map(found -> found.updatedAt().toString()).orElse(""));
    }
}
