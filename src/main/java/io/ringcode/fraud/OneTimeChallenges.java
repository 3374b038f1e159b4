package io.ringcode.fraud;

import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Spent challenges of ceremonies: each that a caller keeps for itself, sealed, is good once nevertheless (a replay cache). */
@Component
public class OneTimeChallenges {
    /** Longer than any challenge is good. */
    public static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final String KIND = "challenge-spent";
    private static final Bucket ONCE = new Bucket(1, REMEMBERED.toSeconds());

    private final Buckets buckets;
    private final KeyedHash hash;

    OneTimeChallenges(Buckets buckets, Keyring keys) {
        this.buckets = buckets;
        this.hash = keys.hash("one-time-challenge");
    }

    /** Runs in its caller's transaction: of two at once the second waits for the first. @return false where it was spent before */
    public boolean spend(TenantId tenant, String challenge, Instant now) {
        return buckets.take(tenant, KIND, hash.index(tenant.value(), challenge), ONCE, 1, now);
    }
}
