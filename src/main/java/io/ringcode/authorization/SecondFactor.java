package io.ringcode.authorization;

import io.ringcode.client.Apis;
import io.ringcode.client.ClientId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.Freshness;
import io.ringcode.factor.UsableFactors.Due;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a sign-in at the token endpoint needs a second factor, and which are open to the user. */
@Component
class SecondFactor {
    private final Authenticators authenticators;

    SecondFactor(Authenticators authenticators) {
        this.authenticators = authenticators;
    }

    /** What the first factor alone earns. */
    sealed interface Demand {
        /** All that was asked for. */
        record Nothing() implements Demand {}

        /** Access to the MFA API, to bind the first authenticator, and nothing beside it. */
        record OnlyBinding() implements Demand {}

        /**
         * Nothing yet. What an application is told beside {@code mfa_required}:
         *
         * @param kind {@code challenge} for a user who has a factor, {@code enroll} for one who has none
         */
        record Factor(String kind, List<String> types) implements Demand {
            static Factor of(String kind, Collection<FactorKind> kinds) {
                return new Factor(kind, kinds.stream().map(FactorKind::type).toList());
            }

            Map<String, Object> members(String mfaToken) {
                var list = types.stream().map(type -> Map.of("type", type)).toList();
                return Map.of("mfa_token", mfaToken, "mfa_requirements", Map.of(kind, list));
            }
        }

        /** Nothing at all: what the user has enrolled is switched off. */
        record SwitchedOff() implements Demand {}
    }

    /**
     * Whether what was proved is young enough for the API that a session is for, and of that user. A refresh token that was issued for the
     * MFA API is good for it as long as it lives; one of another sign-in, which nobody expects to change factors, as for the My Account API.
     *
     * @param issued what the refresh token was issued for
     */
    Freshly freshness(Session session, Session issued, Instant now) {
        var audience = session.audience();
        if (!Apis.MY_ACCOUNT.equals(audience)
                && (!Apis.MFA.equals(audience) || Objects.equals(audience, issued.audience()))) return Freshly.ENOUGH;
        var having = authenticators.of(session.tenant(), session.user());
        if (Freshness.holds(having, session.amr(), session.authTime(), now)) return Freshly.ENOUGH;
        return having.enrolled() ? Freshly.FACTOR_DUE : Freshly.SIGN_IN_DUE;
    }

    /** What has to be proved anew. */
    enum Freshly {
        ENOUGH,
        FACTOR_DUE,
        /** The user has no factor: only the first can be proved, and that not here. */
        SIGN_IN_DUE
    }

    /** @param decided what the tenant's rules and actions ask for */
    Demand demanded(
            TenantId tenant,
            UserId user,
            ClientId client,
            @Nullable String audience,
            io.ringcode.factor.Demand decided) {
        var always = !decided.none();
        // Where users manage their own factors, who has one proves it, whatever the policy.
        var forOwnFactors = Apis.MFA.equals(audience) || Apis.MY_ACCOUNT.equals(audience);
        if (!always && !forOwnFactors) return new Demand.Nothing();
        var having = authenticators.of(tenant, user, client).under(decided.sufficient());
        return switch (having.due()) {
            case Due.Prove _ -> Demand.Factor.of("challenge", having.kinds());
            case Due.SwitchedOff() -> new Demand.SwitchedOff();
            case Due.Enroll(var offered) when !forOwnFactors -> Demand.Factor.of("enroll", offered);
            // A user without a factor is let to those APIs, to bind the first one.
            case Due.Enroll _ when always -> new Demand.OnlyBinding();
            case Due.Enroll _, Due.NothingOffered _ -> new Demand.Nothing();
        };
    }
}
