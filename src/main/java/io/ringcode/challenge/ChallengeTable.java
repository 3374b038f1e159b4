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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The codes in flight. A code stands here as a keyed hash, and sealed for sending it again. */
@Component
class ChallengeTable {
    /**
     * Counts guesses and, where a code fits, spends the challenge and confirms the authenticator. The rows of all guesses are
     * locked in one order, a code before its authenticator; no two guesses of one statement are at the same authenticator. Each row is found by its whole key: as a join
     * PostgreSQL 18, without statistics, looked for a code by tenant and authenticator, through all codes of the tenant.
     */
    static final String GUESS = GuessCount.counting("""
            WITH asked AS (
                SELECT guess.place, held.tenant_id, held.transaction_id, held.enrollment_id,
                       held.code_hash = guess.code AS matched, enrollment.confirmed_at IS NULL AS first,
                       held.tries_left > 0 AND {open} AS open, held.tries_left, enrollment.failures AS failures, {left} AS allowed
                  FROM (SELECT *
                          FROM unnest(:tenants::text[], :transactions::uuid[], :enrollments::text[], :generations::int[], :codes::bytea[])
                               WITH ORDINALITY AS one (tenant, transaction, enrollment, generation, code, place)
                         ORDER BY tenant, enrollment) AS guess
                 CROSS JOIN LATERAL (
                       SELECT * FROM challenge
                        WHERE tenant_id = guess.tenant AND transaction_id = guess.transaction AND enrollment_id = guess.enrollment
                          AND challenge.generation = guess.generation AND spent_at IS NULL AND expires_at > :now
                          FOR UPDATE) AS held
                 CROSS JOIN LATERAL (
                       SELECT * FROM enrollment WHERE tenant_id = held.tenant_id AND id = held.enrollment_id FOR UPDATE) AS enrollment
            ), counted AS (
                UPDATE enrollment SET {count} FROM asked
                 WHERE enrollment.tenant_id = asked.tenant_id AND enrollment.id = asked.enrollment_id AND asked.open
            ), spent AS (
                UPDATE challenge
                   SET tries_left = challenge.tries_left - 1, spent_at = CASE WHEN asked.matched THEN :now END
                  FROM asked
                 WHERE challenge.tenant_id = asked.tenant_id AND challenge.transaction_id = asked.transaction_id
                   AND challenge.enrollment_id = asked.enrollment_id AND asked.open
            )
            SELECT place, matched, open, first, failures + wrong AS failures, allowed - wrong AS allowed,
                   tries_left - wrong AS tries_left
              FROM (SELECT *, (open AND NOT matched)::integer AS wrong FROM asked) AS judged
            """);

    /** Where a code stands: that of one login for one phone. */
    record Place(TenantId tenant, UUID transaction, AuthenticatorId enrollment) {}

    /** A code that is good until {@code expiresAt}. */
    record Live(String code, int generation, Instant expiresAt) {}

    /** A code that is to be stored, hashed and sealed for its place. */
    @SuppressWarnings("ArrayRecordComponent") // values that are only handed on
    record NewCode(Place place, byte[] hash, byte[] sealed, Instant expiresAt, Replaces replaces) {}

    /** What a new code may take the place of. */
    enum Replaces {
        /** A code that can no longer be typed, or none. */
        DEAD,
        ANY
    }

    /** A guess at the code behind {@code handle}. */
    record CodeGuess(TenantId tenant, Handle handle, String code) {}

    private final JdbcClient db;
    private final KeyedHash hash;
    private final Sealer sealer;

    ChallengeTable(JdbcClient db, Keyring keys) {
        this.db = db;
        this.hash = keys.hash("code");
        this.sealer = keys.sealer("code");
    }

