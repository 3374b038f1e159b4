package io.ringcode.console.script;

import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.script.HookRunsController;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The progress of npm installations for scripts, which a save waits for. */
@Controller
class Installs {
    /** With this htmx stops asking, and shows what comes with it. */
    private static final int STOP_ASKING = 286;

    private final ManagementCalls calls;
    private final HookRunsController runs;
    private final ConsolePages pages;
    private final Clock clock;

    Installs(ManagementCalls calls, HookRunsController runs, ConsolePages pages, Clock clock) {
        this.calls = calls;
        this.runs = calls.guarded(runs);
        this.pages = pages;
        this.clock = clock;
    }

    /** The part of a script's page, as htmx asks for it. */
    @GetMapping("/console/hooks/installs")
    void look(@RequestParam(defaultValue = "") String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var install = of(name, Visitor.of(request).caller());
        var ended = install == null || !install.underWay();
        pages.write(response, ended ? STOP_ASKING : 200, new View.InstallNews(install));
    }

    /** @return the newest of that script; null for none within the last minutes */
    View.@Nullable Install of(String script, Caller caller) {
        return all(caller).stream()
                .filter(install -> install.script().equals(script))
                .reduce((_, newer) -> newer)
                .orElse(null);
    }

    /** Longest ago first. */
    List<View.Install> all(Caller caller) {
        return calls.read(() -> runs.builds(caller))
                .path("builds")
                .valueStream()
                .map(this::install)
                .toList();
    }

    /** Once its failure is told as the form's problem, or something was saved since. */
    static boolean isOver(View.Install install, @Nullable String problem, JsonNode versions) {
        if (!install.state().equals("failed")) return false;
        return (problem != null && problem.contains(install.message()))
                || versions.path(0).path("created_at").asString("").compareTo(install.until()) > 0;
    }

    private View.Install install(JsonNode build) {
        var until = build.path("ended_at").asString("");
        var since = Instant.parse(build.path("started_at").asString(""));
        return new View.Install(
                build.path("name").asString(""),
                build.path("status").asString(""),
                build.path("message").asString(""),
                build.path("dependencies").properties().stream()
                        .map(one -> one.getKey() + "@" + one.getValue().asString(""))
                        .sorted()
                        .toList(),
                Duration.between(since, until.isEmpty() ? clock.instant() : Instant.parse(until))
                        .toSeconds(),
                until);
    }
}
