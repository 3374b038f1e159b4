package io.ringcode.authorization;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringcode.user.User;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The answer of the token endpoint, made once everything is decided and stored. */
@Component
class Tokens {
    /** @param expiresIn seconds */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            String accessToken,
            @Nullable String idToken,
            @Nullable String refreshToken,
            @Nullable String scope,
            long expiresIn,
            String tokenType,
            @Nullable String recoveryCode) {}

    /**
     * A session that has been granted.
     *
     * @param nonce what the application wants to find in its id_token; null for nothing
     * @param recoveryCode the next recovery code, where this sign-in burnt one
     */
    record Granted(
            Session session,
            User user,
            @Nullable String refreshToken,
            @Nullable String nonce,
            @Nullable String recoveryCode) {
        Granted(Session session, User user, @Nullable String refreshToken, @Nullable String recoveryCode) {
            this(session, user, refreshToken, null, recoveryCode);
        }
    }

    private final AccessTokens accessTokens;

    Tokens(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    static String type(@Nullable String key) {
        return key == null ? "Bearer" : "DPoP";
    }

    Answer answer(Granted granted, String issuer, GrantType grant) {
        var session = granted.session();
        var gty = switch (grant) {
            case REFRESH_TOKEN, AUTHORIZATION_CODE -> grant.wire();
            default -> "password";
        };
        return new Answer(
                accessTokens.accessToken(session, issuer, gty),
                session.scopes().contains("openid")
                        ? accessTokens.idToken(
                                session, granted.user(), issuer, AccessTokens.Wanted.nonce(granted.nonce()))
                        : null,
                granted.refreshToken(),
                session.scopes().isEmpty() ? null : String.join(" ", new TreeSet<>(session.scopes())),
                accessTokens.life(session).toSeconds(),
                type(session.key()),
                granted.recoveryCode());
    }
}
