package io.ringcode.console.client;

import io.ringcode.authorization.Issuers;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.Registration;
import io.ringcode.client.Registrations;
import io.ringcode.console.view.ClientView;
import io.ringcode.console.view.ClientView.ApiKey;
import io.ringcode.console.view.ClientView.NewKey;
import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.client.ClientBodies;
import io.ringcode.management.client.ClientGrantsController;
import io.ringcode.management.client.ClientsController;
import io.ringcode.management.json.Paging;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
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
    private static final String NO_SCOPE = "Tick at least one scope.";

    private final ManagementCalls calls;
    private final ClientsController clients;
    private final ClientGrantsController grants;
    private final ConsolePages pages;
    private final Registrations registrations;
    private final Tenants tenants;
    private final Issuers issuers;
    private final TransactionTemplate transactions;

    ApiKeyPages(
            ManagementCalls calls,
            ClientsController clients,
            ClientGrantsController grants,
            ConsolePages pages,
            Registrations registrations,
            Tenants tenants,
            Issuers issuers,
            PlatformTransactionManager transactions) {
        this.calls = calls;
        this.clients = calls.guarded(clients);
        this.grants = calls.guarded(grants);
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
            show(0, typed, NO_SCOPE, null, request, response);
            return;
        }
        var made = transactions.execute(both -> {
            var client = client(typed, request);
            var answer = client.isGood() ? grant(client.body(), typed, request) : client;
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

    private Answer client(Form typed, HttpServletRequest request) {
        var body = Map.of(
                "name", typed.text("name").strip(),
                "app_type", "non_interactive",
                "grant_types", List.of("client_credentials"));
        var caller = Visitor.of(request).caller();
        return calls.answer(ClientBodies.New.class, body, client -> clients.create(caller, client));
    }

    private Answer grant(JsonNode client, Form typed, HttpServletRequest request) {
        var caller = Visitor.of(request).caller();
        var issuer = issuers.at(request);
        var body = Map.of(
                "client_id", client.path("client_id").asString(""),
                "audience", issuer.url() + Apis.MANAGEMENT,
                "scope", typed.all("scope"));
        return calls.answer(ClientGrantsController.New.class, body, grant -> grants.create(caller, grant, issuer));
    }

    private void show(
            int page,
            Form typed,
            @Nullable String problem,
            @Nullable NewKey made,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var issuer = issuers.at(request);
        var granted = calls.answer(() -> {
            var paging = Paging.page(page, SHOWN).withTotals();
            return grants.list(caller, paging, null, issuer.url() + Apis.MANAGEMENT, issuer);
        });
        var wrong = problem == null && granted.status() == 400 ? granted.problem() : problem;
        var keys = granted.body()
                .path("client_grants")
                .valueStream()
                .map(grant -> key(grant, caller))
                .sorted(Comparator.comparing(ApiKey::name).thenComparing(ApiKey::client))
                .toList();
        var scopes = ScopeChoice.ofManagement(Visitor.of(request), List.of(), typed.all("scope"));
        var press = typed.text("tick");
        pages.write(
                response,
                wrong == null ? 200 : 400,
                new ClientView.ApiKeys(
                        PageFrame.of(request, tenants, "keys", wrong).with(complaints(wrong)),
                        keys,
                        granted.isGood() ? null : granted.problem(),
                        typed.text("name"),
                        press.isEmpty() ? scopes : ScopeChoice.ticked(scopes, press),
                        page,
                        (page + 1) * SHOWN < granted.body().path("total").asInt(0),
                        made));
    }

    private static Complaints complaints(@Nullable String problem) {
        if (NO_SCOPE.equals(problem)) return Complaints.of("scopes", NO_SCOPE);
        return Complaints.of(problem).as(property -> property.startsWith("scope") ? "scopes" : property);
    }

    private ApiKey key(JsonNode grant, Caller caller) {
        var id = grant.path("client_id").asString("");
        var client = calls.answer(() -> clients.read(id, caller, Paging.WHOLE));
        var changed = client.isGood()
                ? registrations.find(caller.tenant(), new ClientId(id))
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
