package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Limit;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The limit of a whole tenant. One row that every message of a tenant updates would make them all wait for each other's
 * commit, so a node takes a twentieth of the bucket at a time and hands that out from memory. The limit is never
 * exceeded; a node that dies forfeits what it held.
 */
@Component
class TenantBudgets {
    private static final int SHARES = 20;
    private static final String KIND = "tenant";
    private static final byte[] WHOLE_TENANT = {};

    private record Lease(int left, Instant until) {}

    private final Buckets buckets;
    private final Map<TenantId, Lease> leases = new ConcurrentHashMap<>();

    TenantBudgets(Buckets buckets) {
        this.buckets = buckets;
    }

    Admission take(TenantId tenant, Bucket bucket, Instant now) {
        if (takeHeld(tenant, now)) return new Admitted();
        var share = Math.max(1, bucket.size() / SHARES);
        if (buckets.take(tenant, KIND, WHOLE_TENANT, bucket, share, now)) {
            hold(tenant, share - 1, bucket, now);
            return new Admitted();
        }
        if (share > 1 && buckets.take(tenant, KIND, WHOLE_TENANT, bucket, 1, now)) return new Admitted();
        var wait = buckets.untilOneMore(tenant, KIND, WHOLE_TENANT, bucket, now);
        return new Denied(Limit.TENANT, wait);
    }

    /** One that was taken and not used; lost if the lease has lapsed meanwhile, which only errs towards fewer. */
    void giveBack(TenantId tenant) {
        leases.computeIfPresent(tenant, (_, lease) -> new Lease(lease.left() + 1, lease.until()));
    }

    private boolean takeHeld(TenantId tenant, Instant now) {
        var taken = new boolean[1];
        leases.computeIfPresent(tenant, (_, lease) -> {
            if (now.isAfter(lease.until())) return null;
            taken[0] = lease.left() > 0;
            return taken[0] ? new Lease(lease.left() - 1, lease.until()) : lease;
        });
        return taken[0];
    }

    /** What is held lapses when the bucket would have refilled it anyway. */
    private void hold(TenantId tenant, int left, Bucket bucket, Instant now) {
        leases.merge(
                tenant,
                new Lease(left, now.plus(bucket.whole())),
                (held, more) -> new Lease(held.left() + more.left(), more.until()));
    }
}
