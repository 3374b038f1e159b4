package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Bounds how fast passwords can be guessed: per user and address, 20 at once, then ten a minute, as Auth0 has it. Right ones
 * do not count. */
@Component
public class LoginGuard {
    private static final String KIND = "login";
    public static final Bucket LIMIT = new Bucket(20, 6);

    private final Buckets buckets;
    private final KeyedHash hash;

    LoginGuard(Buckets buckets, Keyring keys) {
        this.buckets = buckets;
        this.hash = keys.hash("login-limit");
    }

    /** Counts one attempt, whether the user is known or not, before its password is looked at. */
    public Admission admit(TenantId tenant, String login, Origin origin, Instant now) {
        var subject = subject(tenant, login, origin);
        if (buckets.take(tenant, KIND, subject, LIMIT, 1, now)) return new Admitted();
        return new Denied(Rule.USER, buckets.untilOneMore(tenant, KIND, subject, LIMIT, now));
    }

    /** The password was right: the attempt does not count. */
    public void right(TenantId tenant, String login, Origin origin) {
        buckets.giveBack(tenant, KIND, subject(tenant, login, origin), LIMIT);
    }

    /** @return whether logins as this user are refused from some address now */
    public boolean blocked(TenantId tenant, String login, Instant now) {
        return buckets.anyEmpty(tenant, KIND, who(tenant, login), LIMIT, now);
    }

    /** An administrator's pardon: every wrong password of this login is forgotten. */
    public void forget(TenantId tenant, String login) {
        buckets.forgetAll(tenant, KIND, who(tenant, login));
    }

    /** The login first, so that all addresses of one login lie side by side. */
    private byte[] subject(TenantId tenant, String login, Origin origin) {
        var address = origin.userAddress();
        var who = who(tenant, login);
        var where = hash.index(tenant.value(), login.toLowerCase(Locale.ROOT), address == null ? "" : address);
        return ByteBuffer.allocate(who.length + where.length)
                .put(who)
                .put(where)
                .array();
    }

    private byte[] who(TenantId tenant, String login) {
        return hash.index(tenant.value(), login.toLowerCase(Locale.ROOT));
    }
}
