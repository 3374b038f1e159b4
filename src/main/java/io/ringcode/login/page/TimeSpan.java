package io.ringcode.login.page;

import java.time.Duration;

/** A time span as people say it: in minutes, hours or days, rounded up. */
final class TimeSpan {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** @param key of the text that has a form for each kind of number */
    record Counted(String key, long number) {}

    private TimeSpan() {}

    /** @param days the text for days, whose form depends in some languages on what the span is said of */
    static Counted of(Duration span, String days) {
        if (span.compareTo(HOUR) < 0) return new Counted("minutes", Math.max(1, rounded(span, MINUTE)));
        return span.compareTo(DAY.multipliedBy(2)) < 0
                ? new Counted("hours", rounded(span, HOUR))
                : new Counted(days, rounded(span, DAY));
    }

    private static long rounded(Duration span, Duration unit) {
        return (span.toSeconds() + unit.toSeconds() - 1) / unit.toSeconds();
    }
}
