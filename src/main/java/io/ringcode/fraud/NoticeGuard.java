package io.ringcode.fraud;

import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Bounds how often one recipient is told of one kind of event: whoever makes such events over and over does not spam with them. */
@Component
public class NoticeGuard {
    private static final String KIND = "notice";
    public static final Bucket LIMIT = new Bucket(3, 8 * 3_600);

    private final Buckets buckets;
    private final KeyedHash hash;

    NoticeGuard(Buckets buckets, Keyring keys) {
        this.buckets = buckets;
        this.hash = keys.hash("notice-limit");
    }

    /** Counts a notice in the transaction that sends it. */
    public boolean admit(TenantId tenant, UserId user, String kind, String recipient, Instant now) {
        var subject = hash.index(tenant.value(), user.value(), kind, recipient);
        return buckets.take(tenant, KIND, subject, LIMIT, 1, now);
    }
}
