package io.ringcode.myaccount;

import io.ringcode.challenge.OobCode;
import io.ringcode.challenge.WebAuthnCeremony;
import io.ringcode.factor.FactorKind;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Seals and reads {@code auth_session}s: what a method that waits to be confirmed was begun with. */
@Component
class AuthSessions {
    /**
     * One that is under way.
     *
     * @param login what its codes are bound to
     * @param shown the id by which its address names it
     * @param method the authenticator that it will be
     * @param kind null for a passkey, whose kind the browser tells
     * @param oobCode of a phone
     * @param challenge of a key or device, as the two after it
     * @param relyingParty the domain that the browser was told
     * @param userVerification that it was asked for
     */
    record AuthSession(
            String user,
            String client,
            UUID login,
            String shown,
            String method,
            @Nullable FactorKind kind,
            @Nullable String oobCode,
            @Nullable String challenge,
            @Nullable String relyingParty,
            @Nullable String userVerification,
            Instant expires) {
        AuthSession with(OobCode sent) {
            return new AuthSession(user, client, login, shown, method, kind, sent.value(), null, null, null, expires);
        }

        AuthSession with(WebAuthnCeremony told) {
            return new AuthSession(
                    user,
                    client,
                    login,
                    shown,
                    method,
                    kind,
                    null,
                    told.challenge(),
                    told.relyingParty(),
                    told.userVerification(),
                    expires);
        }

        @Override
        public String toString() {
            return "AuthSession[" + shown + "]";
        }
    }

    private final Sealer sealer;
    private final ObjectMapper json;
    private final Clock clock;

    AuthSessions(Keyring keys, ObjectMapper json, Clock clock) {
        this.sealer = keys.sealer("my-account-auth-session");
        this.json = json;
        this.clock = clock;
    }

    String seal(AccountCaller owner, AuthSession session) {
        return sealer.sealToken(json.writeValueAsString(session), owner.tenant().value());
    }

    /** @return empty where it is over, somebody else's, or of another method */
    Optional<AuthSession> open(AccountCaller owner, String sealed, String shown) {
        return sealer.openToken(sealed, owner.tenant().value())
                .map(text -> json.readValue(text, AuthSession.class))
                .filter(session -> session.user().equals(owner.id().value()))
                .filter(session ->
                        session.client().equals(owner.caller().client().id().value()))
                .filter(session -> session.shown().equals(shown))
                .filter(session -> clock.instant().isBefore(session.expires()));
    }
}
