package io.ringcode.delivery.outbox;

import static java.time.ZoneOffset.UTC;

import io.ringcode.delivery.AttemptResult;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.SkippedCarrier;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.routing.ClaimedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Attempts as rows, one for each time that a carrier was asked, and the message's new state with each. */
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
    boolean settle(MessageRef message, int attempt, Step step, Attempt outcome, Instant now) {
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
                        .param("state", step.state().wire())
                        .param("next", step.next() == null ? null : step.next().atOffset(UTC))
                        .param("provider", outcome.provider())
                        .param("result", outcome.result().wire())
                        .param("vendor", outcome.vendorId())
                        .param("code", outcome.code())
                        .param("said", outcome.said())
                        .param("latency", (int) outcome.latency().toMillis())
                        .param(
                                "fault",
                                outcome.fault() == null ? null : outcome.fault().name())
                        .param(
                                "passed",
                                outcome.passedOver().isEmpty()
                                        ? null
                                        : outcome.passedOver().stream()
                                                .map(SkippedCarrier::stored)
                                                .toArray(String[]::new))
                        .param("now", now.atOffset(UTC))
                        .update()
                == 1;
    }

    /**
     * Ends a message without a further attempt, and erases its text.
     *
     * @param attempt the one that is not made
     * @return false when this attempt is no longer the message's newest
     */
    boolean end(MessageRef message, int attempt, MessageState state) {
        return db.sql("""
                UPDATE message SET state = :state, next_attempt_at = NULL, text_sealed = NULL, context_sealed = NULL
                 WHERE tenant_id = :tenant AND id = :id AND attempts = :attempt AND state = 'sending'
                """)
                        .param("tenant", message.tenant().value())
                        .param("id", message.id())
                        .param("attempt", attempt)
                        .param("state", state.wire())
                        .update()
                == 1;
    }

    /**
     * The state of a message after an attempt.
     *
     * @param next when a sweep claims the message again; null: never
     */
    record Step(MessageState state, @Nullable Instant next) {
        static Step accepted(@Nullable Instant receiptDue) {
            return new Step(MessageState.ACCEPTED, receiptDue);
        }

        /** The next attempt begins at once, on this node. */
        static Step onward(Instant heldUntil) {
            return new Step(MessageState.SENDING, heldUntil);
        }

        static Step later(Instant next) {
            return new Step(MessageState.QUEUED, next);
        }

        static Step end(MessageState state) {
            return new Step(state, null);
        }
    }

    /** What the carrier said, for the attempt's row. */
    record Attempt(
            String provider,
            AttemptResult result,
            @Nullable String vendorId,
            @Nullable String code,
            @Nullable FailureCause fault,
            @Nullable String said,
            Duration latency,
            List<SkippedCarrier> passedOver) {
        static Attempt accepted(ClaimedMessage claimed, String vendorId, Duration latency) {
            return of(claimed, AttemptResult.ACCEPTED, vendorId, null, null, null, latency);
        }

        static Attempt refused(ClaimedMessage claimed, Refused outcome, Duration latency) {
            return of(claimed, AttemptResult.REFUSED, null, outcome.code(), outcome.fault(), outcome.said(), latency);
        }

        static Attempt unavailable(ClaimedMessage claimed, Unavailable outcome, Duration latency) {
            return of(claimed, AttemptResult.UNAVAILABLE, null, outcome.code(), null, outcome.said(), latency);
        }

        static Attempt unknown(ClaimedMessage claimed, Unknown outcome, Duration latency) {
            return of(claimed, AttemptResult.UNKNOWN, null, outcome.code(), null, outcome.said(), latency);
        }

        private static Attempt of(
                ClaimedMessage claimed,
                AttemptResult result,
                @Nullable String vendorId,
                @Nullable String code,
                @Nullable FailureCause fault,
                @Nullable String said,
                Duration latency) {
            return new Attempt(claimed.provider(), result, vendorId, code, fault, said, latency, claimed.passedOver());
        }

        /** An attempt in which no carrier was asked. */
        static Attempt without(
                String provider,
                AttemptResult result,
                String code,
                @Nullable FailureCause fault,
                List<SkippedCarrier> passedOver) {
            return new Attempt(provider, result, null, code, fault, null, Duration.ZERO, passedOver);
        }
    }
}