    /** The codes that can still be typed, of these places. */
    Map<Place, Live> live(Collection<Place> places, Instant now) {
        var live = new HashMap<Place, Live>();
        if (places.isEmpty()) return live;
        db.sql("""
                SELECT held.tenant_id, held.transaction_id, held.enrollment_id, code_sealed, generation, expires_at
                  FROM unnest(:tenants::text[], :transactions::uuid[], :enrollments::text[])
                       AS asked (tenant, transaction, enrollment)
                  JOIN challenge AS held ON held.tenant_id = asked.tenant AND held.transaction_id = asked.transaction
                       AND held.enrollment_id = asked.enrollment
                 WHERE spent_at IS NULL AND expires_at > :now AND tries_left > 0
                """)
                .param("tenants", texts(places, place -> place.tenant().value()))
                .param(
                        "transactions",
                        texts(places, place -> place.transaction().toString()))
                .param("enrollments", texts(places, place -> place.enrollment().value()))
                .param("now", now.atOffset(UTC))
                .query(row -> {
                    var place = place(row);
                    live.put(
                            place,
                            new Live(
                                    opened(row.getBytes("code_sealed"), place),
                                    row.getInt("generation"),
                                    row.getObject("expires_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        return live;
    }

    NewCode fresh(Place place, String code, Instant expiresAt, Replaces replaces) {
        var tenant = place.tenant().value();
        var transaction = place.transaction().toString();
        var enrollment = place.enrollment().value();
        return new NewCode(
                place,
                hash.of(tenant, transaction, enrollment, code),
                sealer.seal(code, tenant, transaction, enrollment),
                expiresAt,
                replaces);
    }

    /**
     * Stores new codes.
     *
     * @return the generation of each; a place is left out where another transaction has made a code meanwhile
     */
    Map<Place, Integer> put(Collection<NewCode> codes, Instant now) {
        var generations = new HashMap<Place, Integer>();
        if (codes.isEmpty()) return generations;
        db.sql("""
                WITH asked AS (
                    SELECT * FROM unnest(:tenants::text[], :transactions::uuid[], :enrollments::text[], :hashes::bytea[],
                                         :sealed::bytea[], :expires::timestamptz[], :any::boolean[])
                               AS one (tenant, transaction, enrollment, hash, sealed, expires, of_any)
                )
                INSERT INTO challenge AS held
                       (tenant_id, transaction_id, enrollment_id, code_hash, code_sealed, tries_left, expires_at)
                SELECT tenant, transaction, enrollment, hash, sealed, :tries, expires FROM asked
                 -- as guesses are locked
                 ORDER BY tenant, enrollment, transaction
                ON CONFLICT (tenant_id, transaction_id, enrollment_id) DO UPDATE
                   SET generation = held.generation + 1, code_hash = excluded.code_hash, code_sealed = excluded.code_sealed,
                       tries_left = excluded.tries_left, expires_at = excluded.expires_at, spent_at = NULL
                 WHERE held.spent_at IS NOT NULL OR held.expires_at <= :now OR held.tries_left <= 0
                    OR EXISTS (SELECT FROM asked WHERE asked.of_any AND asked.tenant = held.tenant_id
                                  AND asked.transaction = held.transaction_id AND asked.enrollment = held.enrollment_id)
                RETURNING tenant_id, transaction_id, enrollment_id, generation
                """)
                .param("tenants", texts(codes, code -> code.place().tenant().value()))
                .param(
                        "transactions",
                        texts(codes, code -> code.place().transaction().toString()))
                .param(
                        "enrollments",
                        texts(codes, code -> code.place().enrollment().value()))
                .param("hashes", codes.stream().map(NewCode::hash).toArray(byte[][]::new))
                .param("sealed", codes.stream().map(NewCode::sealed).toArray(byte[][]::new))
                .param("expires", texts(codes, code -> code.expiresAt().toString()))
                .param(
                        "any",
                        codes.stream()
                                .map(code -> code.replaces() == Replaces.ANY)
                                .toArray(Boolean[]::new))
                .param("tries", Challenges.TRIES)
                .param("now", now.atOffset(UTC))
                .query(row -> {
                    generations.put(place(row), row.getInt("generation"));
                });
        return generations;
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
                        opened(
                                row.getBytes("code_sealed"),
                                new Place(tenant, code.transaction(), new AuthenticatorId(code.enrollment()))),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("first")))
                .optional();
    }

    /**
     * Counts guesses and, where a code fits, spends the challenge and confirms the authenticator: one statement, so no two
     * guesses share a count, and one code has one success.
     *
     * @param guesses no two at the same authenticator
     * @return in the order of the guesses; null where there is no live code behind the handle
     */
    List<@Nullable Guess> guess(List<CodeGuess> guesses, Instant now) {
        var judged = new @Nullable Guess[guesses.size()];
        db.sql(GUESS)
                .param("tenants", texts(guesses, guess -> guess.tenant().value()))
                .param(
                        "transactions",
                        texts(guesses, guess -> guess.handle().transaction().toString()))
                .param(
                        "enrollments",
                        texts(guesses, guess -> guess.handle().authenticator().value()))
                .param(
                        "generations",
                        guesses.stream()
                                .map(guess -> guess.handle().generation())
                                .toArray(Integer[]::new))
                .param("codes", guesses.stream().map(this::hashed).toArray(byte[][]::new))
                .param("now", now.atOffset(UTC))
                .query(row -> {
                    judged[row.getInt("place") - 1] = new Guess(
                            row.getBoolean("matched"),
                            row.getBoolean("open"),
                            row.getBoolean("first"),
                            row.getInt("failures"),
                            row.getInt("allowed"),
                            row.getInt("tries_left"));
                });
        return Arrays.asList(judged);
    }

    /** Codes that can no longer be typed, and are past any question about them. */
    int sweep(TenantId tenant, Instant before) {
        return db.sql("DELETE FROM challenge WHERE tenant_id = :tenant AND expires_at < :before")
                .param("tenant", tenant.value())
                .param("before", before.atOffset(UTC))
                .update();
    }

    private byte[] hashed(CodeGuess guess) {
        var handle = guess.handle();
        return hash.of(
                guess.tenant().value(),
                handle.transaction().toString(),
                handle.authenticator().value(),
                guess.code());
    }

    private String opened(byte[] sealed, Place place) {
        return sealer.openOwn(
                sealed,
                place.tenant().value(),
                place.transaction().toString(),
                place.enrollment().value());
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                new TenantId(row.getString("tenant_id")),
                row.getObject("transaction_id", UUID.class),
                new AuthenticatorId(row.getString("enrollment_id")));
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> member) {
        return rows.stream().map(member).toArray(String[]::new);
    }
}
