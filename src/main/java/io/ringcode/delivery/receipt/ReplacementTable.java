package io.ringcode.delivery.receipt;

import io.ringcode.client.ClientId;
import io.ringcode.delivery.CodeRef;
import io.ringcode.delivery.MessageRef;
import io.ringcode.delivery.StuckMessage;
import io.ringcode.delivery.TroubleReason;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.user.UserId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Replacement of undelivered messages by one on the other channel, as columns of the outbox. */
@Component
public class ReplacementTable {
    private final JdbcClient db;
    private final Sealer sealer;

    ReplacementTable(JdbcClient db, Keyring keys) {
        this.db = db;
        this.sealer = keys.sealer("message");
    }

    public Optional<StuckMessage> find(MessageRef message) {
        return db.sql("""
                SELECT user_id, client_id, enrollment_id, transaction_id, code_generation, channel, to_sealed, language
                  FROM message
                 WHERE tenant_id = :tenant AND id = :id AND code_generation IS NOT NULL
                """)
                .param("tenant", message.tenant().value())
                .param("id", message.id())
                .query((row, _) -> {
                    var client = row.getString("client_id");
                    return sealer.open(
                                    row.getBytes("to_sealed"),
                                    message.tenant().value(),
                                    message.id().toString(),
                                    "to")
                            .map(to -> {
                                try {
                                    return new StuckMessage(
                                            new UserId(row.getString("user_id")),
                                            client == null ? null : new ClientId(client),
                                            new CodeRef(
                                                    row.getObject("transaction_id", UUID.class),
                                                    row.getString("enrollment_id"),
                                                    row.getInt("code_generation")),
                                            Channel.of(row.getString("channel")).orElseThrow(),
                                            new PhoneNumber(to),
                                            Locale.forLanguageTag(row.getString("language")));
                                } catch (java.sql.SQLException broken) {
                                    throw new IllegalStateException(broken);
                                }
                            });
                })
                .optional()
                .flatMap(found -> found);
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
                   AND replaces IS NULL AND replaced_by IS NULL
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
