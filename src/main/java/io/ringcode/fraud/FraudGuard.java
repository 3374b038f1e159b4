package io.ringcode.fraud;

import static java.time.ZoneOffset.UTC;

import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Limit;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Decides whether one more message may go out. Every limit is a bucket, kept as the moment when it is full again (the
 * generic cell rate algorithm), so that one statement decides and counts, over any number of nodes.
 */
@Component
public class FraudGuard {
    private final JdbcClient db;
    private final Tenants tenants;
    private final TenantBudgets budgets;
    private final Buckets buckets;
    private final KeyedHash hash;

    FraudGuard(JdbcClient db, Tenants tenants, TenantBudgets budgets, Buckets buckets, Keyring keys) {
        this.db = db;
        this.tenants = tenants;
        this.budgets = budgets;
        this.buckets = buckets;
        this.hash = keys.hash("send-limit");
    }

    /**
     * Counts one message, within the caller's transaction. A caller that is denied must roll that transaction back: so
     * a denied message is not counted, and a client that keeps asking does not push its own release further away.
     *
     * @param ip the end user's address, where it is known
     */
    public Admission admit(TenantId tenant, UserId user, PhoneNumber number, @Nullable String ip, Instant now) {
        var limits = limits(tenant);
        var userKey = hash.index("user", tenant.value(), user.value());
        var numberKey = hash.index("number", tenant.value(), number.e164());
        var addressKey = ip == null ? null : hash.index("address", tenant.value(), ip);
        // Rows come in one order of kinds, so two transactions never wait for each other in a circle.
        var counted = db.sql("""
                INSERT INTO rate_limit AS held (tenant_id, kind, subject, full_at)
                SELECT :tenant, kind, subject, :now + step
                  FROM (VALUES (1, 'user', :user, :userStep::interval), (2, 'number', :number, :numberStep::interval),
                               (3, 'address', :address::bytea, :addressStep::interval)) AS asked (place, kind, subject, step)
                 WHERE subject IS NOT NULL ORDER BY place
                ON CONFLICT (tenant_id, kind, subject) DO UPDATE
                   SET full_at = greatest(held.full_at, :now) + (excluded.full_at - :now)
                 WHERE greatest(held.full_at, :now) + (excluded.full_at - :now) <= :now + CASE held.kind
                       WHEN 'user' THEN :userWhole::interval WHEN 'number' THEN :numberWhole::interval
                       ELSE :addressWhole::interval END
                """)
                .param("tenant", tenant.value())
                .param("now", now.atOffset(UTC))
                .param("user", userKey)
                .param("userStep", seconds(limits.user().step()))
                .param("userWhole", seconds(limits.user().whole()))
                .param("number", numberKey)
                .param("numberStep", seconds(limits.number().step()))
                .param("numberWhole", seconds(limits.number().whole()))
                .param("address", addressKey)
                .param("addressStep", seconds(limits.address().step()))
                .param("addressWhole", seconds(limits.address().whole()))
                .update();
        return counted == (ip == null ? 2 : 3)
                ? new Admitted()
                : denied(tenant, limits, userKey, numberKey, addressKey, now);
    }

    /**
     * Takes one message from the tenant's whole budget. Call it before the transaction of {@link #admit}, and
     * {@link #giveBack} when no message came of it.
     */
    public Admission reserve(TenantId tenant, Instant now) {
        return budgets.take(tenant, limits(tenant).tenant(), now);
    }

    public void giveBack(TenantId tenant) {
        budgets.giveBack(tenant);
    }

    private SendLimits limits(TenantId tenant) {
        return SendLimits.of(tenants.settings(tenant));
    }

    /** Which bucket was empty; where several were, the one that takes longest. */
    private Denied denied(
            TenantId tenant, SendLimits limits, byte[] user, byte[] number, byte @Nullable [] address, Instant now) {
        var longest = new Denied(Limit.USER, buckets.untilOneMore(tenant, "user", user, limits.user(), now));
        longest = longer(
                longest,
                new Denied(Limit.NUMBER, buckets.untilOneMore(tenant, "number", number, limits.number(), now)));
        if (address == null) return longest;
        return longer(
                longest,
                new Denied(Limit.ADDRESS, buckets.untilOneMore(tenant, "address", address, limits.address(), now)));
    }

    private static Denied longer(Denied one, Denied other) {
        return one.retryAfter().compareTo(other.retryAfter()) >= 0 ? one : other;
    }

    private static String seconds(Duration duration) {
        return duration.toNanos() / 1_000 + " microseconds";
    }
}
