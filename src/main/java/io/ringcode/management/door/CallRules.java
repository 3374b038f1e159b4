package io.ringcode.management.door;

import io.ringcode.authorization.CallBuckets.Standing;
import io.ringcode.client.Caller;
import io.ringcode.management.RequiredScopes;
import io.ringcode.management.json.ManagementRefused;
import java.util.List;
import org.springframework.stereotype.Component;

/** The rules that every call of the Management API passes, whether it comes as a request or from a page of this server. */
@Component
public class CallRules {
    private final CallRate rate;

    CallRules(CallRate rate) {
        this.rate = rate;
    }

    /**
     * @param scopes any one of which is enough
     * @return how often the tenant may call after this
     * @throws ManagementRefused when the caller holds none of them, or calls too often
     */
    public Standing admit(Caller caller, List<String> scopes) {
        RequiredScopes.check(scopes, caller.scopes());
        return rate.take(caller.tenant());
    }
}
