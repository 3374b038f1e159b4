package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.figure.Figures;
import io.ringcode.figure.Summary;
import io.ringcode.figure.Sums;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.ResponseObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Delivery statistics by day. Auth0 has no such resource. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/figures")
class FiguresController {
    private static final int MOST_DAYS = 366;

    private final Figures figures;

    FiguresController(Figures figures) {
        this.figures = figures;
    }

    @GetMapping
    @RequiresScope("read:stats")
    Map<String, Object> read(Caller caller, HttpServletRequest request) {
        var summary = figures.summary(caller.tenant(), days(request.getParameter("days")));
        return new ResponseObject()
                .put("total", shown(summary.total()).members())
                .put(
                        "days",
                        summary.days().stream()
                                .map(of -> shown(of.sums())
                                        .put("date", of.day().toString())
                                        .members())
                                .toList())
                .put(
                        "countries",
                        summary.countries().stream()
                                .map(of -> shown(of.sums())
                                        .put("country", of.country().isEmpty() ? null : of.country())
                                        .members())
                                .toList())
                .put(
                        "carriers",
                        summary.carriers().stream()
                                .map(of -> shown(of.sums())
                                        .put("provider", of.provider())
                                        .put("channel", of.channel())
                                        .put("accepted_ms", shown(of.accepted()))
                                        .put("delivered_ms", shown(of.delivered()))
                                        .members())
                                .toList())
                .put(
                        "limits",
                        summary.limits().stream()
                                .map(of -> Map.of("what", of.what(), "events", of.events()))
                                .toList())
                .members();
    }

    private static ResponseObject shown(Sums sums) {
        return new ResponseObject()
                .put("messages", sums.messages())
                .put("sent", sums.sent())
                .put("delivered", sums.delivered())
                .put("failed", sums.failed())
                .put("codes", sums.codes())
                .put("verified", sums.verified())
                .put("cost", new TreeMap<>(sums.cost()))
                .put("priced", new TreeMap<>(sums.priced()));
    }

    private static Map<String, Object> shown(Summary.Latency latency) {
        return latency.of() == 0
                ? Map.of("of", 0)
                : new ResponseObject()
                        .put("of", latency.of())
                        .put("p50", latency.p50())
                        .put("p95", latency.p95())
                        .members();
    }

    private static int days(@org.jspecify.annotations.Nullable String text) {
        if (text == null) return 30;
        var days = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        if (days < 1 || days > MOST_DAYS) throw ManagementRefused.query("days", "Expected 1 to " + MOST_DAYS);
        return days;
    }
}
