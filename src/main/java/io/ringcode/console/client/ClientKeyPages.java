package io.ringcode.console.client;

import io.ringcode.console.client.ClientPage.Outcome;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.client.ClientBodies;
import io.ringcode.management.client.ClientKeyBody;
import io.ringcode.management.client.ClientKeysController;
import io.ringcode.management.client.ClientsController;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The public keys by which an application proves itself in place of a secret. */
@Controller
class ClientKeyPages {
    private final ManagementCalls calls;
    private final ClientsController clients;
    private final ClientKeysController keys;
    private final ClientPage sheet;
    private final SecondLook look;

    ClientKeyPages(
            ManagementCalls calls,
            ClientsController clients,
            ClientKeysController keys,
            ClientPage sheet,
            SecondLook look) {
        this.calls = calls;
        this.clients = calls.guarded(clients);
        this.keys = calls.guarded(keys);
        this.sheet = sheet;
        this.look = look;
    }

    @PostMapping("/console/clients/{id}/keys")
    void add(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var typed = Form.typed(request);
        var body = new HashMap<String, Object>(Map.of("credential_type", "public_key", "pem", typed.text("pem")));
        for (var name : new String[] {"name", "alg"}) {
            var given = typed.given(name);
            if (given != null) body.put(name, given);
        }
        if (typed.on("from_certificate")) body.put("parse_expiry_from_cert", true);
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(ClientKeyBody.class, body, key -> keys.create(id, caller, key));
        done(id, "saved", answer, typed, request, response);
    }

    /** From now on the client signs with one of these, and has no other way in. */
    @PostMapping("/console/clients/{id}/keys/accept")
    void accept(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var chosen = Form.typed(request).all("accepted");
        if (chosen.isEmpty()) {
            sheet.show(
                    id, Outcome.wrong("Select a key. Without one the client cannot authenticate."), request, response);
            return;
        }
        var risk = Risk.of(
                "Accept " + (chosen.size() == 1 ? "this key" : "these keys") + ", and no secret?",
                "Accept keys",
                ClientPage.at(id),
                "The application authenticates with a signature only. Its client secret stops working immediately.",
                "Keys that are not selected are no longer accepted.");
        if (!sheet.isThere(id, request, response) || !look.confirmed(request, response, "clients", risk)) return;
        var accepted = chosen.stream().map(key -> Map.of("id", key)).toList();
        var body = Map.of("client_authentication_methods", Map.of(ClientPage.KEYS, Map.of("credentials", accepted)));
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(ClientBodies.Change.class, body, change -> clients.update(id, caller, change));
        done(id, "saved", answer, new Form(Map.of(), null), request, response);
    }

    @PostMapping("/console/clients/{id}/keys/{key}/remove")
    void remove(
            @PathVariable String id, @PathVariable String key, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var risk = Risk.of(
                "Remove this public key?",
                "Remove key",
                ClientPage.at(id),
                "Requests signed with its private key are refused immediately.",
                "If it is the only key in use, the application cannot get tokens until it has another.");
        if (!sheet.isThere(id, request, response) || !look.confirmed(request, response, "clients", risk)) return;
        var answer = calls.done(() -> keys.delete(id, key, caller));
        done(id, "removed", answer, new Form(Map.of(), null), request, response);
    }

    private void done(
            String id, String said, Answer answer, Form typed, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (answer.isGood()) ConsolePages.seeOther(response, ClientPage.at(id) + "?said=" + said);
        else sheet.show(id, new Outcome(answer.problem(), null, typed), request, response);
    }
}
