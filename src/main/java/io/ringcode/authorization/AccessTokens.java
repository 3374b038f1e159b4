package io.ringcode.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.factor.Amr;
import io.ringcode.factor.Freshness;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.User;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Makes and reads tokens. A token for an API is a signed JWT (RS256); one that names no API is only good for
 * {@code /userinfo}, and sealed, which costs far less than a signature.
 */
@Component
public class AccessTokens {
    static final Duration ID_TOKEN_LIFE = Duration.ofHours(10);
    private static final Duration USERINFO_LIFE = Duration.ofHours(24);

    /** Longest life of a token by which users manage their own methods, and shortest of one that is given at all. */
    private static final Duration MY_ACCOUNT_LIFE = Duration.ofMinutes(10);

    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

    /** A token that was shown to us and is good. */
    public record Shown(
            String subject,
            String client,
            Set<String> audiences,
            Set<String> scopes,
            Amr amr,
            Instant issuedAt,
            @Nullable String id) {}

    /** @param key thumbprint of the key that it is bound to; null for a bearer token */
    private record Opaque(
            String subject,
            String client,
            Set<String> scopes,
            long expires,
            @Nullable String key) {}

    private final SigningKeys keys;
    private final Apis apis;
    private final Sealer sealer;
    private final ObjectMapper json;
    private final Clock clock;

    AccessTokens(SigningKeys keys, Apis apis, Keyring keyring, ObjectMapper json, Clock clock) {
        this.keys = keys;
        this.apis = apis;
        this.sealer = keyring.sealer("access-token");
        this.json = json;
        this.clock = clock;
    }

    /** How long an access token of this session lives. Its API may have been deleted since the sign-in was begun. */
    Duration life(Session session) {
        if (session.audience() == null) return USERINFO_LIFE;
        var life = apis.find(session.tenant(), session.audience())
                .orElseThrow(() -> new OAuthRefused(OAuthError.UNKNOWN_AUDIENCE))
                .tokenLifetime();
        return session.audience().equals(Apis.MY_ACCOUNT) ? whileFresh(session, life) : life;
    }

    /** What was proved is not to be used for longer than it counts. */
    private Duration whileFresh(Session session, Duration life) {
        var left = Duration.between(clock.instant(), session.authTime().plus(Freshness.LIFE));
        var shortest =
                Stream.of(life, MY_ACCOUNT_LIFE, left).min(Duration::compareTo).orElseThrow();
        return shortest.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : shortest;
    }

    /** @param grant how it was asked for, told to APIs as {@code gty} */
    String accessToken(Session session, String issuer, String grant) {
        var now = clock.instant();
        var audience = session.audience();
        if (audience == null) {
            var opaque = new Opaque(
                    session.user().value(),
                    session.client().value(),
                    session.scopes(),
                    now.plus(USERINFO_LIFE).getEpochSecond(),
                    session.key());
            return sealer.sealToken(
                    json.writeValueAsString(opaque), session.tenant().value());
        }
        var claims = claims(issuer, session.user().value(), now, life(session));
        custom(session, audience).forEach((name, value) -> claims.claim(name, json.convertValue(value, Object.class)));
        var all = claims.audience(audiences(session, audience, issuer))
                .claim("azp", session.client().value())
                .claim("scope", String.join(" ", new TreeSet<>(session.scopes())))
                .claim("gty", grant)
                .claim("auth_time", session.authTime().getEpochSecond())
                .claim("amr", session.amr().claim())
                .claim("acr", session.acr())
                .claim("cnf", confirmation(session.key()))
                .build();
        return sign(session.tenant(), all);
    }

    private static Map<String, JsonNode> custom(Session session, String audience) {
        return audience.equals(Apis.MFA) || audience.equals(Apis.MY_ACCOUNT)
                ? session.claims().withNamespace()
                : session.claims().accessToken();
    }

    /** A token for a client that acts for itself. */
    String machineToken(Caller caller, Api api, Set<String> scopes, String issuer, @Nullable String key) {
        var client = caller.client().id().value();
        var claims = claims(issuer, client + "@clients", clock.instant(), api.tokenLifetime())
                .audience(Apis.absolute(api.identifier(), issuer))
                .claim("azp", client)
                .claim("scope", scopes.isEmpty() ? null : String.join(" ", new TreeSet<>(scopes)))
                .claim("gty", "client-credentials")
                .claim("cnf", confirmation(key))
                .build();
        return sign(caller.tenant(), claims);
    }

    /**
     * What an application wants to find in its id_token.
     *
     * @param nonce as it was sent to {@code /authorize}; null for none
     * @param subject by which name the application knows the user; null for the user's id
     * @param acr the class that a factor which only its holder has satisfies, in the application's words; null for ours
     */
    public record Wanted(
            @Nullable String nonce,
            @Nullable String subject,
            @Nullable String acr) {
        static Wanted nonce(@Nullable String nonce) {
            return new Wanted(nonce, null, null);
        }
    }

