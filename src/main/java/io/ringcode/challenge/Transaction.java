package io.ringcode.challenge;

import io.ringcode.client.Caller;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.util.UUID;

/** One login, or one enrolment by a signed-in user: what a code is bound to. */
public record Transaction(UUID id, Caller caller, UserId user) {
    public TenantId tenant() {
        return caller.tenant();
    }
}
