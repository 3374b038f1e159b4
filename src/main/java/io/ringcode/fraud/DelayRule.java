package io.ringcode.fraud;

import static java.time.ZoneOffset.UTC;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
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

    private record Subject(TenantId tenant, String kind, ByteBuffer key) {}

    private record Past(int sent, Instant lastAt, Instant nextAt) {
        static final Past NONE = new Past(0, Instant.EPOCH, Instant.EPOCH);

        /** One more message, now. */
        Past plus(Instant now) {
            var quiet = Duration.between(lastAt, now);
            var back = quiet.compareTo(FORGOTTEN) >= 0 ? sent : (int) quiet.dividedBy(STEP_BACK);
            var more = Math.max(0, sent - back) + 1;
            return new Past(more, now, now.plus(pause(more)));
        }
    }

    @Override
    public Judge begin(List<Asked> messages, Instant now) {
        var subjects = new IdentityHashMap<Asked, List<Subject>>();
        for (var message : messages)
            if (PhoneProtection.isExponential(message.settings())
                    && !message.request().cause().isOurs()) subjects.put(message, subjects(message.request()));
        return new Delays(
                subjects,
                hold(subjects.values().stream().flatMap(List::stream).collect(Collectors.toSet())),
                now.truncatedTo(ChronoUnit.MICROS));
    }

    /** What strangers claim does not slow an owner down. */
    private List<Subject> subjects(SendRequest request) {
        var kind = request.ownership() == Ownership.CONFIRMED ? "number" : "enrollment-number";
        var number = subject(request.tenant(), kind, request.to().e164());
        var user = request.user();
        return user == null ? List.of(number) : List.of(subject(request.tenant(), "user", user.value()), number);
    }

    private Subject subject(TenantId tenant, String kind, String value) {
        return new Subject(tenant, kind, ByteBuffer.wrap(hash.index(kind, tenant.value(), value)));
    }

    private final class Delays implements Judge {
        private final Map<Asked, List<Subject>> subjects;
        private final Map<Subject, Past> held;
        private final Instant now;
        private final Map<Subject, Past> counted = new HashMap<>();

        Delays(Map<Asked, List<Subject>> subjects, Map<Subject, Past> held, Instant now) {
            this.subjects = subjects;
            this.held = held;
            this.now = now;
        }

        @Override
        public Optional<Denied> judge(Asked message) {
            return of(message).stream()
                    .map(this::past)
                    .map(past -> Duration.between(now, past.nextAt()))
                    .filter(Duration::isPositive)
                    .findFirst()
                    .map(wait -> new Denied(Rule.DELAY, rounded(wait)));
        }

        @Override
        public void count(Asked message) {
            for (var subject : of(message)) counted.put(subject, past(subject).plus(now));
        }

        @Override
        public void write() {
            counted.forEach((subject, past) -> store(subject, past, now));
        }

        private List<Subject> of(Asked message) {
            return subjects.getOrDefault(message, List.of());
        }

        private Past past(Subject subject) {
            return counted.getOrDefault(subject, held.getOrDefault(subject, Past.NONE));
        }
    }

    /** Locks the rows, and makes those that are not there, in one order, so that two transactions never wait for each other in a circle. */
    private Map<Subject, Past> hold(Set<Subject> subjects) {
        var held = new HashMap<Subject, Past>();
        if (subjects.isEmpty()) return held;
        db.sql("""
                INSERT INTO send_delay AS known (tenant_id, kind, subject, sent, last_at, next_at, expires_at)
                SELECT tenant, kind, subject, 0, to_timestamp(0), to_timestamp(0), to_timestamp(0)
                  FROM unnest(:tenants::text[], :kinds::text[], :subjects::bytea[]) AS asked (tenant, kind, subject)
                 ORDER BY tenant, kind, subject
                ON CONFLICT (tenant_id, kind, subject) DO UPDATE SET sent = known.sent
                RETURNING tenant_id, kind, subject, sent, last_at, next_at
                """)
                .param(
                        "tenants",
                        subjects.stream().map(one -> one.tenant().value()).toArray(String[]::new))
                .param("kinds", subjects.stream().map(Subject::kind).toArray(String[]::new))
                .param(
                        "subjects",
                        subjects.stream().map(one -> one.key().array()).toArray(byte[][]::new))
                .query(row -> {
                    held.put(
                            new Subject(
                                    new TenantId(row.getString("tenant_id")),
                                    row.getString("kind"),
                                    ByteBuffer.wrap(row.getBytes("subject"))),
                            new Past(
                                    row.getInt("sent"),
                                    row.getObject("last_at", OffsetDateTime.class)
                                            .toInstant(),
                                    row.getObject("next_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        return held;
    }

    private void store(Subject subject, Past past, Instant now) {
        db.sql("""
                UPDATE send_delay SET sent = :sent, last_at = :now, next_at = :next, expires_at = :expires
                 WHERE tenant_id = :tenant AND kind = :kind AND subject = :subject
                """)
                .param("tenant", subject.tenant().value())
                .param("kind", subject.kind())
                .param("subject", subject.key().array())
                .param("sent", past.sent())
                .param("now", now.atOffset(UTC))
                .param("next", past.nextAt().atOffset(UTC))
                .param("expires", now.plus(FORGOTTEN).atOffset(UTC))
                .update();
    }

    /** After so many messages, before the next one; a little more or less, so that programs that wait do not come together. */
    private static Duration pause(int sent) {
        if (sent < AT_ONCE) return Duration.ZERO;
        var minutes = Math.min(LONGEST_MINUTES, 1L << Math.min(sent - AT_ONCE, 10));
        var jitter = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return Duration.ofMillis(Math.round(minutes * 60_000 * jitter));
    }

    private static Duration rounded(Duration wait) {
        return Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds());
    }
}
