package io.ringcode.batch;

import java.time.Duration;

/**
 * When items gather for a moment before they are written, since one commit for more of them costs each of them less. (PostgreSQL:
 * commit_siblings, commit_delay.)
 *
 * @param siblings as many were taken at once the last time; a server with less to do waits for nobody
 * @param moment for how long
 */
public record Gathering(int siblings, Duration moment) {
    /** Of items whose callers wait for them. */
    public static final Gathering BRIEF = new Gathering(4, Duration.ofMillis(3));

    /** Of items that hardly anybody waits for. */
    public static final Gathering PATIENT = new Gathering(2, Duration.ofMillis(10));
}
