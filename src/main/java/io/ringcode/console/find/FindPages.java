package io.ringcode.console.find;

import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.Navigation;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.UserQuery;
import io.ringcode.console.view.View;
import io.ringcode.console.view.View.Found;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.client.ClientsController;
import io.ringcode.management.json.Paging;
import io.ringcode.management.phone.LedgerController;
import io.ringcode.management.user.UsersController;
import io.ringcode.tenant.Tenants;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The search of the whole console: pages and settings, users, messages and applications. The palette asks it while one types. */
@Controller
class FindPages {
    private static final int SHOWN = 6;
    private static final int LONGEST = 200;
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final ManagementCalls calls;
    private final UsersController users;
    private final LedgerController messages;
    private final ClientsController clients;
    private final ConsolePages pages;
    private final Tenants tenants;

    FindPages(
            ManagementCalls calls,
            UsersController users,
            LedgerController messages,
            ClientsController clients,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.users = calls.guarded(users);
        this.messages = calls.guarded(messages);
        this.clients = calls.guarded(clients);
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/find")
    void find(@RequestParam(defaultValue = "") String q, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var typed = q.length() > LONGEST || !StorableText.is(q) ? "" : q.strip();
        var caller = Visitor.of(request).caller();
        var found = new ArrayList<Found>();
        add(
                found,
                "Pages and settings",
                Navigation.find(typed).stream()
                        .limit(typed.isEmpty() ? 50 : SHOWN)
                        .toList());
        if (typed.length() >= 2) {
            var people = users(typed, caller);
            add(found, "Users", people.stream().map(FindPages::user).toList());
            add(found, "Messages", messages(typed, people, caller));
            add(found, "Applications", applications(typed, caller));
        }
        if (request.getHeader("HX-Request") != null) pages.write(response, 200, new View.FindNews(found));
        else pages.write(response, 200, new View.Find(PageFrame.of(request, tenants, "find", null), q, found));
    }

    private static void add(List<Found> found, String title, List<Navigation.Hit> hits) {
        if (!hits.isEmpty()) found.add(new Found(title, hits));
    }

    private List<JsonNode> users(String typed, Caller caller) {
        var query = typed.startsWith("auth0|")
                ? "user_id:\"" + typed.replaceAll("[\"\\\\]", "") + "\""
                : UserQuery.of(typed);
        return calls.read(() -> users.list(caller, Paging.first(SHOWN), query, null, null))
                .valueStream()
                .toList();
    }

    private static Navigation.Hit user(JsonNode user) {
        var id = user.path("user_id").asString("");
        return new Navigation.Hit(
                user.path("email").asString(id), user.path("name").asString(""), "/console/users/" + Links.part(id));
    }

    /** One by its id; else those of whoever was found. */
    private List<Navigation.Hit> messages(String typed, List<JsonNode> people, Caller caller) {
        var id = typed.toLowerCase(Locale.ROOT);
        if (id.matches(ID)) {
            var one = calls.read(() -> messages.read(id, caller, Paging.WHOLE));
            if (one.isMissingNode()) return List.of();
            var to = "Message to " + one.path("phone_number").asString("");
            return List.of(new Navigation.Hit(to, one.path("state").asString(""), "/console/messages/" + id));
        }
        return people.stream()
                .limit(2)
                .map(user -> {
                    var of = user.path("user_id").asString("");
                    var name = "Messages to " + user.path("email").asString(of);
                    return new Navigation.Hit(name, "", "/console/messages?user_id=" + Links.part(of));
                })
                .toList();
    }

    private List<Navigation.Hit> applications(String typed, Caller caller) {
        var wanted = typed.toLowerCase(Locale.ROOT);
        return calls.read(() -> clients.list(caller, Paging.first(100), null))
                .valueStream()
                .filter(one ->
                        one.path("name").asString("").toLowerCase(Locale.ROOT).contains(wanted)
                                || one.path("client_id").asString("").equals(typed))
                .limit(SHOWN)
                .map(one -> {
                    var id = one.path("client_id").asString("");
                    return new Navigation.Hit(one.path("name").asString(id), id, "/console/clients/" + Links.part(id));
                })
                .toList();
    }
}
