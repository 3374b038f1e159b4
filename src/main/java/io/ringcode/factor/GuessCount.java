package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rate limit of guessing: wrong guesses, counted per authenticator across codes, channels, logins and nodes: ten,
 * refilled one per six minutes; at {@value #MOST_FAILURES} in a row the authenticator is disabled (NIST SP 800-63B-4
 * section 3.2.2). Every guess takes a place while the row is held and before it is judged; only a right one gives the
 * places back.
 */
@Component
public class GuessCount {
    /** Wrong guesses at once. */
    public static final int GUESSES = 10;

    /** From one further guess to the next. */
    public static final Duration REFILL = Duration.ofMinutes(6);

    /** Wrong guesses in a row. */
    public static final int MOST_FAILURES = 100;

    /** Whether the row {@code enrollment} may be guessed at, at {@code :now}. */
    private static final String OPEN = "enrollment.failures < " + MOST_FAILURES
            + " AND greatest(enrollment.guesses_full_at, :now) <= :now + interval '"
            + REFILL.multipliedBy(GUESSES - 1L).toSeconds() + " seconds'";

    /** How many guesses the row {@code enrollment} allows at {@code :now}. */
    private static final String LEFT = """
            greatest(0, least({most} - enrollment.failures, {guesses} - ceil(
                extract(epoch FROM greatest(enrollment.guesses_full_at, :now) - :now) / {refill})))::integer
            """.replace("{most}", String.valueOf(MOST_FAILURES))
            .replace("{guesses}", String.valueOf(GUESSES))
            .replace("{refill}", String.valueOf(REFILL.toSeconds()));

    /** The assignments that count one guess on the row {@code enrollment}; {@code asked.matched} says if it was right. */
    private static final String COUNT = """
            failures = CASE WHEN asked.matched THEN 0 ELSE enrollment.failures + 1 END,
                   guesses_full_at = CASE WHEN asked.matched THEN :now
                       ELSE greatest(enrollment.guesses_full_at, :now) + interval '{refill} seconds' END,
                   confirmed_at = CASE WHEN asked.matched THEN coalesce(enrollment.confirmed_at, :now)
                       ELSE enrollment.confirmed_at END,
                   last_auth_at = CASE WHEN asked.matched THEN :now ELSE enrollment.last_auth_at END
            """.replace("{refill}", String.valueOf(REFILL.toSeconds()));

    /** A recovery code that was used before is no guess at the one that came after it. */
    private static final String RECOVERY = counting("""
            WITH asked AS (
                SELECT coalesce(enrollment.secret_hash = :hash, false) AS matched,
                       coalesce(enrollment.spent_hash = :hash, false) AS spent, {open} AS open,
                       enrollment.failures AS failures, {left} AS allowed
                  FROM enrollment WHERE tenant_id = :tenant AND id = :id AND confirmed_at IS NOT NULL FOR UPDATE
            ), counted AS (
                UPDATE enrollment
                   SET spent_hash = CASE WHEN asked.matched THEN enrollment.secret_hash ELSE enrollment.spent_hash END,
                       secret_hash = CASE WHEN asked.matched THEN NULL ELSE enrollment.secret_hash END, {count}
                  FROM asked
                 WHERE enrollment.tenant_id = :tenant AND enrollment.id = :id AND asked.open
                   AND (asked.matched OR NOT asked.spent)
            )
            SELECT matched, open, failures + counted AS failures, allowed - counted AS allowed
              FROM (SELECT *, (open AND NOT matched AND NOT spent)::integer AS counted FROM asked) AS judged
            """);

    private static final String APPS = counting("""
            SELECT id, secret_sealed, last_step, confirmed_at IS NULL AS first, {open} AS open, failures, {left} AS allowed
              FROM enrollment WHERE tenant_id = :tenant AND id = ANY (:ids) AND kind = 'totp' ORDER BY id FOR UPDATE
            """);

    private static final String COUNT_APPS = counting("""
            UPDATE enrollment
               SET last_step = CASE WHEN asked.matched THEN :step ELSE enrollment.last_step END, {count}
              FROM (SELECT :matched::boolean AS matched) AS asked
             WHERE enrollment.tenant_id = :tenant AND enrollment.id = ANY (:ids)
            """);

    /**
     * Fills {@code {open}}, {@code {left}} and {@code {count}} into a statement that has the guess in {@code asked} and holds
     * the row {@code enrollment}.
     */
    public static String counting(String sql) {
        return sql.replace("{open}", OPEN).replace("{left}", LEFT).replace("{count}", COUNT);
    }

