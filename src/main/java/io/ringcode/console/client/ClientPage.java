package io.ringcode.console.client;

import io.ringcode.authorization.Issuers;
import io.ringcode.console.api.ApiClient;
import io.ringcode.console.view.ClientView;
import io.ringcode.console.view.ClientView.Listed;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
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

    private final ApiClient api;
    private final ConsolePages pages;
    private final Tenants tenants;
    private final Issuers issuers;

    ClientPage(ApiClient api, ConsolePages pages, Tenants tenants, Issuers issuers) {
        this.api = api;
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
        var client = api.call(request, response, "GET", at(id), null);
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
        var stored = Form.stored(client);
        if (client.has("client_authentication_methods"))
            stored = stored.with("token_endpoint_auth_method", List.of(KEYS));
        var form = outcome.form() == null ? stored : outcome.form();
        pages.write(
                response,
                outcome.problem() == null ? 200 : 400,
                new ClientView.Client(
                        PageFrame.of(request, tenants, "clients", outcome.problem()),
                        id,
                        issuers.of(request),
                        form,
                        outcome.key() == null ? new Form(Map.of(), null) : outcome.key(),
                        Listed.of(api.call(request, response, "GET", at(id) + "/credentials", null)),
                        accepted,
                        Listed.of(api.call(
                                request,
                                response,
                                "GET",
                                "/client-grants?per_page=100&client_id=" + Links.part(id),
                                null)),
                        apis(request, response),
                        told));
    }

    private Map<String, String> apis(HttpServletRequest request, HttpServletResponse response) {
        var apis = new TreeMap<String, String>();
        for (var one : api.read(request, response, "/resource-servers?per_page=100"))
            apis.put(one.path("identifier").asString(""), one.path("name").asString(""));
        return apis;
    }

    static String at(String id) {
        return "/clients/" + Links.part(id);
    }
}
