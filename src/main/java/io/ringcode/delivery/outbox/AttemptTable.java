package io.ringcode.delivery.outbox;

import io.ringcode.delivery.AttemptResult;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.SkippedCarrier;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** How often a message was tried so far; claims of it in which no carrier was asked are not among them. */
    int made(MessageRef message) {
        return db.sql("SELECT count(*) FROM attempt WHERE tenant_id = :tenant AND message_id = :id")
                .param("tenant", message.tenant().value())
                .param("id", message.id())
                .query(Integer.class)
                .single();
    }

    /** An attempt that has ended, and what becomes of its message. */
    record Ended(MessageRef message, int number, Step step, Attempt outcome, Instant at) {}

    /**
     * Ends attempts: their rows, their messages' new states, and the texts erased unless another attempt follows.
     *
     * @param ended each of another message
     * @return the messages of which the attempt was the newest; for others nothing is written
     */
    Set<MessageRef> settle(List<Ended> ended) {
        return db.sql("""
                WITH asked AS (
                    SELECT * FROM unnest(:tenants::text[], :ids::uuid[], :attempts::int[], :states::text[], :nexts::timestamptz[],
                                         :providers::text[], :results::text[], :vendors::text[], :codes::text[], :latencies::int[],
                                         :times::timestamptz[], :faults::text[], :passed::text[], :said::text[])
                               AS one (tenant, message, attempt, state, next, provider, result, vendor, code, latency, at, fault,
                                       passed, said)
                ), settled AS (
                    UPDATE message
                       SET state = asked.state, next_attempt_at = asked.next, provider = asked.provider,
                           attempts = CASE WHEN asked.state = 'sending' THEN message.attempts + 1 ELSE message.attempts END,
                           text_sealed = CASE WHEN asked.state IN ('sending', 'queued') THEN text_sealed END,
                           context_sealed = CASE WHEN asked.state IN ('sending', 'queued') THEN context_sealed END
                      FROM asked
                     WHERE message.tenant_id = asked.tenant AND message.id = asked.message
                       AND message.attempts = asked.attempt AND message.state = 'sending'
                    RETURNING asked.*
                ), tried AS (
                    INSERT INTO attempt (tenant_id, message_id, number, provider, result, vendor_id, code, latency_ms, at,
                                         fault, passed_over, said)
                    SELECT tenant, message, attempt, provider, result, vendor, code, latency, at, fault,
                           string_to_array(passed, E'\\n'), said
                      FROM settled
                )
                SELECT tenant, message FROM settled
                """)
                .param("tenants", texts(ended, one -> one.message().tenant().value()))
                .param("ids", texts(ended, one -> one.message().id()))
                .param("attempts", ended.stream().map(Ended::number).toArray(Integer[]::new))
                .param("states", texts(ended, one -> one.step().state().wire()))
                .param("nexts", texts(ended, one -> one.step().next()))
                .param("providers", texts(ended, one -> one.outcome().provider()))
                .param("results", texts(ended, one -> one.outcome().result().wire()))
                .param("vendors", texts(ended, one -> one.outcome().vendorId()))
                .param("codes", texts(ended, one -> one.outcome().code()))
                .param("said", texts(ended, one -> one.outcome().said()))
                .param(
                        "latencies",
                        ended.stream()
                                .map(one -> (int) one.outcome().latency().toMillis())
                                .toArray(Integer[]::new))
                .param("faults", texts(ended, one -> one.outcome().fault()))
                .param(
                        "passed",
                        texts(
                                ended,
                                one -> one.outcome().passedOver().isEmpty()
                                        ? null
                                        : one.outcome().passedOver().stream()
                                                .map(SkippedCarrier::stored)
                                                .collect(Collectors.joining("\n"))))
                .param("times", texts(ended, Ended::at))
                .query((row, _) ->
                        new MessageRef(new TenantId(row.getString("tenant")), row.getObject("message", UUID.class)))
                .set();
    }

    private static String[] texts(List<Ended> ended, Function<Ended, @Nullable Object> member) {
        return ended.stream()
                .map(member)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
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
