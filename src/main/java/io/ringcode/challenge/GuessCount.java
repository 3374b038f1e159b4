package io.ringcode.challenge;

import static java.time.ZoneOffset.UTC;

import io.ringcode.enrollment.EnrollmentId;
import io.ringcode.tenant.TenantId;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Wrong guesses, counted per authenticator across codes, channels, logins and nodes: ten, refilled one per six minutes;
 * at {@value #MOST_FAILURES} in a row the authenticator is disabled (NIST SP 800-63B-4 section 3.2.2). Every guess takes
 * a place before it is judged; only a right one gives the places back.
 */
@Component
class GuessCount {
    static final Duration REFILL = Duration.ofMinutes(6);
    static final int MOST_FAILURES = 100;

    /** Whether the row {@code enrollment} may be guessed at, at {@code :now}. */
    private static final String OPEN =
            "enrollment.failures < 100 AND greatest(enrollment.guesses_full_at, :now) <= :now + interval '54 minutes'";

    /** The assignments that count one guess on the row {@code enrollment}; {@code asked.matched} says if it was right. */
    private static final String COUNT = """
            failures = CASE WHEN asked.matched THEN 0 ELSE enrollment.failures + 1 END,
                   guesses_full_at = CASE WHEN asked.matched THEN :now
                       ELSE greatest(enrollment.guesses_full_at, :now) + interval '6 minutes' END,
                   confirmed_at = CASE WHEN asked.matched THEN coalesce(enrollment.confirmed_at, :now)
                       ELSE enrollment.confirmed_at END,
                   last_auth_at = CASE WHEN asked.matched THEN :now ELSE enrollment.last_auth_at END
            """;

    private static final String JUDGED = counting("""
            WITH asked AS (
                SELECT coalesce({matches}, false) AS matched, enrollment.confirmed_at IS NULL AS first, {open} AS open
                  FROM enrollment WHERE tenant_id = :tenant AND id = :id FOR UPDATE
            ), counted AS (
                UPDATE enrollment
                   SET last_step = CASE WHEN asked.matched THEN coalesce(:step::bigint, 0) ELSE enrollment.last_step END,
                       secret_hash = CASE WHEN asked.matched AND kind = 'recovery-code' THEN NULL
                           ELSE enrollment.secret_hash END, {count}
                  FROM asked WHERE enrollment.tenant_id = :tenant AND enrollment.id = :id AND asked.open
            )
            SELECT matched, open, first FROM asked
            """);

    /** Fills {@code {open}} and {@code {count}} into a statement that has the guess in {@code asked}. */
    static String counting(String sql) {
        return sql.replace("{open}", OPEN).replace("{count}", COUNT);
    }

    private record State(@Nullable Instant fullAt, int failures) {}

    private final JdbcClient db;

    GuessCount(JdbcClient db) {
        this.db = db;
    }

    /** @return until one more guess is free; zero where one is, or where waiting does not help */
    Duration wait(TenantId tenant, EnrollmentId enrollment, Instant now) {
        var state = db.sql("""
                SELECT nullif(guesses_full_at, '-infinity') AS full_at, failures
                  FROM enrollment WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", enrollment.value())
                .query((row, _) -> {
                    var fullAt = row.getObject("full_at", OffsetDateTime.class);
                    return new State(fullAt == null ? null : fullAt.toInstant(), row.getInt("failures"));
                })
                .optional();
        if (state.isEmpty() || state.get().failures() >= MOST_FAILURES) return Duration.ZERO;
        var fullAt = state.get().fullAt();
        if (fullAt == null) return Duration.ZERO;
        var wait = Duration.between(now, fullAt).minus(REFILL.multipliedBy(9));
        return wait.isPositive()
                ? Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds())
                : Duration.ZERO;
    }

    /**
     * Counts a guess that was judged outside of the database.
     *
     * @param step the time step that an app's code was right for; a step is spent once. Null for a wrong one
     * @return empty when it was too many; else whether it was right and not yet spent
     */
    Optional<ChallengeTable.Guess> app(TenantId tenant, EnrollmentId enrollment, @Nullable Long step, Instant now) {
        return judged(
                tenant,
                enrollment,
                ":step::bigint IS NOT NULL AND enrollment.last_step < :step::bigint",
                now,
                step,
                null);
    }

    /** Counts a guess at a recovery code, by its hash; a right one is confirmed to the caller, who replaces it. */
    Optional<ChallengeTable.Guess> recoveryCode(TenantId tenant, EnrollmentId enrollment, byte[] hash, Instant now) {
        return judged(tenant, enrollment, "enrollment.secret_hash = :hash", now, null, hash);
    }

    private Optional<ChallengeTable.Guess> judged(
            TenantId tenant,
            EnrollmentId id,
            String matches,
            Instant now,
            @Nullable Long step,
            byte @Nullable [] hash) {
        return db.sql(JUDGED.replace("{matches}", matches))
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("now", now.atOffset(UTC))
                .param("step", step, Types.BIGINT)
                .param("hash", hash, Types.BINARY)
                .query((row, _) -> new ChallengeTable.Guess(
                        row.getBoolean("matched"), row.getBoolean("open"), 0, row.getBoolean("first")))
                .optional();
    }
}
