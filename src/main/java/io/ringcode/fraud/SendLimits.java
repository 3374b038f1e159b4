package io.ringcode.fraud;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many messages may be sent, as buckets. The tenant setting {@link #NAME} holds one of these. */
public final class SendLimits {
    public static final String NAME = "ringcode/send-limits";
    public static final SendLimits DEFAULT = new SendLimits(Map.of());

    private final Map<Limit, Bucket> buckets;

    private SendLimits(Map<Limit, Bucket> buckets) {
        this.buckets = buckets;
    }

    /** What each bucket counts. */
    public enum Limit {
        /** As Auth0 has it. */
        USER("user", Rule.USER, 10, 3_600),
        /** For users who have confirmed the number as theirs. */
        NUMBER("number", Rule.NUMBER, 10, 3_600),
        /** Per end user's address, for users who have confirmed their number. */
        ADDRESS("address", Rule.ADDRESS, 100, 36),
        /** For all who say that the number is theirs and have not confirmed it. */
        ENROLLMENT_NUMBER("enrollment_number", Rule.ENROLLMENT_NUMBER, 5, 3_600),
        /** Per end user's address, for users who have not confirmed their number. */
        ENROLLMENT_ADDRESS("enrollment_address", Rule.ENROLLMENT_ADDRESS, 50, 72),
        /** The bound on what an attack can cost. */
        TENANT("tenant", Rule.TENANT, 20_000, 0.18);

        private final String wire;
        private final Rule rule;
        private final int size;
        private final double refillSeconds;

        Limit(String wire, Rule rule, int size, double refillSeconds) {
            this.wire = wire;
            this.rule = rule;
            this.size = size;
            this.refillSeconds = refillSeconds;
        }

        /** Its name in the Management API and in what is stored. */
        public String wire() {
            return wire;
        }

        /** What holds on a new tenant. */
        public Bucket usual() {
            return new Bucket(size, refillSeconds);
        }

        Rule rule() {
            return rule;
        }
    }

    public static SendLimits of(TenantSettings settings) {
        return settings.get(NAME, SendLimits.class, DEFAULT);
    }

    public Bucket get(Limit limit) {
        return buckets.getOrDefault(limit, limit.usual());
    }

    public SendLimits with(Limit limit, Bucket bucket) {
        var changed = new EnumMap<Limit, Bucket>(Limit.class);
        changed.putAll(buckets);
        changed.put(limit, bucket);
        return new SendLimits(changed);
    }

    @JsonCreator
    static SendLimits read(Map<String, Bucket> stored) {
        var limits = DEFAULT;
        for (var limit : Limit.values()) {
            var bucket = stored.get(limit.wire());
            if (bucket != null) limits = limits.with(limit, bucket);
        }
        return limits;
    }

    @JsonValue
    Map<String, Bucket> stored() {
        return buckets.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().wire(), Map.Entry::getValue));
    }

    /**
     * @param size messages that may go out at once
     * @param refillSeconds until one more may
     */
    public record Bucket(int size, double refillSeconds) {
        private static final double HOUR = 3_600;

        /** Messages an hour once those at once are used up, one at least. */
        public int perHour() {
            return (int) Math.max(1, Math.round(HOUR / refillSeconds));
        }

        Duration step() {
            return Duration.ofNanos(Math.round(refillSeconds * 1e9));
        }

        Duration whole() {
            return step().multipliedBy(size);
        }
    }
}
