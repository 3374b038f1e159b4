package io.ringcode.management.door;

import io.ringcode.administrator.Administrators;
import io.ringcode.client.Caller;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.user.UserId;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The rule against privilege escalation: an administrator is changed only by who holds at least the same scopes, since whoever sets
 * an administrator's password or resets the second factor becomes that administrator.
 */
@Component
class AdministratorGuard {
    private static final String SCOPES = AdministratorGuard.class.getName() + ".scopes";

    private final Administrators administrators;

    AdministratorGuard(Administrators administrators) {
        this.administrators = administrators;
    }

    /** Remembers with which scopes the present request came in. */
    static void admitted(Set<String> scopes) {
        RequestContextHolder.currentRequestAttributes().setAttribute(SCOPES, scopes, RequestAttributes.SCOPE_REQUEST);
    }

    /** @throws ManagementRefused when the user is an administrator who may do what the caller may not */
    void require(Caller caller, UserId user) {
        var needed = administrators.scopes(caller.tenant(), user);
        if (needed.isEmpty()) return;
        var held =
                RequestContextHolder.currentRequestAttributes().getAttribute(SCOPES, RequestAttributes.SCOPE_REQUEST);
        if (!(held instanceof Set<?> scopes) || !scopes.containsAll(needed.get()))
            throw ManagementRefused.forbidden(
                    "insufficient_scope",
                    "The user is an administrator: only who holds all of this administrator's scopes may change it.");
    }
}
