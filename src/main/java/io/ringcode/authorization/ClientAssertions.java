package io.ringcode.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.ClientKey;
import io.ringcode.client.ClientKeys;
import io.ringcode.client.Clients;
import io.ringcode.tenant.TenantId;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Clients that prove themselves by a signed assertion: {@code private_key_jwt} (RFC 7523 section 3). */
@Component
public class ClientAssertions {
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Clocks differ; and an assertion that lives for longer than this is not made for one request. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Clients clients;
    private final ClientKeys keys;
    private final SeenProofs seen;
    private final Clock clock;

    ClientAssertions(Clients clients, ClientKeys keys, SeenProofs seen, Clock clock) {
        this.clients = clients;
        this.keys = keys;
        this.seen = seen;
        this.clock = clock;
    }

    /** @return the client that signed it, for this issuer, just now and for the first time */
    Optional<Client> client(TenantId tenant, String issuer, String assertion) {
        try {
            var jwt = SignedJWT.parse(assertion);
            var claims = jwt.getJWTClaimsSet();
            var subject = claims.getSubject();
            if (subject == null || !subject.equals(claims.getIssuer()) || !isFor(claims, issuer))
                return Optional.empty();
            var client = clients.signing(tenant, new ClientId(subject));
            if (client.isEmpty() || !isSignedBy(client.get(), jwt)) return Optional.empty();
            var expires = claims.getExpirationTime().toInstant().plus(SKEW);
            var id = Objects.requireNonNullElse(
                    claims.getJWTID(), jwt.getSignature().toString());
            return seen.first(tenant, subject, id, expires) ? client : Optional.empty();
        } catch (ParseException | JOSEException notOurs) {
            return Optional.empty();
        }
    }

    /**
     * A request that a client has signed (RFC 9101), for this issuer, just now and for the first time.
     *
     * @return its claims; empty when it is not one
     */
    public Optional<JWTClaimsSet> request(Client client, String issuer, String request) {
        try {
            var jwt = SignedJWT.parse(request);
            var claims = jwt.getJWTClaimsSet();
            var id = client.id().value();
            if (!id.equals(claims.getIssuer()) || !isFor(claims, issuer) || !isSignedBy(client, jwt))
                return Optional.empty();
            var expires = claims.getExpirationTime().toInstant().plus(SKEW);
            var once = Objects.requireNonNullElse(
                    claims.getJWTID(), jwt.getSignature().toString());
            return seen.first(client.tenant(), id + " request", once, expires) ? Optional.of(claims) : Optional.empty();
        } catch (ParseException | JOSEException notTheirs) {
            return Optional.empty();
        }
    }

    private boolean isFor(JWTClaimsSet claims, String issuer) {
        var now = clock.instant();
        var expires = claims.getExpirationTime();
        var from = claims.getNotBeforeTime();
        return (claims.getAudience().contains(issuer) || claims.getAudience().contains(issuer + "oauth/token"))
                && expires != null
                && now.isBefore(expires.toInstant().plus(SKEW))
                && expires.toInstant().isBefore(now.plus(LONGEST))
                && (from == null || !now.isBefore(from.toInstant().minus(SKEW)));
    }

    private boolean isSignedBy(Client client, SignedJWT jwt) throws JOSEException {
        var header = jwt.getHeader();
        for (var key : keys.list(client.tenant(), client.id())) {
            if (!isUsable(key) || !key.alg().equals(header.getAlgorithm().getName())) continue;
            if (header.getKeyID() != null && !header.getKeyID().equals(key.kid())) continue;
            if (jwt.verify(new RSASSAVerifier(key.jwk().toRSAKey()))) return true;
        }
        return false;
    }

    private boolean isUsable(ClientKey key) {
        Instant expires = key.expiresAt();
        return key.active() && (expires == null || clock.instant().isBefore(expires));
    }
}
