package io.ringcode.console.activity;

import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.log.LogRecord;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.management.search.LogRecords;
import io.ringcode.management.search.LogsController;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The log, the newest first: searched, and followed. */
@Controller
class LogPages {
    private final ManagementCalls calls;
    private final LogsController logs;
    private final ConsolePages pages;
    private final Tenants tenants;
    private final Clock clock;

    LogPages(ManagementCalls calls, LogsController logs, ConsolePages pages, Tenants tenants, Clock clock) {
        this.calls = calls;
        this.logs = calls.guarded(logs);
        this.pages = pages;
        this.tenants = tenants;
        this.clock = clock;
    }

    @GetMapping("/console/log")
    void list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "false") boolean follow,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var answer = calls.answer(() -> page(request, q, follow ? 0 : page));
        var lines = answer.isGood() ? answer.body().valueStream().toList() : List.<JsonNode>of();
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new View.Log(
                        PageFrame.of(request, tenants, "log", answer.isGood() ? null : answer.problem()),
                        follow ? settled(lines) : lines,
                        q,
                        follow ? 0 : page,
                        follow && answer.isGood()));
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
        else pages.write(response, 200, new View.LogNews(lines, q, cut));
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
