package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.HeldBuckets.BucketKey;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Send rule: a pause between two messages of one sign-in on our pages to one number by one channel, whichever page asks.
 * Applications that use the API time their own buttons.
 */
@Component
@Order(2)
public class PauseRule implements SendRule {
    public static final Duration PAUSE = Duration.ofSeconds(30);

    private static final String KIND = "pause";
    private static final Bucket ONE = new Bucket(1, PAUSE.toSeconds());

    private final Buckets buckets;
    private final KeyedHash hash;

    PauseRule(Buckets buckets, Keyring keys) {
        this.buckets = buckets;
        this.hash = keys.hash("send-pause");
    }

    @Override
    public Judge begin(List<Asked> messages, Instant now) {
        var keys = new IdentityHashMap<Asked, BucketKey>();
        for (var message : messages) {
            var key = key(message.request());
            if (key != null) keys.put(message, key);
        }
        return new Pauses(keys, buckets.hold(Set.copyOf(keys.values()), now));
    }

    private @Nullable BucketKey key(SendRequest request) {
        var signIn = request.signIn();
        if (signIn == null) return null;
        var tenant = request.tenant();
        var subject = hash.index(
                tenant.value(),
                signIn.toString(),
                request.to().e164(),
                request.channel().wire());
        return new BucketKey(tenant, KIND, subject);
    }

    private record Pauses(Map<Asked, BucketKey> keys, HeldBuckets held) implements Judge {
        @Override
        public Optional<Denied> judge(Asked message) {
            var key = keys.get(message);
            return key == null || held.hasRoom(key, ONE)
                    ? Optional.empty()
                    : Optional.of(new Denied(Rule.PAUSE, held.untilOneMore(key, ONE)));
        }

        @Override
        public void count(Asked message) {
            var key = keys.get(message);
            if (key != null) held.take(key, ONE);
        }

        @Override
        public void write() {
            held.write();
        }
    }
}
