package io.ringcode.fraud;

import io.ringcode.tenant.TenantSettings;
import java.time.Duration;

/**
 * How many messages may be sent, as buckets. The tenant setting {@link #NAME} holds one of these.
 *
 * @param user per user: ten, then one per hour, as Auth0 has it
 * @param number per phone number, whoever asks
 * @param address per end user's address
 * @param tenant for the whole tenant: the bound on what an attack can cost
 */
public record SendLimits(Bucket user, Bucket number, Bucket address, Bucket tenant) {
    public static final String NAME = "ringcode/send-limits";

    public static final SendLimits DEFAULT =
            new SendLimits(new Bucket(10, 3_600), new Bucket(10, 3_600), new Bucket(100, 36), new Bucket(20_000, 0.18));

    public static SendLimits of(TenantSettings settings) {
        return settings.get(NAME, SendLimits.class, DEFAULT);
    }

    /**
     * @param size messages that may go out at once
     * @param refillSeconds until one more may
     */
    public record Bucket(int size, double refillSeconds) {
        Duration step() {
            return Duration.ofNanos(Math.round(refillSeconds * 1e9));
        }

        Duration whole() {
            return step().multipliedBy(size);
        }
    }
}
