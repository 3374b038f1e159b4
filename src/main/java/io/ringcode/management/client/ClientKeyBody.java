package io.ringcode.management.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.X509CertUtils;
import io.ringcode.client.ClientKey;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.secret.RandomText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A client's new public key.
 *
 * @param pem a bare key or a certificate
 * @param alg RS256 where it is not given
 * @param parseExpiryFromCert whether the key expires when the certificate does, whatever {@code expiresAt} says
 */
public record ClientKeyBody(
        @OneOf("public_key") String credentialType,
        @Nullable @NullAllowed @Length(min = 1, max = 128) String name,
        @Length(min = 1, max = 20_000) String pem,
        @Nullable @OneOf({"RS256", "RS384", "PS256"}) String alg,
        @Nullable Boolean parseExpiryFromCert,
        @Nullable @NullAllowed @Length(min = 1, max = 64) String expiresAt)
        implements JsonBody {
    private static final int LEAST_BITS = 2048;

    /**
     * @param active whether the client may prove itself by it from now on
     * @throws InvalidBody when the PEM holds no such key
     */
    ClientKey key(RandomText random, boolean active, Instant now) {
        var key = read(pem);
        return new ClientKey(
                "cred_" + random.mixed(22),
                name,
                thumbprint(key),
                alg == null ? "RS256" : alg,
                key,
                active,
                now,
                now,
                expiry(pem, Boolean.TRUE.equals(parseExpiryFromCert), expiresAt));
    }

    private static RSAKey read(String pem) {
        try {
            if (JWK.parseFromPEMEncodedObjects(pem) instanceof RSAKey rsa
                    && !rsa.isPrivate()
                    && rsa.size() >= LEAST_BITS) return rsa;
            throw InvalidBody.on("pem", "Must be a public RSA key of at least " + LEAST_BITS + " bits");
        } catch (JOSEException unreadable) {
            throw InvalidBody.on("pem", "Must be a public key or certificate in PEM");
        }
    }

    private static String thumbprint(RSAKey key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Instant expiry(String pem, boolean fromCertificate, @Nullable String expiresAt) {
        if (!fromCertificate) return time(expiresAt);
        var certificate = X509CertUtils.parse(pem);
        if (certificate == null) throw InvalidBody.on("parse_expiry_from_cert", "The PEM is not a certificate");
        return certificate.getNotAfter().toInstant();
    }

    /** @param expiresAt null for never */
    static @Nullable Instant time(@Nullable String expiresAt) {
        try {
            return expiresAt == null ? null : Instant.parse(expiresAt);
        } catch (DateTimeParseException unreadable) {
            throw InvalidBody.on("expires_at", "Object didn't pass validation for format date-time");
        }
    }
}
