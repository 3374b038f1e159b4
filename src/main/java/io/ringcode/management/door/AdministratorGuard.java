package io.ringcode.management.door;

import io.ringcode.administrator.Administrators;
import io.ringcode.client.Caller;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.user.UserId;
import org.springframework.stereotype.Component;

/**
 * The rule against privilege escalation: an administrator is changed only by who holds at least the same scopes, since whoever sets
 * an administrator's password or resets the second factor becomes that administrator.
 */
@Component
class AdministratorGuard {
    private final Administrators administrators;

    AdministratorGuard(Administrators administrators) {
        this.administrators = administrators;
    }

    /** @throws ManagementRefused when the user is an administrator who may do what the caller may not */
    void require(Caller caller, UserId user) {
        var needed = administrators.scopes(caller.tenant(), user);
        if (needed.isEmpty()) return;
        if (!caller.scopes().containsAll(needed.get()))
            throw ManagementRefused.forbidden(
                    "insufficient_scope",
                    "The user is an administrator: only who holds all of this administrator's scopes may change it.");
    }
}
