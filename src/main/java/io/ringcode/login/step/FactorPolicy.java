package io.ringcode.login.step;

import io.ringcode.client.Apis;
import io.ringcode.factor.Amr;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorId;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    UsableFactors of(PageRequest page) {
        return of(page.tenant(), page.user());
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

    /** The ways to prove the user now, as the pages list them. */
    List<Factor> ways(PageRequest page) {
        var having = of(page);
        var ways = new LinkedHashSet<Factor>();
        for (var one : having.usable()) {
            switch (one) {
                case Authenticator.Phone phone ->
                    having.channels(phone).forEach(channel -> ways.add(Factor.over(channel)));
                case Authenticator.App _ -> ways.add(Factor.OTP);
                case Authenticator.RecoveryCode _ -> ways.add(Factor.RECOVERY_CODE);
            }
        }
        return List.copyOf(ways);
    }

    /** Whether there is another way to prove the user than the one that is due. */
    boolean hasOthers(PageRequest page) {
        return ways(page).size() > 1;
    }

    /** A phone that may prove the user now. */
    Optional<Authenticator.Phone> phone(PageRequest page, AuthenticatorId id) {
        return of(page).phones().stream().filter(phone -> phone.id().equals(id)).findFirst();
    }

    /** The channels by which a phone that is being bound may get its first code; none where they were switched off. */
    List<Channel> channels(PageRequest page, Step.EnrollPhone step) {
        var on = factors(page.tenant()).inOrder();
        var only = step.channel();
        return only != null && on.contains(only) ? List.of(only) : on;
    }

    /** What can be bound in a sign-in: what the tenant offers, and the ticket allows, where there is one. */
    List<Factor> offered(PageRequest page) {
        var offered = offered(page.tenant());
        var only = TicketLogin.factor(page.login());
        if (only == null) return offered;
        return offered.stream()
                .filter(factor -> only.equals("otp") == factor.equals(Factor.OTP))
                .toList();
    }

    /** As the pages list it: SMS and calls apart where only one of them is on. */
    private List<Factor> offered(TenantId tenant) {
        var factors = factors(tenant);
        var offered = new ArrayList<Factor>();
        if (factors.isOn(FactorKind.PHONE)) {
            var channels = factors.inOrder();
            offered.add(channels.size() > 1 ? Factor.PHONE : Factor.over(channels.getFirst()));
        }
        if (factors.isOn(FactorKind.APP)) offered.add(Factor.OTP);
        return offered;
    }
}
