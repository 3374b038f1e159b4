package io.ringcode.management.door;

import io.ringcode.authorization.CallBuckets;
import io.ringcode.authorization.CallBuckets.Standing;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How often a tenant's administrators may call: {@link #SIZE} calls at once, and then 50 a second. */
@Component
public class CallRate {
    public static final int SIZE = 500;
    private static final Duration REFILL = Duration.ofMillis(20);

    private final CallBuckets<TenantId> buckets;

    CallRate(Clock clock) {
        this.buckets = new CallBuckets<>(clock, SIZE, REFILL);
    }

    Standing standing(TenantId tenant) {
        return buckets.standing(tenant);
    }

    /** @throws ManagementRefused when there was no call left */
    Standing take(TenantId tenant) {
        var standing = buckets.take(tenant);
        if (!standing.admitted()) throw ManagementRefused.tooManyCalls();
        return standing;
    }
}
