package io.ringcode.challenge;

import io.ringcode.delivery.CodeRef;
import io.ringcode.delivery.CodeStatus;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Tells the outbox whether the challenge of a message is still open. */
@Component
class ChallengeStatus implements CodeStatus {
    private final ChallengeTable table;
    private final Clock clock;

    ChallengeStatus(ChallengeTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    @Override
    public boolean isLive(TenantId tenant, CodeRef code) {
        return table.isLive(tenant, code, clock.instant());
    }
}
