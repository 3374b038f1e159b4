package io.ringcode.login.step;

import io.ringcode.action.FactorCommand;
import io.ringcode.client.Apis;
import io.ringcode.delivery.Deliveries;
import io.ringcode.factor.Amr;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.Demand;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.Factors;
import io.ringcode.factor.Freshness;
import io.ringcode.factor.PasskeyPolicy;
import io.ringcode.factor.RequiredStrength;
import io.ringcode.factor.UsableFactors;
import io.ringcode.factor.UsableFactors.Due;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.phone.Channel;
import io.ringcode.session.BrowserSession;
import io.ringcode.session.Login;
import io.ringcode.session.LoginRequest;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a sign-in on the pages needs a second factor; what counts as one is {@link UsableFactors}' to say. */
@Component
public class FactorPolicy {
    private final Authenticators authenticators;
    private final Deliveries deliveries;
    private final Tenants tenants;
    private final Clock clock;

    FactorPolicy(Authenticators authenticators, Deliveries deliveries, Tenants tenants, Clock clock) {
        this.authenticators = authenticators;
        this.deliveries = deliveries;
        this.tenants = tenants;
        this.clock = clock;
    }

    Factors factors(TenantId tenant) {
        return authenticators.settings(tenant);
    }

    /** What the user of a sign-in has, and what of it counts. */
    UsableFactors of(PageRequest page) {
        return of(page.tenant(), page.user()).under(sufficient(page));
    }

    /** What was decided that this sign-in is asked for; nothing while that is open. */
    static Demand demand(Login login) {
        var decision = login.decision();
        return decision == null || decision.demand() == null ? Demand.NOTHING : decision.demand();
    }

    /** The factor that an action has asked for by name, and that is due now; null for none. */
    static @Nullable FactorCommand due(Login login) {
        var decision = login.decision();
        return decision == null || decision.actions().due().isEmpty()
                ? null
                : decision.actions().due().getFirst();
    }

    private static boolean isAsked(PageRequest page, FactorCommand.Kind what, FactorKind kind) {
        var command = due(page.login());
        return command == null || command.kind() != what || command.kinds().contains(kind);
    }

    /** Whether an action has something bound: then a second one of the same kind will not do. */
    private static boolean isToEnroll(PageRequest page) {
        var command = due(page.login());
        return command != null && command.kind() == FactorCommand.Kind.ENROLL;
    }

    /** How much is enough for what is asked: by the tenant's plan, what was decided, and the application's own word. */
    private RequiredStrength sufficient(PageRequest page) {
        var asked = page.login().loginRequest();
        var planned = PasskeyPolicy.of(tenants.settings(page.tenant()))
                .sufficient(page.login().client(), clock.instant());
        if (asked.phishingResistant()) return RequiredStrength.PHISHING_RESISTANT;
        return planned.or(demand(page.login()).sufficient());
    }

    /** Whether the application takes nothing but a passkey, and none was proved. The tenant's plan waits for who has one. */
    boolean lacksPasskey(PageRequest page) {
        return page.login().loginRequest().phishingResistant()
                && !page.login().amr().phishingResistant();
    }

    /** Whether it is too little that a key is there, without a word of its owner. */
    boolean wantsVerification(PageRequest page) {
        return sufficient(page) == RequiredStrength.PHISHING_RESISTANT;
    }

    public UsableFactors of(TenantId tenant, UserId user) {
        return authenticators.of(tenant, user);
    }

    /**
     * Whether what was proved is too little for what is wished.
     *
     * @param demand what was decided that is asked for
     */
    public boolean demands(TenantId tenant, UserId user, Amr amr, LoginRequest loginRequest, Demand demand) {
        if (loginRequest.phishingResistant() && !amr.phishingResistant()) return true;
        if (isTooLittle(tenant, user, amr, demand)) return true;
        if (amr.multiFactor()) return false;
        if (insists(loginRequest) || asksForOwnFactor(tenant, user, loginRequest)) return true;
        if (demand.none() || amr.pastSecondFactor()) return false;
        return !(of(tenant, user).due() instanceof Due.NothingOffered);
    }

    private boolean isTooLittle(TenantId tenant, UserId user, Amr amr, Demand demand) {
        return demand.level() == Demand.Level.PHISHING_RESISTANT
                && !amr.phishingResistant()
                // Who has none, or has lost it and used the recovery code, has done what he can.
                && !(amr.multiFactor() && amr.factor() == FactorKind.RECOVERY_CODE)
                && of(tenant, user).hasWebAuthn();
    }