    public String idToken(Session session, User user, String issuer, Wanted wanted) {
        var subject = wanted.subject() == null ? user.id().value() : wanted.subject();
        var claims = claims(issuer, subject, clock.instant(), ID_TOKEN_LIFE)
                .audience(session.client().value())
                .claim("auth_time", session.authTime().getEpochSecond())
                .claim("amr", session.amr().claim())
                .claim("acr", acr(session, wanted))
                .claim("nonce", wanted.nonce());
        UserClaims.of(user, session.scopes()).forEach(claims::claim);
        session.claims().idToken().forEach((name, value) -> claims.claim(name, json.convertValue(value, Object.class)));
        return sign(session.tenant(), claims.build());
    }

    /** A class of the application's own stands for possession, which a recovery code does not prove. */
    private static @Nullable String acr(Session session, Wanted wanted) {
        if (wanted.acr() == null) return session.acr();
        return session.amr().possession() ? wanted.acr() : null;
    }

    /** What an id_token of ours says, whether or not it has expired. */
    public record Hinted(String subject, String client) {}

    /** @return empty when this tenant did not make it for this issuer */
    public Optional<Hinted> hinted(TenantId tenant, String issuer, String idToken) {
        try {
            var jwt = SignedJWT.parse(idToken);
            var claims = jwt.getJWTClaimsSet();
            if (!isOurs(tenant, jwt)
                    || !issuer.equals(claims.getIssuer())
                    || claims.getAudience().size() != 1) return Optional.empty();
            return Optional.of(
                    new Hinted(claims.getSubject(), claims.getAudience().getFirst()));
        } catch (ParseException | JOSEException notOurs) {
            return Optional.empty();
        }
    }

    private boolean isOurs(TenantId tenant, SignedJWT jwt) throws JOSEException {
        var key = keys.published(tenant).getKeyByKeyId(jwt.getHeader().getKeyID());
        return key != null
                && JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())
                && jwt.verify(new RSASSAVerifier(key.toRSAKey()));
    }

    /** @return what a bearer token says, when this tenant made it, for this issuer, and it has not expired */
    public Optional<Shown> read(TenantId tenant, String issuer, String token) {
        return read(tenant, issuer, token, null);
    }

    /** @param key thumbprint of the key that whoever shows it has proved to hold; null for none */
    Optional<Shown> read(TenantId tenant, String issuer, String token, @Nullable String key) {
        return token.indexOf('.') >= 0 ? signed(tenant, issuer, token, key) : opaque(tenant, token, key);
    }

    private static @Nullable Map<String, Object> confirmation(@Nullable String key) {
        return key == null ? null : Map.of("jkt", key);
    }

    private Optional<Shown> opaque(TenantId tenant, String token, @Nullable String key) {
        return sealer.openToken(token, tenant.value())
                .map(text -> json.readValue(text, Opaque.class))
                .filter(opaque -> clock.instant().getEpochSecond() < opaque.expires())
                .filter(opaque -> Objects.equals(opaque.key(), key))
                .map(opaque -> new Shown(
                        opaque.subject(),
                        opaque.client(),
                        Set.of(),
                        opaque.scopes(),
                        Amr.NONE,
                        Instant.ofEpochSecond(opaque.expires()).minus(USERINFO_LIFE),
                        null));
    }

    private Optional<Shown> signed(TenantId tenant, String issuer, String token, @Nullable String held) {
        try {
            var jwt = SignedJWT.parse(token);
            if (!isOurs(tenant, jwt)) return Optional.empty();
            var claims = jwt.getJWTClaimsSet();
            var expires = claims.getExpirationTime();
            var client = claims.getStringClaim("azp");
            var issued = claims.getIssueTime();
            if (!issuer.equals(claims.getIssuer()) || expires == null || issued == null || client == null)
                return Optional.empty();
            if (!clock.instant().isBefore(expires.toInstant())) return Optional.empty();
            var bound = claims.getJSONObjectClaim("cnf");
            if (!Objects.equals(bound == null ? null : bound.get("jkt"), held)) return Optional.empty();
            var scope = claims.getStringClaim("scope");
            var amr = claims.getStringListClaim("amr");
            return Optional.of(new Shown(
                    claims.getSubject(),
                    client,
                    Set.copyOf(claims.getAudience()),
                    scope == null ? Set.of() : Set.of(scope.split(" ")),
                    amr == null ? Amr.NONE : Amr.told(amr, claims.getStringClaim("acr")),
                    issued.toInstant(),
                    claims.getJWTID()));
        } catch (ParseException | JOSEException notOurs) {
            return Optional.empty();
        }
    }

    private String sign(TenantId tenant, JWTClaimsSet claims) {
        var signing = keys.current(tenant);
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(signing.key().getKeyID())
                        .build(),
                claims);
        try {
            jwt.sign(signing.signer());
        } catch (JOSEException impossible) {
            throw new IllegalStateException("Cannot sign a token", impossible);
        }
        return jwt.serialize();
    }

    private static JWTClaimsSet.Builder claims(String issuer, String subject, Instant now, Duration life) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(TimedId.at(now).toString());
    }

    private static List<String> audiences(Session session, String audience, String issuer) {
        var absolute = Apis.absolute(audience, issuer);
        return session.scopes().contains("openid") ? List.of(absolute, issuer + "userinfo") : List.of(absolute);
    }
}
