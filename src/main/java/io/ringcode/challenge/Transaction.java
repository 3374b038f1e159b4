package io.ringcode.challenge;

import io.ringcode.client.Caller;
import io.ringcode.factor.RequiredStrength;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Grounds;
import io.ringcode.user.UserId;
import java.util.UUID;

/**
 * One login, or one enrolment by a signed-in user: what a code is bound to.
 *
 * @param grounds what it stands on, to be judged again where it binds something
 * @param sufficient what was decided for this login that is enough, beside the tenant's plan
 */
public record Transaction(
        UUID id,
        Caller caller,
        UserId user,
        Grounds grounds,
        Standing standing,
        Door door,
        RequiredStrength sufficient) {

    /** Where the person is asked for the code. */
    public enum Door {
        API,
        PAGES,
        /** In the owner's own account, where a recovery code is a method by itself and comes with no other. */
        ACCOUNT
    }

    /** What has been proved before, and so what may be bound. */
    public enum Standing {
        /** The first factor alone: it binds a first authenticator, and none beside another. */
        FIRST_FACTOR,
        /** All factors, or an administrator's word in their place: it binds any. */
        ALL_FACTORS
    }

    public TenantId tenant() {
        return caller.tenant();
    }
}
