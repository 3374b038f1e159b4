package io.ringcode.log.stream;

import io.ringcode.tenant.TenantId;
import java.time.Instant;

/** What an administrator should hear of a log stream. */
public sealed interface LogStreamEvent {
    TenantId tenant();

    String stream();

    String name();

    /** Nothing has gone through since then, which is more than a day. */
    record StillFailing(TenantId tenant, String stream, String name, Instant since) implements LogStreamEvent {}

    /** Nothing has gone through for a week; it goes on when an administrator says so. */
    record Suspended(TenantId tenant, String stream, String name, Instant since) implements LogStreamEvent {}
}
