package io.ringcode.management.phone;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.client.Caller;
import io.ringcode.figure.Figures;
import io.ringcode.figure.Summary;
import io.ringcode.figure.Sums;
import io.ringcode.json.JsonAnswer;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.json.ManagementRefused;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Delivery statistics by day. Auth0 has no such resource. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/figures")
public class FiguresController {
    private static final int MOST_DAYS = 366;
    /** Hours are read from the messages, which are kept that long. */
    private static final int DAYS_OF_MESSAGES = 30;

    private final Figures figures;
    private final Clock clock;

    FiguresController(Figures figures, Clock clock) {
        this.figures = figures;
        this.clock = clock;
    }

    /** Sums over messages; cost and priced are by currency. */
    public record Counts(
            long messages,
            long sent,
            long delivered,
            long failed,
            long codes,
            long verified,
            Map<String, BigDecimal> cost,
            Map<String, Long> priced)
            implements JsonAnswer {
        private static Counts of(Sums sums) {
            return new Counts(
                    sums.messages(),
                    sums.sent(),
                    sums.delivered(),
                    sums.failed(),
                    sums.codes(),
                    sums.verified(),
                    new TreeMap<>(sums.cost()),
                    new TreeMap<>(sums.priced()));
        }
    }

    public record OfDay(@JsonUnwrapped Counts counts, String date) implements JsonAnswer {}

    /** @param country ISO 3166-1 alpha-2; null where it is not known */
    public record OfCountry(
            @JsonUnwrapped Counts counts, @Nullable String country) implements JsonAnswer {}

    public record OfCarrier(
            @JsonUnwrapped Counts counts, String provider, String channel, Latency acceptedMs, Latency deliveredMs)
            implements JsonAnswer {}

    /** @param of how many messages; there are no percentiles of none */
    public record Latency(
            long of, @Nullable Long p50, @Nullable Long p95) implements JsonAnswer {
        private static Latency of(Summary.Latency latency) {
            return latency.of() == 0
                    ? new Latency(0, null, null)
                    : new Latency(latency.of(), latency.p50(), latency.p95());
        }
    }

    /** @param query that finds these lines by {@code GET /logs?q=} */
    public record OfLimit(String what, String query, long events) implements JsonAnswer {}

    /** @param hour of the day, 0 to 23 */
    public record OfHour(@JsonUnwrapped Counts counts, int hour, Latency acceptedMs, Latency deliveredMs)
            implements JsonAnswer {}

    public record Hours(String day, List<OfHour> hours) implements JsonAnswer {}

    public record Shown(
            Counts total, List<OfDay> days, List<OfCountry> countries, List<OfCarrier> carriers, List<OfLimit> limits)
            implements JsonAnswer {}

    @GetMapping
    @RequiresScope("read:stats")
    public Shown read(Caller caller, @RequestParam @Nullable String days) {
        var summary = figures.summary(caller.tenant(), number(days));
        return new Shown(
                Counts.of(summary.total()),
                summary.days().stream()
                        .map(of -> new OfDay(Counts.of(of.sums()), of.day().toString()))
                        .toList(),
                summary.countries().stream()
                        .map(of ->
                                new OfCountry(Counts.of(of.sums()), of.country().isEmpty() ? null : of.country()))
                        .toList(),
                summary.carriers().stream()
                        .map(of -> new OfCarrier(
                                Counts.of(of.sums()),
                                of.provider(),
                                of.channel(),
                                Latency.of(of.accepted()),
                                Latency.of(of.delivered())))
                        .toList(),
                summary.limits().stream()
                        .map(of -> new OfLimit(of.what(), of.query(), of.events()))
                        .toList());
    }

    /** Each hour of a day (UTC), today where none is named, as long as its messages are kept. */
    @GetMapping("/hours")
    @RequiresScope("read:stats")
    public Hours hours(Caller caller, @RequestParam @Nullable String day) {
        var asked = day(day);
        return new Hours(
                asked.toString(),
                figures.hours(caller.tenant(), asked).stream()
                        .map(of -> new OfHour(
                                Counts.of(of.sums()), of.hour(), Latency.of(of.accepted()), Latency.of(of.delivered())))
                        .toList());
    }

    private LocalDate day(@Nullable String text) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try {
            var day = text == null ? today : LocalDate.parse(text);
            if (!day.isAfter(today) && !day.isBefore(today.minusDays(DAYS_OF_MESSAGES - 1))) return day;
        } catch (DateTimeException unreadable) {
            throw ManagementRefused.query("day", "Expected a date such as 2026-01-02");
        }
        throw ManagementRefused.query("day", "Expected a day of the last " + DAYS_OF_MESSAGES);
    }

    private static int number(@Nullable String text) {
        if (text == null) return 30;
        var days = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        if (days < 1 || days > MOST_DAYS) throw ManagementRefused.query("days", "Expected 1 to " + MOST_DAYS);
        return days;
    }
}
