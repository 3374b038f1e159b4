package io.ringcode.login.step;

import io.ringcode.client.Apis;
import io.ringcode.factor.Amr;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.Factors;
import io.ringcode.factor.UsableFactors;
import io.ringcode.factor.UsableFactors.Due;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.phone.Channel;
import io.ringcode.session.LoginRequest;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Whether a sign-in on the pages needs a second factor; what counts as one is {@link UsableFactors}' to say. */
@Component
public class FactorPolicy {
    private final Authenticators authenticators;

    FactorPolicy(Authenticators authenticators) {
        this.authenticators = authenticators;
    }

    Factors factors(TenantId tenant) {
        return authenticators.settings(tenant);
    }

    /** What the user of a sign-in has, and what of it counts. */
    UsableFactors of(PageRequest turn) {
        return of(turn.tenant(), turn.user());
    }

    public UsableFactors of(TenantId tenant, UserId user) {
        return authenticators.of(tenant, user);
    }

    /** Whether what was proved is too little for what is wished. */
    public boolean demands(TenantId tenant, UserId user, Amr amr, LoginRequest loginRequest) {
        if (amr.multiFactor()) return false;
        if (insists(loginRequest)) return true;
        if (!factors(tenant).always() || amr.pastSecondFactor()) return false;
        return !(of(tenant, user).due() instanceof Due.NothingOffered);
    }

    /** Whether a second factor is asked whatever the tenant's policy and whichever browser is remembered. */
    static boolean insists(LoginRequest loginRequest) {
        return switch (loginRequest.kind()) {
            case SIGN_IN, SIGN_UP -> loginRequest.multiFactor() || Objects.equals(loginRequest.audience(), Apis.MFA);
            case CONSOLE, SECOND_FACTOR, TICKET -> true;
        };
    }

    /** What a user of this tenant can bind, as the pages list it: SMS and calls apart where only one of them is on. */
    List<Factor> offered(TenantId tenant) {
        var factors = factors(tenant);
        var offered = new ArrayList<Factor>();
        if (factors.isOn(FactorKind.PHONE)) {
            var channels = factors.channels(Channel.SMS);
            offered.add(channels.size() > 1 ? Factor.PHONE : listed(channels.getFirst()));
        }
        if (factors.isOn(FactorKind.APP)) offered.add(Factor.OTP);
        return offered;
    }

    static Factor listed(Channel channel) {
        return switch (channel) {
            case SMS -> Factor.SMS;
            case VOICE -> Factor.VOICE;
        };
    }
}
