package io.ringcode.fraud.traffic;

import io.ringcode.fraud.traffic.TenantTraffic.Proof;
import io.ringcode.tenant.TenantId;
import java.util.UUID;

/** What a server saw and the others are to know. */
public sealed interface TrafficEvent {
    TenantId tenant();

    /** In milliseconds of the epoch. */
    long at();

    record Sent(TenantId tenant, long at, MessageRequest ask, Proof proof, boolean probe, long life)
            implements TrafficEvent {}

    /** The code that was sent for a sign-in came back. */
    record Typed(TenantId tenant, long at, UUID session) implements TrafficEvent {}

    /** The number that a code was sent to is nobody's. */
    record Unknown(TenantId tenant, long at, UUID session) implements TrafficEvent {}

    /** An operator lets a scope begin anew. */
    record Release(TenantId tenant, long at, Scope scope) implements TrafficEvent {}
}
