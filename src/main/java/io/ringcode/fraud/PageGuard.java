package io.ringcode.fraud;

import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Bounds how many forms of the sign-in pages one address may send: 60 at once, then one a second. */
@Component
public class PageGuard {
    private static final String KIND = "page";
    public static final Bucket LIMIT = new Bucket(60, 1);

    private final Buckets buckets;
    private final KeyedHash hash;

    PageGuard(Buckets buckets, Keyring keys) {
        this.buckets = buckets;
        this.hash = keys.hash("page-limit");
    }

    /** @return how long to wait; empty for one that may go on, and is counted */
    public Optional<Duration> admit(TenantId tenant, Origin origin, Instant now) {
        var address = hash.index(tenant.value(), origin.ip());
        if (buckets.take(tenant, KIND, address, LIMIT, 1, now)) return Optional.empty();
        return Optional.of(buckets.untilOneMore(tenant, KIND, address, LIMIT, now));
    }
}
