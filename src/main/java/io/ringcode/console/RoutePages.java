package io.ringcode.console;

import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** Which carriers are tried in which order: one line of text for each route, so that it is written, moved and read as text. */
@Controller
class RoutePages {
    private static final String ROUTES = "/guardian/factors/phone/routes";

    private final Api api;
    private final ConsolePages pages;
    private final Tenants tenants;

    RoutePages(Api api, ConsolePages pages, Tenants tenants) {
        this.api = api;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/routes")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var stored = api.read(request, response, ROUTES);
        var lines = new ArrayList<String>();
        for (var route : stored.path("routes")) lines.add(line(route));
        show(request, response, null, String.join("\n", lines), stored.path("other_channel"), stored);
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable String problem,
            String text,
            JsonNode otherChannel,
            JsonNode stored)
            throws IOException {
        pages.write(
                response,
                problem == null ? 200 : 400,
                new View.Routes(
                        Shell.of(request, tenants, "routes", problem),
                        text,
                        otherChannel.path("enabled").asBoolean(false),
                        otherChannel.path("after_failures").asInt(2),
                        stored.path("receipt_seconds").asInt(30)));
    }

    /** Such as {@code sms DE AT +4915: infobip, twilio}. */
    private static String line(JsonNode route) {
        var where = Stream.of("countries", "prefixes")
                .flatMap(member -> route.path(member).valueStream())
                .map(one -> one.asString(""))
                .toList();
        var providers = route.path("providers")
                .valueStream()
                .map(one -> one.asString(""))
                .toList();
        return route.path("channel").asString("") + (where.isEmpty() ? "" : " " + String.join(" ", where)) + ": "
                + String.join(", ", providers);
    }

    @PostMapping("/console/routes")
    void save(
            @RequestParam(defaultValue = "") String routes,
            @RequestParam(defaultValue = "false") boolean other,
            @RequestParam(defaultValue = "2") int after,
            @RequestParam(defaultValue = "30") int seconds,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var wish = new LinkedHashMap<String, Object>();
        wish.put(
                "routes",
                routes.lines()
                        .filter(line -> !line.isBlank())
                        .map(RoutePages::route)
                        .toList());
        wish.put("other_channel", Map.of("enabled", other, "after_failures", after));
        wish.put("receipt_seconds", seconds);
        var answer = api.call(request, response, "PUT", ROUTES, wish);
        if (answer.isGood()) {
            ConsolePages.seeOther(response, "/console/routes?said=saved");
            return;
        }
        pages.write(
                response,
                400,
                new View.Routes(Shell.of(request, tenants, "routes", answer.problem()), routes, other, after, seconds));
    }

    /** What does not fit is left to the API to complain of. */
    private static Map<String, Object> route(String line) {
        var halves = line.split(":", 2);
        var words = List.of(halves[0].strip().split("\\s+", -1));
        var where = words.subList(1, words.size());
        var route = new HashMap<String, Object>();
        route.put("channel", words.getFirst());
        route.put(
                "countries",
                where.stream().filter(word -> !word.startsWith("+")).toList());
        route.put(
                "prefixes", where.stream().filter(word -> word.startsWith("+")).toList());
        route.put(
                "providers",
                halves.length < 2
                        ? List.of()
                        : Stream.of(halves[1].split(",", -1))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .toList());
        return route;
    }
}
