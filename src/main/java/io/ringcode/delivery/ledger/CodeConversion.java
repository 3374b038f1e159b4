package io.ringcode.delivery.ledger;

import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Conversion: keeps with a message when its code was typed, for longer than the challenge itself is kept. */
@Component
public class CodeConversion {
    private final JdbcClient db;

    CodeConversion(JdbcClient db) {
        this.db = db;
    }

    /** Runs in its caller's transaction, over the messages made since then. */
    public void keep(TenantId tenant, Instant since) {
        db.sql("""
                UPDATE message SET verified_at = c.spent_at
                  FROM typed_code AS c
                 WHERE message.tenant_id = :tenant AND message.id >= :since AND message.verified_at IS NULL
                   AND c.tenant_id = :tenant AND c.transaction_id = message.transaction_id
                   AND c.enrollment_id = message.enrollment_id AND c.spent_at >= message.created_at
                """)
                .param("tenant", tenant.value())
                .param("since", TimedId.floor(since))
                .update();
    }
}
