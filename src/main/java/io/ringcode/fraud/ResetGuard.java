package io.ringcode.fraud;

import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.traffic.Networks;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.LoginName;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Limits on links for a new password, as buckets: per login name, whether there is such a user or not, and per end user's address
 * over all names, of IPv6 the network of 64 bits.
 */
@Component
public class ResetGuard {
    private static final String KIND = "reset";
    private static final String ADDRESS = "reset-address";
    public static final Bucket LIMIT = new Bucket(5, 3_600);
    public static final Bucket ADDRESS_LIMIT = new Bucket(20, 180);

    private final Buckets buckets;
    private final KeyedHash hash;

    ResetGuard(Buckets buckets, Keyring keys) {
        this.buckets = buckets;
        this.hash = keys.hash("reset-limit");
    }

    /** What was decided about one link. */
    public sealed interface Answer {
        /** It may be sent, and is counted. */
        record Admitted() implements Answer {}

        /** The name has had enough of them. Whoever asks is not told: mails are not theirs to stop. */
        record EnoughForName() implements Answer {}

        record TooManyFromAddress(Duration retryAfter) implements Answer {}
    }

    public Answer admit(TenantId tenant, String login, Origin origin, Instant now) {
        var from = origin.userAddress();
        if (from != null) {
            var address = hash.index(tenant.value(), Networks.countedAs(from));
            if (!buckets.take(tenant, ADDRESS, address, ADDRESS_LIMIT, 1, now))
                return new Answer.TooManyFromAddress(
                        buckets.untilOneMore(tenant, ADDRESS, address, ADDRESS_LIMIT, now));
        }
        var name = hash.index(tenant.value(), LoginName.of(login).form());
        return buckets.take(tenant, KIND, name, LIMIT, 1, now) ? new Answer.Admitted() : new Answer.EnoughForName();
    }
}