    private record State(@Nullable Instant fullAt, int failures) {}

    private final JdbcClient db;
    private final AuthenticatorSecrets secrets;

    GuessCount(JdbcClient db, AuthenticatorSecrets secrets) {
        this.db = db;
        this.secrets = secrets;
    }

    /** @return until one more guess is free; zero where one is, or where waiting does not help */
    public Duration wait(TenantId tenant, AuthenticatorId id, Instant now) {
        var state = db.sql("""
                SELECT nullif(guesses_full_at, '-infinity') AS full_at, failures
                  FROM enrollment WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query((row, _) -> {
                    var fullAt = row.getObject("full_at", OffsetDateTime.class);
                    return new State(fullAt == null ? null : fullAt.toInstant(), row.getInt("failures"));
                })
                .optional();
        if (state.isEmpty() || state.get().failures() >= MOST_FAILURES) return Duration.ZERO;
        var fullAt = state.get().fullAt();
        if (fullAt == null) return Duration.ZERO;
        var wait = Duration.between(now, fullAt).minus(REFILL.multipliedBy(GUESSES - 1L));
        return wait.isPositive()
                ? Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds())
                : Duration.ZERO;
    }

    /**
     * An app that is guessed at, held until the end of the transaction.
     *
     * @param lastStep the newest time step that a code was taken for; a step is spent once
     * @param open whether it may be judged
     * @param first whether it waits for its first code
     * @param failures wrong guesses in a row until now
     * @param left guesses that it allows now
     */
    public record HeldApp(
            AuthenticatorId id, String seed, long lastStep, boolean open, boolean first, int failures, int left) {
        /** The judgement of a guess that was wrong. */
        public Guess wrong() {
            return new Guess(false, true, first, failures + 1, left - 1);
        }

        /** That of one that was not even looked at. */
        public Guess refused() {
            return new Guess(false, false, first, failures, left);
        }
    }

    /** Holds the apps that a code is tried on, so that nobody else judges meanwhile; {@link #wrong} or {@link #right} follows. */
    public List<HeldApp> hold(TenantId tenant, Collection<AuthenticatorId> apps, Instant now) {
        if (apps.isEmpty()) return List.of();
        return db.sql(APPS)
                .param("tenant", tenant.value())
                .param("ids", ids(apps))
                .param("now", now.atOffset(UTC))
                .query((row, _) -> {
                    var id = new AuthenticatorId(row.getString("id"));
                    return new HeldApp(
                            id,
                            secrets.openSeed(tenant, id, row.getBytes("secret_sealed")),
                            row.getLong("last_step"),
                            row.getBoolean("open"),
                            row.getBoolean("first"),
                            row.getInt("failures"),
                            row.getInt("allowed"));
                })
                .list();
    }

    /** Counts a wrong guess at each of them. */
    public void wrong(TenantId tenant, Collection<AuthenticatorId> apps, Instant now) {
        count(tenant, apps, false, 0, now);
    }

    /** Takes a right code of one: its time step is spent, and its guesses are given back. */
    public void right(TenantId tenant, AuthenticatorId app, long step, Instant now) {
        count(tenant, List.of(app), true, step, now);
    }

    private void count(TenantId tenant, Collection<AuthenticatorId> apps, boolean matched, long step, Instant now) {
        db.sql(COUNT_APPS)
                .param("tenant", tenant.value())
                .param("ids", ids(apps))
                .param("matched", matched)
                .param("step", step)
                .param("now", now.atOffset(UTC))
                .update();
    }

    /**
     * Counts and judges a guess at a recovery code, by its hash. A right one is burnt; the caller replaces it.
     *
     * @return empty when it has been replaced meanwhile
     */
    public Optional<Guess> recoveryCode(TenantId tenant, AuthenticatorId id, byte[] hash, Instant now) {
        return db.sql(RECOVERY)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .param("now", now.atOffset(UTC))
                .param("hash", hash)
                .query((row, _) -> new Guess(
                        row.getBoolean("matched"),
                        row.getBoolean("open"),
                        false,
                        row.getInt("failures"),
                        row.getInt("allowed")))
                .optional();
    }

    private static String[] ids(Collection<AuthenticatorId> apps) {
        return apps.stream().map(AuthenticatorId::value).toArray(String[]::new);
    }
}
