package io.ringcode.fraud;

import static java.time.ZoneOffset.UTC;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Send rule: so many messages per user, number, address and tenant. A number that somebody only claims to own is counted in
 * buckets of its own, so that strangers who enrol it take nothing from the owner's sign-ins.
 */
@Component
@Order(100)
class LimitRule implements SendRule {
    private final JdbcClient db;
    private final Buckets buckets;
    private final TenantBudgets budgets;
    private final KeyedHash hash;

    LimitRule(JdbcClient db, Buckets buckets, TenantBudgets budgets, Keyring keys) {
        this.db = db;
        this.buckets = buckets;
        this.budgets = budgets;
        this.hash = keys.hash("send-limit");
    }

    /** One bucket that a message is counted in. */
    @SuppressWarnings("ArrayRecordComponent") // a key that is only handed on
    private record Counted(Limit limit, byte[] subject, Bucket bucket) {
        String kind() {
            return limit.wire().replace('_', '-');
        }
    }

    @Override
    public Optional<Denied> judge(SendRequest request, TenantSettings settings, Instant now) {
        var limits = SendLimits.of(settings);
        var wait = budgets.take(request.tenant(), limits.get(Limit.TENANT), now);
        if (wait.isPresent()) return Optional.of(new Denied(Rule.TENANT, wait.get()));
        var counted = counted(request, limits);
        var taken = take(request.tenant(), counted, now);
        var full = counted.stream().filter(one -> !taken.contains(one.kind())).toList();
        return full.isEmpty() ? Optional.empty() : Optional.of(denied(request.tenant(), full, now));
    }

    /** In one order of kinds, so that two transactions never wait for each other in a circle. */
    private List<Counted> counted(SendRequest request, SendLimits limits) {
        var confirmed = request.ownership() == Ownership.CONFIRMED;
        var user = request.user();
        var counted = new ArrayList<Counted>();
        if (user != null) counted.add(counted(request, Limit.USER, user.value(), limits));
        var number = confirmed ? Limit.NUMBER : Limit.ENROLLMENT_NUMBER;
        counted.add(counted(request, number, request.to().e164(), limits));
        var address = request.address();
        if (address != null)
            counted.add(counted(request, confirmed ? Limit.ADDRESS : Limit.ENROLLMENT_ADDRESS, address, limits));
        return counted;
    }

    private Counted counted(SendRequest request, Limit limit, String subject, SendLimits limits) {
        var key = hash.index(limit.wire(), request.tenant().value(), subject);
        return new Counted(limit, key, limits.get(limit));
    }

    /**
     * Takes one from each bucket that has room. Where one has none, the transaction is to be rolled back.
     *
     * @return the kinds of those that had room
     */
    private Set<@Nullable String> take(TenantId tenant, List<Counted> counted, Instant now) {
        return db.sql("""
                INSERT INTO rate_limit AS held (tenant_id, kind, subject, full_at)
                SELECT :tenant, kind, subject, :now + step
                  FROM unnest(:kinds::text[], :subjects::bytea[], :steps::interval[]) WITH ORDINALITY
                       AS asked (kind, subject, step, place)
                 ORDER BY place
                ON CONFLICT (tenant_id, kind, subject) DO UPDATE
                   SET full_at = greatest(held.full_at, :now) + (excluded.full_at - :now)
                 WHERE greatest(held.full_at, :now) + (excluded.full_at - :now) <= :now + (
                       SELECT whole FROM unnest(:kinds::text[], :wholes::interval[]) AS asked (kind, whole)
                        WHERE asked.kind = held.kind)
                RETURNING kind
                """)
                .param("tenant", tenant.value())
                .param("now", now.atOffset(UTC))
                .param("kinds", counted.stream().map(Counted::kind).toArray(String[]::new))
                .param("subjects", counted.stream().map(Counted::subject).toArray(byte[][]::new))
                .param(
                        "steps",
                        counted.stream()
                                .map(one -> Buckets.interval(one.bucket().step()))
                                .toArray(String[]::new))
                .param(
                        "wholes",
                        counted.stream()
                                .map(one -> Buckets.interval(one.bucket().whole()))
                                .toArray(String[]::new))
                .query(String.class)
                .set();
    }

    /** The first limit that is reached is named, and the wait is until all of those have room again. */
    private Denied denied(TenantId tenant, List<Counted> full, Instant now) {
        var longest = full.stream()
                .map(one -> buckets.untilOneMore(tenant, one.kind(), one.subject(), one.bucket(), now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new Denied(full.getFirst().limit().rule(), longest);
    }
}
