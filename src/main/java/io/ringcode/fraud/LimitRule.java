package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.HeldBuckets.BucketKey;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.traffic.Traffic;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Send rule: so many messages per user, number, address and tenant. A number that somebody only claims to own is counted in
 * buckets of its own, so that strangers who enrol it take nothing from the owner's sign-ins.
 */
@Component
@Order(100)
class LimitRule implements SendRule {
    private final Buckets buckets;
    private final TenantBudgets budgets;
    private final KeyedHash hash;
    private final Traffic traffic;
    private final AskedTraffic asked;

    LimitRule(Buckets buckets, TenantBudgets budgets, Keyring keys, Traffic traffic, AskedTraffic asked) {
        this.traffic = traffic;
        this.asked = asked;
        this.buckets = buckets;
        this.budgets = budgets;
        this.hash = keys.hash("send-limit");
    }

    @Override
    public Judge begin(List<Asked> messages, Instant now) {
        var counted = new IdentityHashMap<Asked, Map<Limit, BucketKey>>();
        for (var message : messages) counted.put(message, keys(message, now.toEpochMilli()));
        var keys = counted.values().stream()
                .flatMap(each -> each.values().stream())
                .collect(Collectors.toSet());
        return new Limits(counted, buckets.hold(keys, now), now);
    }

    /** The buckets that a message is counted in, beside the tenant's, in the order in which they are named when they are empty. */
    private Map<Limit, BucketKey> keys(Asked message, long now) {
        var request = message.request();
        var confirmed = request.ownership() == Ownership.CONFIRMED;
        var keys = new EnumMap<Limit, BucketKey>(Limit.class);
        var user = request.user();
        if (user != null) keys.put(Limit.USER, key(request, Limit.USER, user.value()));
        var number = confirmed ? Limit.NUMBER : Limit.ENROLLMENT_NUMBER;
        keys.put(number, key(request, number, request.to().e164()));
        var from = request.address();
        var address = confirmed ? Limit.ADDRESS : Limit.ENROLLMENT_ADDRESS;
        // An address whose people type their codes, as an office's or a mobile carrier's, needs no limit.
        if (from != null && !isVouchedFor(message, from, now)) keys.put(address, key(request, address, from));
        return keys;
    }

    private boolean isVouchedFor(Asked message, String address, long now) {
        var request = message.request();
        return FraudRules.of(message.settings()).mode(FraudRule.ADDRESS) == RuleMode.ON
                && traffic.of(request.tenant()).vouchesFor(asked.address(request, address), now);
    }

    private BucketKey key(SendRequest request, Limit limit, String subject) {
        var tenant = request.tenant();
        return new BucketKey(tenant, limit.wire().replace('_', '-'), hash.index(limit.wire(), tenant.value(), subject));
    }

    private final class Limits implements Judge {
        private final Map<Asked, Map<Limit, BucketKey>> counted;
        private final HeldBuckets held;
        private final Instant now;

        Limits(Map<Asked, Map<Limit, BucketKey>> counted, HeldBuckets held, Instant now) {
            this.counted = counted;
            this.held = held;
            this.now = now;
        }

        @Override
        public Optional<Denied> judge(Asked message) {
            var limits = SendLimits.of(message.settings());
            var keys = Objects.requireNonNull(counted.get(message));
            Rule reached = null;
            var longest = Duration.ZERO;
            for (var limit : keys.entrySet()) {
                var bucket = limits.get(limit.getKey());
                if (held.hasRoom(limit.getValue(), bucket)) continue;
                // The first limit that is reached is named, and the wait is until all of those have room again.
                if (reached == null) reached = limit.getKey().rule();
                var wait = held.untilOneMore(limit.getValue(), bucket);
                if (wait.compareTo(longest) > 0) longest = wait;
            }
            if (reached != null) return Optional.of(new Denied(reached, longest));
            return budgets.take(message.request().tenant(), limits.get(Limit.TENANT), now)
                    .map(wait -> new Denied(Rule.TENANT, wait));
        }

        @Override
        public void count(Asked message) {
            var limits = SendLimits.of(message.settings());
            Objects.requireNonNull(counted.get(message)).forEach((limit, key) -> held.take(key, limits.get(limit)));
        }

        @Override
        public void write() {
            held.write();
        }
    }
}
