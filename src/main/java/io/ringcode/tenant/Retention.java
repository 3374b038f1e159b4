package io.ringcode.tenant;

import java.time.Duration;

/**
 * For how long a tenant's records are kept, in days.
 *
 * @param messages sent messages with their attempts and receipts
 * @param log lines of the log
 */
public record Retention(int messages, int log) {
    /** The name of the setting. */
    public static final String NAME = "retention";

    public static final Retention DEFAULT = new Retention(30, 90);

    /** What figures, receipts and log streams that fail for a week still need. */
    public static final int LEAST = 7;

    public static final int MOST = 3_650;

    public static Retention of(TenantSettings settings) {
        return settings.get(NAME, Retention.class, DEFAULT);
    }

    public Duration ofMessages() {
        return Duration.ofDays(messages);
    }

    public Duration ofLog() {
        return Duration.ofDays(log);
    }
}
