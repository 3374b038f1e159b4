package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Limit on how often a tenant's own script is asked about phone numbers for one user, as a bucket: each time may cost the tenant a lookup. */
@Component
public class NumberCheckGuard {
    private static final String KIND = "number-check";
    public static final Bucket LIMIT = new Bucket(20, 180);

    private final Buckets buckets;
    private final KeyedHash hash;
    private final ApplicationEventPublisher events;

    NumberCheckGuard(Buckets buckets, Keyring keys, ApplicationEventPublisher events) {
        this.buckets = buckets;
        this.hash = keys.hash("number-check");
        this.events = events;
    }

    /** @param request the message that would be sent to the number */
    public Admission admit(SendRequest request, Instant now) {
        var tenant = request.tenant();
        var user = request.user();
        if (user == null) return new Admitted();
        var subject = hash.index(tenant.value(), user.value());
        if (buckets.take(tenant, KIND, subject, LIMIT, 1, now)) return new Admitted();
        var denied = new Denied(Rule.USER, buckets.untilOneMore(tenant, KIND, subject, LIMIT, now));
        events.publishEvent(new SendRefused(request, denied));
        return denied;
    }
}
