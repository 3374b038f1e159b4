package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    public Optional<Denied> judge(SendRequest request, TenantSettings settings, Instant now) {
        var signIn = request.signIn();
        if (signIn == null) return Optional.empty();
        var tenant = request.tenant();
        var subject = hash.index(
                tenant.value(),
                signIn.toString(),
                request.to().e164(),
                request.channel().wire());
        return buckets.take(tenant, KIND, subject, ONE, 1, now)
                ? Optional.empty()
                : Optional.of(new Denied(Rule.PAUSE, buckets.untilOneMore(tenant, KIND, subject, ONE, now)));
    }
}
