package io.ringcode.login.authorize;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.authorization.ClientAssertions;
import io.ringcode.client.Client;
import io.ringcode.client.TrustedIssuers;
import io.ringcode.client.TrustedIssuers.TrustedIssuer;
import io.ringcode.network.GuardedHttp;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads foreign identities: the application's own statement, in a request that it signed, or a trusted issuer's, in an
 * {@code id_token_hint}. Microsoft Entra's external authentication methods are the latter.
 */
@Component
class ForeignIdentities {
    private static final Logger log = LoggerFactory.getLogger(ForeignIdentities.class);

    /** A hint may have expired, as Entra's have on purpose; it must have been made for this request all the same. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final GuardedHttp.Limits KEYS = new GuardedHttp.Limits(Duration.ofSeconds(3), 256 * 1024);

    private final ClientAssertions assertions;
    private final Tenants tenants;
    private final Users users;
    private final GuardedHttp http;
    private final Clock clock;
    private final LoadingCache<URI, JWKSource<SecurityContext>> fetched =
            Caffeine.newBuilder().maximumSize(1_000).build(this::source);

    ForeignIdentities(ClientAssertions assertions, Tenants tenants, Users users, GuardedHttp http, Clock clock) {
        this.assertions = assertions;
        this.tenants = tenants;
        this.users = users;
        this.http = http;
        this.clock = clock;
    }

    /** @return the claims of the request that the client signed: what it asks, and by {@code sub} of whom */
    JWTClaimsSet request(Client client, String issuer, String request) {
        return assertions
                .request(client, issuer, request)
                .orElseThrow(() -> new RequestRefused(
                        "invalid_request_object", "The request's signature is invalid or has expired."));
    }

    /** @return the user that a signed request names; empty where it names none */
    Optional<ForeignIdentity> named(Client client, JWTClaimsSet request) {
        var subject = request.getSubject();
        if (subject == null || subject.equals(client.id().value())) return Optional.empty();
        return Optional.of(users.find(client.tenant(), new UserId(subject))
                .filter(user -> !user.blocked())
                .map(user -> new ForeignIdentity(user, null))
                .orElseThrow(
                        () -> new RequestRefused("access_denied", "There is no such user, or the user is blocked.")));
    }

    /** @return the user of a trusted issuer's hint, known here from the first time on; empty where nobody trusted made it */
    Optional<ForeignIdentity> hinted(Client client, String hint) {
        try {
            var jwt = SignedJWT.parse(hint);
            var claims = jwt.getJWTClaimsSet();
            var trusted = tenants
                    .settings(client.tenant())
                    .get(TrustedIssuers.NAME, TrustedIssuers.class, TrustedIssuers.NONE)
                    .issuers()
                    .stream()
                    .filter(one -> one.issuer().equals(claims.getIssuer())
                            && one.clientId().equals(client.id().value()))
                    .findFirst();
            if (trusted.isEmpty()) return Optional.empty();
            if (!isGood(trusted.get(), jwt, claims))
                throw new RequestRefused("invalid_request", "The id_token_hint is not valid for its issuer.");
            return Optional.of(vouched(client, trusted.get(), claims));
        } catch (ParseException unreadable) {
            throw new RequestRefused("invalid_request", "The id_token_hint is malformed.");
        } catch (KeySourceException silent) {
            log.warn("The keys of a trusted issuer cannot be had: {}", silent.getMessage());
            throw new RequestRefused("temporarily_unavailable", "The issuer's keys cannot be fetched right now.");
        } catch (JOSEException unfit) {
            throw new RequestRefused("invalid_request", "The id_token_hint is not valid for its issuer.");
        }
    }

    private ForeignIdentity vouched(Client client, TrustedIssuer trusted, JWTClaimsSet claims) throws ParseException {
        var subject = claims.getSubject();
        if (subject == null) throw new RequestRefused("invalid_request", "The id_token_hint has no sub.");
        // Entra's sub differs by application, its oid does not.
        var object = claims.getStringClaim("oid");
        var name = claims.getStringClaim("name") == null
                ? claims.getStringClaim("preferred_username")
                : claims.getStringClaim("name");
        var user = users.ensureForeign(
                client.tenant(), trusted.name(), object == null ? subject : object, name, clock.instant());
        if (user.blocked()) throw new RequestRefused("access_denied", "The user is blocked.");
        return new ForeignIdentity(user, subject);
    }

    private boolean isGood(TrustedIssuer trusted, SignedJWT jwt, JWTClaimsSet claims)
            throws JOSEException, ParseException {
        if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) return false;
        if (!claims.getAudience().contains(trusted.audience())) return false;
        var now = clock.instant();
        var made = claims.getIssueTime() == null ? null : claims.getIssueTime().toInstant();
        if (made == null || made.isAfter(now.plus(SKEW)) || made.isBefore(now.minus(FRESH))) return false;
        for (var key : keys(trusted, jwt.getHeader().getKeyID()))
            if (jwt.verify(new RSASSAVerifier(key.toRSAKey()))) return true;
        return false;
    }

    private List<JWK> keys(TrustedIssuer trusted, @Nullable String kid) throws KeySourceException, ParseException {
        var matcher = new JWKMatcher.Builder().keyType(KeyType.RSA);
        if (kid != null) matcher.keyID(kid);
        var selector = new JWKSelector(matcher.build());
        var address = trusted.jwksUri();
        if (address != null) return fetched.get(address).get(selector, null);
        return trusted.jwks() == null
                ? List.of()
                : selector.select(JWKSet.parse(trusted.jwks().toString()));
    }

    /** Kept for minutes, fetched anew for a key that is not known, and not more often than twice in half a minute. */
    private JWKSource<SecurityContext> source(URI address) {
        try {
            return JWKSourceBuilder.create(address.toURL(), this::retrieve)
                    .retrying(true)
                    .build();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("A checked address is none", impossible);
        }
    }

    private Resource retrieve(URL address) throws IOException {
        var answer = http.get(URI.create(address.toString()), KEYS);
        if (answer.status() != 200) throw new IOException("It answered " + answer.status());
        return new Resource(new String(answer.body(), UTF_8), null);
    }
}
