package io.ringcode.console;

import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The log, the newest first. */
@Controller
class LogController {
    private static final int SHOWN = 50;

    private final Api api;
    private final Pages pages;
    private final Tenants tenants;

    LogController(Api api, Pages pages, Tenants tenants) {
        this.api = api;
        this.pages = pages;
        this.tenants = tenants;
    }

    /** @param page counted from 0 */
    public record Page(Shell shell, JsonNode records, String q, int page) {
        public boolean full() {
            return records.size() == SHOWN;
        }
    }

    @GetMapping("/console/log")
    void list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int page,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var path = "/logs?sort=date:-1&per_page=" + SHOWN + "&page=" + page
                + (q.isBlank() ? "" : "&q=" + Api.encoded(q.strip()));
        var answer = api.call(request, response, "GET", path, null);
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                "Log",
                new Page(
                        Shell.of(request, tenants, "log", answer.isGood() ? null : answer.problem()),
                        answer.isGood() ? answer.body() : answer.body().path("none"),
                        q,
                        page));
    }
}
