package io.ringcode.console.activity;

import io.ringcode.client.Caller;
import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Csv;
import io.ringcode.console.view.Filters;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.UserQuery;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.log.LogRecord;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.management.search.LogRecords;
import io.ringcode.management.search.LogsController;
import io.ringcode.management.user.UsersController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The log, the newest first: searched, and followed. */
@Controller
class LogPages {
    private static final String AT = "/console/log";

    /** A search of the API shows its first thousand. */
    private static final int EXPORTED_PAGES = 10;

    private static final int EXPORTED_SIZE = 100;
    private static final int MOST_PEOPLE = 5;

    private final ManagementCalls calls;
    private final LogsController logs;
    private final UsersController users;
    private final AdministratorNames administrators;
    private final ConsolePages pages;
    private final Tenants tenants;
    private final Clock clock;

    LogPages(
            ManagementCalls calls,
            LogsController logs,
            UsersController users,
            AdministratorNames administrators,
            ConsolePages pages,
            Tenants tenants,
            Clock clock) {
        this.calls = calls;
        this.logs = calls.guarded(logs);
        this.users = calls.guarded(users);
        this.administrators = administrators;
        this.pages = pages;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping(AT)
    void list(
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "false") boolean follow,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var filters = filters(request);
        var wrong = filters.complaints();
        var q = query(filters, request);
        var answer = calls.answer(() -> page(request, q, follow ? 0 : page));
        var lines = answer.isGood() ? answer.body().valueStream().toList() : List.<JsonNode>of();
        var problem = answer.isGood() ? null : answer.problem();
        if (!wrong.byField().isEmpty()) problem = "A filter cannot be read.";
        var open = filters.given("open");
        var caller = Visitor.of(request).caller();
        var opened = open == null ? null : calls.read(() -> logs.read(open, caller));
        var complaints = wrong.with(Complaints.of(answer.isGood() ? null : answer.problem()));
        pages.write(
                response,
                problem == null ? 200 : 400,
                new View.Log(
                        PageFrame.of(request, tenants, "log", problem).with(complaints),
                        follow ? settled(lines) : lines,
                        filters,
                        q,
                        follow ? 0 : page,
                        follow && answer.isGood(),
                        administrators.of(
                                caller,
                                opened == null
                                        ? lines
                                        : Stream.concat(lines.stream(), Stream.of(opened))
                                                .toList()),
                        opened == null || opened.isMissingNode() ? null : opened));
    }

    @GetMapping(AT + "/{id}")
    void read(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> logs.read(id, caller));
        if (!answer.isGood()) pages.write(response, answer.status(), new View.Stop(answer.problem(), false));
        else {
            var names = administrators.of(caller, List.of(answer.body()));
            var frame = PageFrame.of(request, tenants, "log", null);
            pages.write(
                    response,
                    200,
                    request.getHeader("HX-Request") != null
                            ? new View.LogStory(answer.body(), names)
                            : new View.LogLine(frame, answer.body(), names));
        }
    }

    @GetMapping(AT + ".csv")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var q = query(filters(request), request);
        var file = new Csv(
                "date", "type", "description", "user_id", "user_name", "client_name", "ip", "user_agent", "log_id");
        for (int page = 0; page < EXPORTED_PAGES; page++) {
            int at = page;
            var lines = calls.read(
                    () -> logs.search(Visitor.of(request).caller(), Paging.page(at, EXPORTED_SIZE), q, "date:-1"));
            for (var line : lines)
                file.add(Stream.of(
                                "date",
                                "type",
                                "description",
                                "user_id",
                                "user_name",
                                "client_name",
                                "ip",
                                "user_agent",
                                "log_id")
                        .map(name -> line.path(name).asString(""))
                        .toList());
            if (lines.size() < EXPORTED_SIZE) break;
        }
        file.write(response, "log.csv");
    }

    private static Filters filters(HttpServletRequest request) {
        return Filters.of(request, AT, "q", "type", "user", "since", "until", "open");
    }

    /** All filters as one query of the API. */
    private String query(Filters filters, HttpServletRequest request) {
        var parts = new ArrayList<String>();
        var q = filters.text("q");
        var alone = filters.chosen().keySet().stream().allMatch(name -> name.equals("q") || name.equals("open"));
        if (!q.isEmpty()) parts.add(alone ? q : "(" + q + ")");
        if (filters.given("type") != null) parts.add("type:\"" + plain(filters.text("type")) + "\"");
        var user = filters.given("user");
        if (user != null) parts.add(ofUsers(user, Visitor.of(request).caller()));
        var since = filters.since();
        if (since != null) parts.add("date:[" + since + " TO *]");
        var until = filters.until();
        if (until != null) parts.add("date:[* TO " + until + "}");
        return String.join(" AND ", parts);
    }

    private String ofUsers(String typed, Caller caller) {
        var ids = typed.contains("|")
                ? List.of(typed)
                : calls.read(() -> users.list(caller, Paging.first(MOST_PEOPLE), UserQuery.of(typed), null, null))
                        .valueStream()
                        .map(user -> user.path("user_id").asString(""))
                        .toList();
        if (ids.isEmpty()) return "user_id:\"nobody\"";
        return ids.stream().map(id -> "user_id:\"" + plain(id) + "\"").collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static String plain(String text) {
        return text.replaceAll("[\"\\\\]", "");
    }

    /** What came after a line, as htmx asks for it again and again. */
    @GetMapping("/console/log/news")
    void news(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var newest = calls.read(() -> page(request, q, 0)).valueStream().toList();
        var lines = settled(newest).stream()
                .filter(line -> View.Log.id(line).compareTo(after) > 0)
                .toList();
        var cut =
                newest.size() == View.Log.SHOWN && View.Log.id(newest.getLast()).compareTo(after) > 0;
        if (lines.isEmpty()) response.setStatus(HttpStatus.NO_CONTENT.value());
        else
            pages.write(
                    response,
                    200,
                    new View.LogNews(
                            lines, administrators.of(Visitor.of(request).caller(), lines), q, cut));
    }

    private Page<LogRecord> page(HttpServletRequest request, String q, int page) {
        return logs.search(Visitor.of(request).caller(), Paging.page(page, View.Log.SHOWN), q.strip(), "date:-1");
    }

    /** A line may be seen a moment after a younger one. Who follows the log must not pass it by, and so stays behind. */
    private List<JsonNode> settled(List<JsonNode> lines) {
        var until = clock.instant().minus(LogRecords.SETTLED);
        return lines.stream()
                .filter(line -> !Instant.parse(line.path("date").asString("")).isAfter(until))
                .toList();
    }
}
