package io.ringcode.budget;

import io.ringcode.client.ClientId;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What asking a carrier to send a message will cost: one for each time that a carrier is asked.
 *
 * @param attempt from 1
 * @param client whose user it is for; null for none
 * @param segments of an SMS, each of which costs; 1 for a call
 */
public record Charge(
        TenantId tenant,
        UUID message,
        int attempt,
        @Nullable ClientId client,
        PhoneNumber to,
        Channel channel,
        String carrier,
        int segments) {
    public String country() {
        return countryOf(to);
    }

    /** ISO 3166-1 alpha-2; {@code ZZ}, a code that ISO leaves to users, for a number that belongs to no country. */
    public static String countryOf(PhoneNumber number) {
        var region = number.likelyRegion();
        return region == null ? "ZZ" : region;
    }

    public Ref ref() {
        return new Ref(tenant, message, attempt);
    }

    /** Which attempt at which message was charged. */
    public record Ref(TenantId tenant, UUID message, int attempt) {}
}
