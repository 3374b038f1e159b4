package io.ringcode.authorization;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Proofs that whoever asks holds a key, to which the tokens are then bound (RFC 9449 section 4.3). */
@Component
class DpopProofs {
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256, JWSAlgorithm.PS256);

    private static final String HEADER = "DPoP";
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int LONGEST_ID = 256;
    private static final int LEAST_RSA_BITS = 2048;

    private final Issuers issuers;
    private final Callers callers;
    private final SeenProofs seen;
    private final Clock clock;

    DpopProofs(Issuers issuers, Callers callers, SeenProofs seen, Clock clock) {
        this.issuers = issuers;
        this.callers = callers;
        this.seen = seen;
        this.clock = clock;
    }

    /**
     * @param accessToken the token that is shown beside the proof; null where one is asked for
     * @return the thumbprint of the key (RFC 7638); null where the request has no proof
     * @throws OAuthRefused when the proof does not hold
     */
    @Nullable
    String thumbprint(HttpServletRequest request, @Nullable String accessToken) {
        var proofs = Collections.list(request.getHeaders(HEADER));
        if (proofs.isEmpty()) return null;
        if (proofs.size() > 1) throw new OAuthRefused(OAuthError.INVALID_DPOP_PROOF);
        try {
            var jwt = SignedJWT.parse(proofs.getFirst());
            var key = key(jwt.getHeader());
            var claims = jwt.getJWTClaimsSet();
            if (!jwt.verify(verifier(key)) || !isFor(claims, request) || !isOf(claims, accessToken))
                throw new OAuthRefused(OAuthError.INVALID_DPOP_PROOF);
            var thumbprint = key.computeThumbprint().toString();
            var until = clock.instant().plus(LIFE).plus(SKEW);
            if (!seen.first(tenant(request), thumbprint, claims.getJWTID(), until))
                throw new OAuthRefused(OAuthError.INVALID_DPOP_PROOF);
            return thumbprint;
        } catch (ParseException | JOSEException unreadable) {
            throw new OAuthRefused(OAuthError.INVALID_DPOP_PROOF);
        }
    }

    private TenantId tenant(HttpServletRequest request) {
        return callers.tenant(request);
    }

    private static JWK key(JWSHeader header) {
        var key = header.getJWK();
        var type = header.getType();
        if (key == null
                || key.isPrivate()
                || type == null
                || !type.getType().equals("dpop+jwt")
                || !ALGORITHMS.contains(header.getAlgorithm())) throw new OAuthRefused(OAuthError.INVALID_DPOP_PROOF);
        return key;
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case ECKey curve -> new ECDSAVerifier(curve);
            case RSAKey rsa when rsa.size() >= LEAST_RSA_BITS -> new RSASSAVerifier(rsa);
            default -> throw new OAuthRefused(OAuthError.INVALID_DPOP_PROOF);
        };
    }

    private boolean isFor(JWTClaimsSet claims, HttpServletRequest request) throws ParseException {
        var address = issuers.of(request) + request.getRequestURI().substring(1);
        var issued = claims.getIssueTime();
        var id = claims.getJWTID();
        Instant now = clock.instant();
        return request.getMethod().equals(claims.getStringClaim("htm"))
                && address.equals(claims.getStringClaim("htu"))
                && id != null
                && id.length() <= LONGEST_ID
                && issued != null
                && now.isBefore(issued.toInstant().plus(LIFE))
                && issued.toInstant().isBefore(now.plus(SKEW));
    }

    private static boolean isOf(JWTClaimsSet claims, @Nullable String accessToken) throws ParseException {
        if (accessToken == null) return true;
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(US_ASCII));
            return Base64URL.encode(hash).toString().equals(claims.getStringClaim("ath"));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }
}