    /** Who manages the own methods proves one, where there is one; who has none yet may bind the first by the first factor. */
    private boolean asksForOwnFactor(TenantId tenant, UserId user, LoginRequest loginRequest) {
        return Apis.MY_ACCOUNT.equals(loginRequest.audience())
                && of(tenant, user).enrolled();
    }

    /** What a session is worth for what is wished. */
    public Worth worth(BrowserSession session, LoginRequest loginRequest) {
        var ownMethods =
                loginRequest.kind() == LoginRequest.Kind.ACCOUNT || Apis.MY_ACCOUNT.equals(loginRequest.audience());
        var mfa = Apis.MFA.equals(loginRequest.audience());
        if (!ownMethods && !mfa) return Worth.ALL;
        var having = of(session.tenant(), session.user());
        if (Freshness.holds(having, session.amr(), session.authTime(), clock.instant())) return Worth.ALL;
        if (having.enrolled()) return Worth.FIRST_FACTOR;
        // The pages have who has none bind one before there is a token for the MFA API.
        return mfa ? Worth.ALL : Worth.NOTHING;
    }

    public enum Worth {
        ALL,
        /** The second factor is not proved, or too long ago. */
        FIRST_FACTOR,
        /** The first factor was proved too long ago, and there is no second one to prove. */
        NOTHING
    }

    /** Whether a second factor is asked whatever the tenant's policy and whichever browser is remembered. */
    static boolean insists(LoginRequest loginRequest) {
        return switch (loginRequest.kind()) {
            case SIGN_IN, SIGN_UP ->
                loginRequest.multiFactor()
                        || loginRequest.phishingResistant()
                        || Objects.equals(loginRequest.audience(), Apis.MFA);
            case CONSOLE, ACCOUNT, SECOND_FACTOR, TICKET, PASSWORD_RESET -> true;
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
                case Authenticator.WebAuthn key -> ways.add(Factor.webAuthn(key.kind()));
                case Authenticator.RecoveryCode _ -> ways.add(Factor.RECOVERY_CODE);
            }
        }
        return ways.stream()
                .filter(way -> isAsked(page, FactorCommand.Kind.CHALLENGE, way.kind()))
                .toList();
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
        var only = TicketLogin.factor(page.login());
        // Whether a ticket may bind beside something else is judged where it does.
        var proved = isTicket(page) ? UsableFactors.Proved.PASSKEY : page.proved();
        return offered(page.tenant(), of(page), proved).stream()
                .filter(factor -> only == null || only.equals(factor.kind().type()))
                .filter(factor -> factor.kind() != FactorKind.WEBAUTHN_PLATFORM || !isTicket(page))
                .filter(factor -> isAsked(page, FactorCommand.Kind.ENROLL, factor.kind()))
                .filter(factor -> !isToEnroll(page) || !of(page).has(factor.kind()))
                .toList();
    }

    private static boolean isTicket(PageRequest page) {
        return page.login().loginRequest().kind() == LoginRequest.Kind.TICKET;
    }

    /** Whether the page on which something is bound leads to other things to do. */
    boolean leadsElsewhere(PageRequest page) {
        return page.login().loginRequest().kind() == LoginRequest.Kind.ACCOUNT
                ? page.login().pastSecondFactor() || offered(page).size() > 1
                : offered(page).size() > 1;
    }

    /** As the pages list it: SMS and calls apart where only one of them is on. */
    private List<Factor> offered(TenantId tenant, UsableFactors having, UsableFactors.Proved proved) {
        var offered = new ArrayList<Factor>();
        if (having.mayBind(FactorKind.PHONE, proved)) {
            var channels = reaching(tenant);
            offered.add(channels.size() > 1 ? Factor.PHONE : Factor.over(channels.getFirst()));
        }
        if (having.mayBind(FactorKind.APP, proved)) offered.add(Factor.OTP);
        for (var kind : List.of(FactorKind.WEBAUTHN_ROAMING, FactorKind.WEBAUTHN_PLATFORM))
            if (having.mayBind(kind, proved)) offered.add(Factor.webAuthn(kind));
        return offered;
    }
}
