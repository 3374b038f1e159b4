package io.ringcode.delivery.receipt;

import io.ringcode.client.ClientId;
import io.ringcode.delivery.CodeRef;
import io.ringcode.delivery.Failover;
import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.StuckMessage;
import io.ringcode.delivery.TroubleReason;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Replacement of undelivered messages by another, as columns of the outbox. */
@Component
public class ReplacementTable {
    private final JdbcClient db;
    private final Sealer sealer;

    ReplacementTable(JdbcClient db, Keyring keys) {
        this.db = db;
        this.sealer = keys.sealer("message");
    }

    /**
     * A message in trouble, as it stands.
     *
     * @param cameBy how it came about itself; null for a first message
     * @param trace the W3C trace context that it belongs to; null for none
     */
    public record Found(
            StuckMessage stuck,
            String provider,
            @Nullable String region,
            @Nullable Failover cameBy,
            @Nullable String trace) {}

    public Optional<Found> find(MessageRef message) {
        return db.sql("""
                SELECT m.user_id, m.client_id, m.enrollment_id, m.transaction_id, m.code_generation, m.channel, m.to_sealed,
                       m.language, m.provider, m.region, m.trace, before.channel AS channel_before
                  FROM message AS m
                  LEFT JOIN message AS before ON before.tenant_id = m.tenant_id AND before.id = m.replaces
                 WHERE m.tenant_id = :tenant AND m.id = :id AND m.code_generation IS NOT NULL
                """)
                .param("tenant", message.tenant().value())
                .param("id", message.id())
                .query((row, _) -> Optional.ofNullable(found(message, row)))
                .optional()
                .flatMap(found -> found);
    }

    private @Nullable Found found(MessageRef message, ResultSet row) throws SQLException {
        var to = sealer.open(
                        row.getBytes("to_sealed"),
                        message.tenant().value(),
                        message.id().toString(),
                        "to")
                .orElse(null);
        if (to == null) return null;
        var client = row.getString("client_id");
        var channel = row.getString("channel");
        var before = row.getString("channel_before");
        var stuck = new StuckMessage(
                new UserId(row.getString("user_id")),
                client == null ? null : new ClientId(client),
                new CodeRef(
                        row.getObject("transaction_id", UUID.class),
                        row.getString("enrollment_id"),
                        row.getInt("code_generation")),
                Channel.of(channel).orElseThrow(),
                PhoneNumber.stored(to),
                Locale.forLanguageTag(row.getString("language")));
        var cameBy = before == null ? null : before.equals(channel) ? Failover.NEXT_CARRIER : Failover.OTHER_CHANNEL;
        return new Found(stuck, row.getString("provider"), row.getString("region"), cameBy, row.getString("trace"));
    }

    /** Ends the wait for a receipt: no sweep claims the message again. */
    public void stopWaiting(MessageRef message) {
        db.sql("""
                UPDATE message SET next_attempt_at = NULL
                 WHERE tenant_id = :tenant AND id = :id AND state IN ('accepted', 'undelivered')
                """)
                .param("tenant", message.tenant().value())
                .param("id", message.id())
                .update();
    }

    /**
     * Ends a message that still waits for a carrier, so that another one can replace it.
     *
     * @return false when it is being sent, has arrived, or has been replaced before
     */
    public boolean release(MessageRef message, TroubleReason why) {
        return db.sql("""
                UPDATE message
                   SET state = CASE WHEN state = 'queued' THEN 'failed' ELSE state END,
                       text_sealed = NULL, context_sealed = NULL, next_attempt_at = NULL, replaced_why = :why
                 WHERE tenant_id = :tenant AND id = :id AND state IN ('queued', 'accepted', 'undelivered')
                   AND replaced_by IS NULL
                """)
                        .param("tenant", message.tenant().value())
                        .param("id", message.id())
                        .param("why", why.wire())
                        .update()
                == 1;
    }

    public void replaced(MessageRef message, UUID by) {
        db.sql("UPDATE message SET replaced_by = :by WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", message.tenant().value())
                .param("id", message.id())
                .param("by", by)
                .update();
    }
}
