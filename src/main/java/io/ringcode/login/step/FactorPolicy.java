package io.ringcode.login.step;

import io.ringcode.client.Apis;
import io.ringcode.delivery.Deliveries;
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
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Whether a sign-in on the pages needs a second factor; what counts as one is {@link UsableFactors}' to say. */
@Component
public class FactorPolicy {
    private final Authenticators authenticators;
    private final Deliveries deliveries;

    FactorPolicy(Authenticators authenticators, Deliveries deliveries) {
        this.authenticators = authenticators;
        this.deliveries = deliveries;
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
                    channels(page, phone).forEach(channel -> ways.add(Factor.over(channel)));
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

    /** The same, where one kind is of no use at present. */
    boolean hasOthersThan(PageRequest page, FactorKind kind) {
        return ways(page).stream().anyMatch(way -> way.kind() != kind);
    }

    /** The phone of a user that waits for its first code. */
    Optional<Authenticator.Phone> pending(PageRequest page, Predicate<Authenticator.Phone> wanted) {
        return of(page).authenticators().stream()
                .filter(Authenticator.Phone.class::isInstance)
                .map(Authenticator.Phone.class::cast)
                .filter(wanted)
                .findFirst();
    }

    /** A phone that may prove the user now. */
    Optional<Authenticator.Phone> phone(PageRequest page, AuthenticatorId id) {
        return of(page).phones().stream().filter(phone -> phone.id().equals(id)).findFirst();
    }

    /** The channels by which a phone that is being bound may get its first code; none where they were switched off. */
    List<Channel> channels(PageRequest page, Step.EnrollPhone step) {
        var on = reaching(page.tenant());
        var only = step.channel();
        return only != null && on.contains(only) ? List.of(only) : on;
    }

    /** The channels by which a phone of the user can be reached now, its usual one first. */
    List<Channel> channels(PageRequest page, Authenticator.Phone phone) {
        return carried(of(page).channels(phone), channel -> deliveries.canSend(page.tenant(), channel, phone.number()));
    }

    /** The channels by which some phone can be reached now. */
    private List<Channel> reaching(TenantId tenant) {
        return carried(factors(tenant).inOrder(), channel -> deliveries.canSend(tenant, channel));
    }

    /** Without those that no carrier has; where none has any, it is told when a code is asked for. */
    private static List<Channel> carried(List<Channel> on, Predicate<Channel> isCarried) {
        var carried = on.stream().filter(isCarried).toList();
        return carried.isEmpty() ? on : carried;
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
            var channels = reaching(tenant);
            offered.add(channels.size() > 1 ? Factor.PHONE : Factor.over(channels.getFirst()));
        }
        if (factors.isOn(FactorKind.APP)) offered.add(Factor.OTP);
        return offered;
    }
}
