package io.ringcode.fraud;

import static java.time.ZoneOffset.UTC;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Send rule: exponential backoff. Three messages to a user or number go at once, each further one waits twice as long as the
 * last, from one minute to 32; every 32 quiet minutes take one step back. On only where the tenant has set it.
 */
@Component
@Order(90)
class DelayRule implements SendRule {
    private static final int AT_ONCE = 3;
    private static final int LONGEST_MINUTES = 32;
    private static final Duration STEP_BACK = Duration.ofMinutes(LONGEST_MINUTES);
    private static final Duration FORGOTTEN = Duration.ofDays(1);
    private static final double JITTER = 0.1;

    private final JdbcClient db;
    private final KeyedHash hash;

    DelayRule(JdbcClient db, Keyring keys) {
        this.db = db;
        this.hash = keys.hash("send-delay");
    }

    @SuppressWarnings("ArrayRecordComponent") // a key that is only handed on
    private record Subject(String kind, byte[] key) {}

    private record Past(int sent, Instant lastAt, Instant nextAt) {}

    @Override
    public Optional<Denied> judge(SendRequest request, TenantSettings settings, Instant now) {
        if (!PhoneProtection.isExponential(settings) || request.cause().isOurs()) return Optional.empty();
        for (var subject : subjects(request)) {
            var wait = send(request.tenant(), subject, now);
            if (wait.isPositive()) return Optional.of(new Denied(Rule.DELAY, rounded(wait)));
        }
        return Optional.empty();
    }

    /** In one order of kinds, so that two transactions never wait for each other in a circle. What strangers claim does not slow an owner down. */
    private List<Subject> subjects(SendRequest request) {
        var kind = request.ownership() == Ownership.CONFIRMED ? "number" : "enrollment-number";
        var number = new Subject(kind, key(request.tenant(), kind, request.to().e164()));
        var user = request.user();
        return user == null
                ? List.of(number)
                : List.of(new Subject("user", key(request.tenant(), "user", user.value())), number);
    }

    private byte[] key(TenantId tenant, String kind, String value) {
        return hash.index(kind, tenant.value(), value);
    }

    /** @return how long is still to be waited; zero where the message may go, and then it is counted */
    private Duration send(TenantId tenant, Subject subject, Instant now) {
        var past = past(tenant, subject);
        if (past.nextAt().isAfter(now)) return Duration.between(now, past.nextAt());
        var quiet = Duration.between(past.lastAt(), now);
        var back = quiet.compareTo(FORGOTTEN) >= 0 ? past.sent() : (int) quiet.dividedBy(STEP_BACK);
        var sent = Math.max(0, past.sent() - back) + 1;
        db.sql("""
                UPDATE send_delay SET sent = :sent, last_at = :now, next_at = :next, expires_at = :expires
                 WHERE tenant_id = :tenant AND kind = :kind AND subject = :subject
                """)
                .param("tenant", tenant.value())
                .param("kind", subject.kind())
                .param("subject", subject.key())
                .param("sent", sent)
                .param("now", now.atOffset(UTC))
                .param("next", now.plus(wait(sent)).atOffset(UTC))
                .param("expires", now.plus(FORGOTTEN).atOffset(UTC))
                .update();
        return Duration.ZERO;
    }

    /** Locks the row, and makes it where there is none. */
    private Past past(TenantId tenant, Subject subject) {
        return db.sql("""
                INSERT INTO send_delay AS known (tenant_id, kind, subject, sent, last_at, next_at, expires_at)
                VALUES (:tenant, :kind, :subject, 0, to_timestamp(0), to_timestamp(0), to_timestamp(0))
                ON CONFLICT (tenant_id, kind, subject) DO UPDATE SET sent = known.sent
                RETURNING sent, last_at, next_at
                """)
                .param("tenant", tenant.value())
                .param("kind", subject.kind())
                .param("subject", subject.key())
                .query((row, _) -> new Past(
                        row.getInt("sent"),
                        row.getObject("last_at", OffsetDateTime.class).toInstant(),
                        row.getObject("next_at", OffsetDateTime.class).toInstant()))
                .single();
    }

    /** After so many messages, before the next one; a little more or less, so that programs that wait do not come together. */
    private static Duration wait(int sent) {
        if (sent < AT_ONCE) return Duration.ZERO;
        var minutes = Math.min(LONGEST_MINUTES, 1L << Math.min(sent - AT_ONCE, 10));
        var jitter = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return Duration.ofMillis(Math.round(minutes * 60_000 * jitter));
    }

    private static Duration rounded(Duration wait) {
        return Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds());
    }
}
