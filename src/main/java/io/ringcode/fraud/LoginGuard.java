package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.LoginName;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Limits on wrong passwords, as buckets: per login name and address, as Auth0 has it, and per end user's address over all names,
 * so that one address cannot try a common password on everybody. Right passwords do not count.
 */
@Component
public class LoginGuard {
    private static final String KIND = "login";
    private static final String ADDRESS = "login-address";
    public static final Bucket LIMIT = new Bucket(20, 6);
    public static final Bucket ADDRESS_LIMIT = new Bucket(100, 36);

    private final Buckets buckets;
    private final KeyedHash hash;

    LoginGuard(Buckets buckets, Keyring keys) {
        this.buckets = buckets;
        this.hash = keys.hash("login-limit");
    }

    /** Counts one attempt, whether the user is known or not, before its password is looked at. */
    public Admission admit(TenantId tenant, String login, Origin origin, Instant now) {
        var subject = subject(tenant, login, origin);
        if (!buckets.take(tenant, KIND, subject, LIMIT, 1, now))
            return new Denied(Rule.USER, buckets.untilOneMore(tenant, KIND, subject, LIMIT, now));
        var address = address(tenant, origin);
        if (address == null || buckets.take(tenant, ADDRESS, address, ADDRESS_LIMIT, 1, now)) return new Admitted();
        buckets.giveBack(tenant, KIND, subject, LIMIT);
        return new Denied(Rule.ADDRESS, buckets.untilOneMore(tenant, ADDRESS, address, ADDRESS_LIMIT, now));
    }

    /** The password was right: the attempt does not count. */
    public void right(TenantId tenant, String login, Origin origin) {
        buckets.giveBack(tenant, KIND, subject(tenant, login, origin), LIMIT);
        var address = address(tenant, origin);
        if (address != null) buckets.giveBack(tenant, ADDRESS, address, ADDRESS_LIMIT);
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
        var where = hash.index(tenant.value(), name(login), address == null ? "" : address);
        return ByteBuffer.allocate(who.length + where.length)
                .put(who)
                .put(where)
                .array();
    }

    private byte @Nullable [] address(TenantId tenant, Origin origin) {
        var address = origin.userAddress();
        return address == null ? null : hash.index(tenant.value(), address);
    }

    private byte[] who(TenantId tenant, String login) {
        return hash.index(tenant.value(), name(login));
    }

    /** One name in all the ways of typing it: each would have a limit of its own otherwise. */
    private static String name(String login) {
        return LoginName.of(login).form();
    }
}
