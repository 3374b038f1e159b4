package io.ringcode.delivery;

import static java.time.ZoneOffset.UTC;

import io.ringcode.delivery.SendResult.Refused;
import io.ringcode.delivery.SendResult.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What carriers answered, one row for each time that one was asked, and where that leaves the message. */
@Component
class AttemptTable {
    private final JdbcClient db;

    AttemptTable(JdbcClient db) {
        this.db = db;
    }

    /**
     * Ends one attempt: its row, the message's new state, and the text erased unless another attempt follows.
     *
     * @return false when this attempt is no longer the message's newest
     */
    boolean settle(MessageRef message, int attempt, Step step, Attempt told, Instant now) {
        return db.sql("""
                WITH settled AS (
                    UPDATE message
                       SET state = :state, next_attempt_at = :next, provider = :provider,
                           attempts = CASE WHEN :state = 'sending' THEN attempts + 1 ELSE attempts END,
                           text_sealed = CASE WHEN :state IN ('sending', 'queued') THEN text_sealed END,
                           context_sealed = CASE WHEN :state IN ('sending', 'queued') THEN context_sealed END
                     WHERE tenant_id = :tenant AND id = :id AND attempts = :attempt AND state = 'sending'
                    RETURNING tenant_id, id)
                INSERT INTO attempt (tenant_id, message_id, number, provider, result, vendor_id, code, latency_ms, at,
                                     fault, passed_over, said)
                SELECT tenant_id, id, :attempt, :provider, :result, :vendor, :code, :latency, :now, :fault, :passed::text[],
                       :said
                  FROM settled
                """)
                        .param("tenant", message.tenant().value())
                        .param("id", message.id())
                        .param("attempt", attempt)
                        .param("state", step.state())
                        .param("next", step.next() == null ? null : step.next().atOffset(UTC))
                        .param("provider", told.provider())
                        .param("result", told.result())
                        .param("vendor", told.vendorId())
                        .param("code", told.code())
                        .param("said", told.said())
                        .param("latency", (int) told.latency().toMillis())
                        .param(
                                "fault",
                                told.fault() == null ? null : told.fault().name())
                        .param(
                                "passed",
                                told.passedOver().isEmpty()
                                        ? null
                                        : told.passedOver().toArray(String[]::new))
                        .param("now", now.atOffset(UTC))
                        .update()
                == 1;
    }

    /**
     * Where a message stands after an attempt.
     *
     * @param next when a node looks at it again; null: never
     */
    record Step(String state, @Nullable Instant next) {
        static Step accepted(@Nullable Instant watchedUntil) {
            return new Step("accepted", watchedUntil);
        }

        /** The next attempt begins at once, in the same hands. */
        static Step onward(Instant heldUntil) {
            return new Step("sending", heldUntil);
        }

        static Step later(Instant next) {
            return new Step("queued", next);
        }

        static Step end(String state) {
            return new Step(state, null);
        }
    }

    /** What the carrier said, for the attempt's row. */
    record Attempt(
            String provider,
            String result,
            @Nullable String vendorId,
            @Nullable String code,
            @Nullable Fault fault,
            @Nullable String said,
            Duration latency,
            List<String> passedOver) {
        static Attempt accepted(Parcel parcel, String vendorId, Duration latency) {
            return new Attempt(parcel.provider(), "accepted", vendorId, null, null, null, latency, parcel.passedOver());
        }

        static Attempt refused(Parcel parcel, Refused told, Duration latency) {
            return new Attempt(
                    parcel.provider(),
                    "refused",
                    null,
                    told.code(),
                    told.fault(),
                    told.said(),
                    latency,
                    parcel.passedOver());
        }

        static Attempt unavailable(Parcel parcel, Unavailable told, Duration latency) {
            return new Attempt(
                    parcel.provider(),
                    "unavailable",
                    null,
                    told.code(),
                    null,
                    told.said(),
                    latency,
                    parcel.passedOver());
        }

        /** For one that no carrier was asked for. */
        static Attempt without(
                String provider, String result, String code, @Nullable Fault fault, List<String> passedOver) {
            return new Attempt(provider, result, null, code, fault, null, Duration.ZERO, passedOver);
        }
    }
}
