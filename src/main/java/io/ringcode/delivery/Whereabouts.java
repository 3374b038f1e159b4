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

/** Where the newest message of a sign-in is, for the person who waits for it. */
@Component
public class Whereabouts {
    /** Longer than any code lives. */
    private static final Duration RECENT = Duration.ofMinutes(15);

    /** As a person would put it. */
    public enum State {
        /** Not with a carrier yet. */
        SENDING,
        /** A carrier has it. */
        SENT,
        DELIVERED,
        /** It will not arrive. */
        FAILED
    }

    private final JdbcClient db;
    private final Clock clock;

    Whereabouts(JdbcClient db, Clock clock) {
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
                .query((row, _) -> switch (row.getString("state")) {
                    case "queued", "sending" -> State.SENDING;
                    case "accepted" -> State.SENT;
                    case "delivered" -> State.DELIVERED;
                    default -> State.FAILED;
                })
                .optional();
    }
}
