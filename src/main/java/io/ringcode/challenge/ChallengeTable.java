package io.ringcode.challenge;

import static java.time.ZoneOffset.UTC;

import io.ringcode.challenge.OobCodes.Handle;
import io.ringcode.delivery.CodeRef;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Guess;
import io.ringcode.factor.GuessCount;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The codes in flight. A code stands here as a keyed hash, and sealed for sending it again. */
@Component
class ChallengeTable {
    private static final String GUESS = GuessCount.counting("""
            WITH asked AS (
                SELECT held.code_hash = :code AS matched, enrollment.confirmed_at IS NULL AS first,
                       held.tries_left > 0 AND {open} AS open
                  FROM challenge held
                  JOIN enrollment ON enrollment.tenant_id = held.tenant_id AND enrollment.id = held.enrollment_id
                 WHERE held.tenant_id = :tenant AND held.transaction_id = :transaction
                   AND held.enrollment_id = :enrollment AND held.generation = :generation
                   AND held.spent_at IS NULL AND held.expires_at > :now
                   FOR UPDATE
            ), counted AS (
                UPDATE enrollment SET {count} FROM asked
                 WHERE enrollment.tenant_id = :tenant AND enrollment.id = :enrollment AND asked.open
            ), spent AS (
                UPDATE challenge
                   SET tries_left = challenge.tries_left - 1, spent_at = CASE WHEN asked.matched THEN :now END
                  FROM asked
                 WHERE challenge.tenant_id = :tenant AND challenge.transaction_id = :transaction
                   AND challenge.enrollment_id = :enrollment AND asked.open
            )
            SELECT matched, open, first FROM asked
            """);

    /** A code that is good until {@code expiresAt}. */
    record Live(String code, int generation, Instant expiresAt) {}

    private final JdbcClient db;
    private final KeyedHash hash;
    private final Sealer sealer;

    ChallengeTable(JdbcClient db, Keyring keys) {
        this.db = db;
        this.hash = keys.hash("code");
        this.sealer = keys.sealer("code");
    }

    /**
     * The code of this login and phone: the one that is live, or {@code fresh} where none is, or where {@code always}.
     */
    Live put(
            TenantId tenant,
            UUID transaction,
            AuthenticatorId enrollment,
            String fresh,
            Instant expiresAt,
            boolean always,
            Instant now) {
        return db.sql("""
                INSERT INTO challenge AS held
                       (tenant_id, transaction_id, enrollment_id, code_hash, code_sealed, tries_left, expires_at)
                VALUES (:tenant, :transaction, :enrollment, :hash, :sealed, :tries, :expires)
                ON CONFLICT (tenant_id, transaction_id, enrollment_id) DO UPDATE
                   SET (generation, code_hash, code_sealed, tries_left, expires_at, spent_at) = (
                       SELECT held.generation, held.code_hash, held.code_sealed, held.tries_left, held.expires_at,
                              held.spent_at
                        WHERE held.spent_at IS NULL AND held.expires_at > :now AND held.tries_left > 0 AND NOT :always
                       UNION ALL
                       SELECT held.generation + 1, excluded.code_hash, excluded.code_sealed, excluded.tries_left,
                              excluded.expires_at, NULL
                       LIMIT 1)
                RETURNING code_sealed, generation, expires_at
                """)
                .param("tenant", tenant.value())
                .param("transaction", transaction)
                .param("enrollment", enrollment.value())
                .param("hash", hashed(tenant, transaction, enrollment, fresh))
                .param("sealed", sealer.seal(fresh, tenant.value(), transaction.toString(), enrollment.value()))
                .param("tries", Challenges.TRIES)
                .param("expires", expiresAt.atOffset(UTC))
                .param("always", always)
                .param("now", now.atOffset(UTC))
                .query((row, _) -> new Live(
                        sealer.openOwn(
                                row.getBytes("code_sealed"),
                                tenant.value(),
                                transaction.toString(),
                                enrollment.value()),
                        row.getInt("generation"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .single();
    }

    /** @param first whether the authenticator is still to be confirmed by it */
    record Resent(String code, Instant expiresAt, boolean first) {}

    /** Whether a code can still be typed. */
    boolean isLive(TenantId tenant, CodeRef code, Instant now) {
        return db.sql("""
                SELECT EXISTS (
                    SELECT FROM challenge
                     WHERE tenant_id = :tenant AND transaction_id = :transaction AND enrollment_id = :enrollment
                       AND generation = :generation AND spent_at IS NULL AND expires_at > :now AND tries_left > 0)
                """)
                .param("tenant", tenant.value())
                .param("transaction", code.transaction())
                .param("enrollment", code.enrollment())
                .param("generation", code.generation())
                .param("now", now.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    /** A code that can still be typed, to be sent once more. */
    Optional<Resent> live(TenantId tenant, CodeRef code, Instant now) {
        return db.sql("""
                SELECT code_sealed, expires_at, enrollment.confirmed_at IS NULL AS first
                  FROM challenge
                  JOIN enrollment ON enrollment.tenant_id = challenge.tenant_id AND enrollment.id = challenge.enrollment_id
                 WHERE challenge.tenant_id = :tenant AND transaction_id = :transaction AND enrollment_id = :enrollment
                   AND generation = :generation AND spent_at IS NULL AND expires_at > :now AND tries_left > 0
                """)
                .param("tenant", tenant.value())
                .param("transaction", code.transaction())
                .param("enrollment", code.enrollment())
                .param("generation", code.generation())
                .param("now", now.atOffset(UTC))
                .query((row, _) -> new Resent(
                        sealer.openOwn(
                                row.getBytes("code_sealed"),
                                tenant.value(),
                                code.transaction().toString(),
                                code.enrollment()),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("first")))
                .optional();
    }

    /**
     * Counts a guess and, if the code fits, spends the challenge and confirms the authenticator: one statement, so no
     * two guesses share a count, and one code has one success.
     *
     * @return empty when there is no live code behind {@code handle}
     */
    Optional<Guess> guess(TenantId tenant, Handle handle, String code, Instant now) {
        return db.sql(GUESS)
                .param("tenant", tenant.value())
                .param("transaction", handle.transaction())
                .param("enrollment", handle.authenticator().value())
                .param("generation", handle.generation())
                .param("code", hashed(tenant, handle.transaction(), handle.authenticator(), code))
                .param("now", now.atOffset(UTC))
                .query((row, _) ->
                        new Guess(row.getBoolean("matched"), row.getBoolean("open"), row.getBoolean("first")))
                .optional();
    }

    /** Codes that can no longer be typed, and are past any question about them. */
    int sweep(TenantId tenant, Instant before) {
        return db.sql("DELETE FROM challenge WHERE tenant_id = :tenant AND expires_at < :before")
                .param("tenant", tenant.value())
                .param("before", before.atOffset(UTC))
                .update();
    }

    private byte[] hashed(TenantId tenant, UUID transaction, AuthenticatorId enrollment, String code) {
        return hash.of(tenant.value(), transaction.toString(), enrollment.value(), code);
    }
}
