package io.ringcode.console;

import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The log, the newest first. */
@Controller
class LogPages {
    private final Api api;
    private final ConsolePages pages;
    private final Tenants tenants;

    LogPages(Api api, ConsolePages pages, Tenants tenants) {
        this.api = api;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/log")
    void list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") int page,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var path = "/logs?sort=date:-1&per_page=" + View.Log.SHOWN + "&page=" + page
                + (q.isBlank() ? "" : "&q=" + Links.part(q.strip()));
        var answer = api.call(request, response, "GET", path, null);
        pages.write(
                response,
                answer.isGood() ? 200 : 400,
                new View.Log(
                        Shell.of(request, tenants, "log", answer.isGood() ? null : answer.problem()),
                        answer.isGood() ? answer.body() : answer.body().path("none"),
                        q,
                        page));
    }
}
