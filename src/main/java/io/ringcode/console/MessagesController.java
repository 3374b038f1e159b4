package io.ringcode.console;

import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.databind.JsonNode;

/** What became of messages: the list, and one message's whole story. */
@Controller
class MessagesController {
    private static final String MESSAGES = "/guardian/factors/phone/messages";
    private static final int SHOWN = 25;

    private final Api api;
    private final Pages pages;
    private final Tenants tenants;

    MessagesController(Api api, Pages pages, Tenants tenants) {
        this.api = api;
        this.pages = pages;
        this.tenants = tenants;
    }

    /**
     * @param filter what was chosen, by the API's names
     * @param next where the list goes on; empty at its end
     */
    public record Page(Shell shell, JsonNode messages, Map<String, String> filter, String next) {
        public String chosen(String name) {
            return filter.getOrDefault(name, "");
        }
    }

    public record Story(Shell shell, JsonNode message) {}

    @GetMapping("/console/messages")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var filter = new LinkedHashMap<String, String>();
        var path = new StringBuilder(MESSAGES + "?take=" + SHOWN);
        for (var name : new String[] {"state", "channel", "provider", "user_id", "from"}) {
            var value = request.getParameter(name);
            if (value == null || value.isBlank()) continue;
            filter.put(name, value);
            path.append('&').append(name).append('=').append(Api.encoded(value));
        }
        var answer = api.call(request, response, "GET", path.toString(), null);
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                "Messages",
                new Page(
                        Shell.of(request, tenants, "messages", answer.isGood() ? null : answer.problem()),
                        answer.body().path("messages"),
                        filter,
                        answer.body().path("next").asString("")));
    }

    @GetMapping("/console/messages/{id}")
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = api.call(request, response, "GET", MESSAGES + "/" + Api.encoded(id), null);
        if (answer.isGood())
            pages.write(
                    response,
                    200,
                    "Message",
                    new Story(Shell.of(request, tenants, "messages", null), answer.body()));
        else pages.write(response, 404, "Stop", new Stop(answer.problem(), false));
    }
}
