package io.ringcode.delivery;

import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Delivery progress of a sign-in's newest message, for the person who waits for it. */
@Component
public class DeliveryProgress {
    /** Longer than any code lives. */
    private static final Duration RECENT = Duration.ofMinutes(15);

    /** The progress as the page words it. */
    public enum State {
        /** No carrier has the message yet. */
        SENDING,
        /** A carrier has the message. */
        SENT,
        DELIVERED,
        /** The message will not arrive. */
        FAILED
    }

    private final JdbcClient db;
    private final Clock clock;

    DeliveryProgress(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** @param login the transaction that its code is bound to */
    public Optional<State> ofNewest(TenantId tenant, UserId user, UUID login) {
        return db.sql("""
                SELECT state FROM message
                 WHERE tenant_id = :tenant AND user_id = :user AND id >= :recent AND transaction_id = :login
                 ORDER BY id DESC LIMIT 1
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("recent", TimedId.floor(clock.instant().minus(RECENT)))
                .param("login", login)
                .query((row, _) -> switch (MessageState.of(row.getString("state"))) {
                    case QUEUED, SENDING -> State.SENDING;
                    case ACCEPTED -> State.SENT;
                    case DELIVERED -> State.DELIVERED;
                    case UNDELIVERED, FAILED, EXPIRED, NOT_NEEDED -> State.FAILED;
                })
                .optional();
    }
}
