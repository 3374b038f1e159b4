package io.ringcode;

import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;

/** Limits on messages that a test works under. */
public final class TestLimits {
    private TestLimits() {}

    /** Every limit this one. */
    public static SendLimits all(Bucket bucket) {
        var limits = SendLimits.DEFAULT;
        for (var limit : Limit.values()) limits = limits.with(limit, bucket);
        return limits;
    }
}
