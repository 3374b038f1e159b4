package io.ringcode.fraud;

import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The bucket of a whole tenant. One row that every message of a tenant updates would make them all wait for each other's
 * commit, so a server takes a twentieth of the bucket at a time, a lease, and hands that out from memory. The limit is never
 * exceeded; a server that dies forfeits its lease, and a lease taken under another limit is void.
 */
@Component
class TenantBudgets {
    private static final int SHARES = 20;
    private static final String KIND = "tenant";
    private static final byte[] WHOLE_TENANT = {};

    private record Lease(Bucket limit, int left, Instant until) {
        Lease plus(int more) {
            return new Lease(limit, left + more, until);
        }
    }

    private final Buckets buckets;
    private final Map<TenantId, Lease> leases = new ConcurrentHashMap<>();
    /** Tenants for which a lease is on its way. Whoever comes meanwhile takes one message only, or all would take leases. */
    private final Set<TenantId> taking = ConcurrentHashMap.newKeySet();

    TenantBudgets(Buckets buckets) {
        this.buckets = buckets;
    }

    /**
     * Takes one message, in the caller's transaction; a rollback gives it back.
     *
     * @return how long to wait where none is left; empty for one that may go on
     */
    Optional<Duration> take(TenantId tenant, Bucket limit, Instant now) {
        if (takeLeased(tenant, limit, now)) {
            taken().add(new Taken(tenant, limit));
            return Optional.empty();
        }
        var share = Math.max(1, limit.size() / SHARES);
        if (share > 1 && takeLease(tenant, limit, share, now)) return Optional.empty();
        if (buckets.take(tenant, KIND, WHOLE_TENANT, limit, 1, now)) return Optional.empty();
        return Optional.of(buckets.untilOneMore(tenant, KIND, WHOLE_TENANT, limit, now));
    }

    private record Taken(TenantId tenant, Bucket limit) {}

    /** What the transaction has taken of leases, to be given back by a rollback. */
    @SuppressWarnings("unchecked") // bound below, and nowhere else
    private List<Taken> taken() {
        var known = (List<Taken>) TransactionSynchronizationManager.getResource(this);
        if (known != null) return known;
        var taken = new ArrayList<Taken>();
        TransactionSynchronizationManager.bindResource(this, taken);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCompletion() {
                TransactionSynchronizationManager.unbindResourceIfPossible(TenantBudgets.this);
            }

            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_ROLLED_BACK) taken.forEach(one -> giveBack(one.tenant(), one.limit()));
            }
        });
        return taken;
    }

    private boolean takeLeased(TenantId tenant, Bucket limit, Instant now) {
        var taken = new boolean[1];
        leases.computeIfPresent(tenant, (_, lease) -> {
            if (!lease.limit().equals(limit) || now.isAfter(lease.until())) return null;
            taken[0] = lease.left() > 0;
            return taken[0] ? lease.plus(-1) : lease;
        });
        return taken[0];
    }

    /** One of the lease is the caller's; the others may be handed out once it is committed. */
    private boolean takeLease(TenantId tenant, Bucket limit, int share, Instant now) {
        if (!taking.add(tenant)) return false;
        atEnd(_ -> taking.remove(tenant));
        if (!buckets.take(tenant, KIND, WHOLE_TENANT, limit, share, now)) return false;
        // The lease lapses when the bucket would have refilled it anyway.
        var lease = new Lease(limit, share - 1, now.plus(limit.whole()));
        atEnd(status -> {
            if (status == TransactionSynchronization.STATUS_COMMITTED) hold(tenant, lease);
        });
        return true;
    }

    private void hold(TenantId tenant, Lease lease) {
        leases.merge(
                tenant, lease, (held, fresh) -> held.limit().equals(fresh.limit()) ? fresh.plus(held.left()) : fresh);
    }

    private static void atEnd(IntConsumer of) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                of.accept(status);
            }
        });
    }

    /** Lost if the lease is void meanwhile, which only errs towards fewer. */
    private void giveBack(TenantId tenant, Bucket limit) {
        leases.computeIfPresent(tenant, (_, lease) -> lease.limit().equals(limit) ? lease.plus(1) : lease);
    }
}
