package io.ringcode.budget;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/** How long a budget is for: a day or a month of the calendar, in UTC. */
public enum Period {
    DAY,
    MONTH;

    /** Its name in the Management API and in what is stored. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the period that a moment is in. */
    public LocalDate start(Instant moment) {
        var day = LocalDate.ofInstant(moment, UTC);
        return switch (this) {
            case DAY -> day;
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The moment at which the next period begins. */
    public Instant end(LocalDate start) {
        var next = switch (this) {
            case DAY -> start.plusDays(1);
            case MONTH -> start.plusMonths(1);
        };
        return next.atStartOfDay(UTC).toInstant();
    }
}
