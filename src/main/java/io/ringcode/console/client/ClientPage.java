package io.ringcode.console.client;

import io.ringcode.authorization.Issuer;
import io.ringcode.authorization.Issuers;
import io.ringcode.client.Caller;
import io.ringcode.console.view.ClientView;
import io.ringcode.console.view.ClientView.Listed;
import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.client.ClientGrantsController;
import io.ringcode.management.client.ClientKeysController;
import io.ringcode.management.client.ClientsController;
import io.ringcode.management.client.ResourceServersController;
import io.ringcode.management.json.Paging;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The page of one application: its properties, its keys, and which APIs it may call. */
@Component
class ClientPage {
    static final String KEYS = "private_key_jwt";

    /** As many as a page of a list holds. */
    private static final int MOST = 100;

    private final ManagementCalls calls;
    private final ClientsController clients;
    private final ClientKeysController keys;
    private final ClientGrantsController grants;
    private final ResourceServersController servers;
    private final ConsolePages pages;
    private final Tenants tenants;
    private final Issuers issuers;

    ClientPage(
            ManagementCalls calls,
            ClientsController clients,
            ClientKeysController keys,
            ClientGrantsController grants,
            ResourceServersController servers,
            ConsolePages pages,
            Tenants tenants,
            Issuers issuers) {
        this.calls = calls;
        this.clients = calls.guarded(clients);
        this.keys = calls.guarded(keys);
        this.grants = calls.guarded(grants);
        this.servers = calls.guarded(servers);
        this.pages = pages;
        this.tenants = tenants;
        this.issuers = issuers;
    }

    /** What a form came to: nothing, or what was wrong with what was typed into it. */
    record Outcome(
            @Nullable String problem,
            @Nullable Form form,
            @Nullable Form key) {
        static final Outcome NONE = new Outcome(null, null, null);

        static Outcome wrong(String problem) {
            return new Outcome(problem, null, null);
        }
    }

    void show(String id, Outcome outcome, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var client = calls.answer(() -> clients.read(id, caller, Paging.WHOLE));
        if (client.isGood()) write(id, client.body(), outcome, null, request, response);
        else pages.write(response, client.status(), new View.Stop(client.problem(), false));
    }

    /** @param client as the API has just answered it: who made it may not be allowed to read it again */
    void tell(JsonNode client, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var secret = client.path("client_secret").asString("");
        var told = secret.isEmpty() ? null : new View.Told("The client's secret", secret);
        write(client.path("client_id").asString(""), client, Outcome.NONE, told, request, response);
    }

    private void write(
            String id,
            JsonNode client,
            Outcome outcome,
            View.@Nullable Told told,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var accepted = new HashSet<String>();
        for (var key : client.path("client_authentication_methods").path(KEYS).path("credentials"))
            accepted.add(key.path("id").asString(""));
        var caller = Visitor.of(request).caller();
        var issuer = issuers.at(request);
        var stored = Form.stored(client);
        if (client.has("client_authentication_methods"))
            stored = stored.with("token_endpoint_auth_method", List.of(KEYS));
        var form = outcome.form() == null ? stored : outcome.form();
        pages.write(
                response,
                outcome.problem() == null ? 200 : 400,
                new ClientView.Client(
                        PageFrame.of(request, tenants, "clients", outcome.problem())
                                .with(complaints(outcome)),
                        id,
                        issuer.url(),
                        form,
                        outcome.key() == null ? new Form(Map.of(), null) : outcome.key(),
                        Listed.of(calls.answer(() -> keys.list(id, caller))),
                        accepted,
                        Listed.of(calls.answer(() -> grants.list(caller, Paging.first(MOST), id, null, issuer))),
                        apis(caller, issuer),
                        told));
    }

    private static Complaints complaints(Outcome outcome) {
        var complaints = Complaints.of(outcome.problem());
        if (outcome.key() != null)
            return complaints.as(Map.of("name", "key-name", "parse_expiry_from_cert", "from_certificate"));
        return complaints.as(property -> switch (property) {
            case "token_endpoint_auth_method", KEYS -> "method";
            case "grant_types" -> "grant-authorization_code";
            default -> property;
        });
    }

    /** @return whether there is such an application; where not, that has been told */
    boolean isThere(String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var client = calls.answer(() -> clients.read(id, Visitor.of(request).caller(), Paging.WHOLE));
        if (!client.isGood()) pages.write(response, client.status(), new View.Stop(client.problem(), false));
        return client.isGood();
    }

    private Map<String, String> apis(Caller caller, Issuer issuer) {
        var apis = new TreeMap<String, String>();
        for (var one : calls.read(() -> servers.list(caller, Paging.first(MOST), issuer)))
            apis.put(one.path("identifier").asString(""), one.path("name").asString(""));
        return apis;
    }

    static String at(String id) {
        return "/console/clients/" + Links.part(id);
    }
}
