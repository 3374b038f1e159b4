package io.ringcode.management.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.X509CertUtils;
import io.ringcode.client.ClientKey;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.secret.RandomText;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a client's public key, given as PEM: a bare key or a certificate. */
@Component
class ClientKeyForm {
    private static final int LEAST_BITS = 2048;
    private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "PS256");

    private final RandomText random;
    private final Clock clock;

    ClientKeyForm(RandomText random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    ClientKey read(Body body, boolean active) {
        body.only("credential_type", "name", "pem", "alg", "parse_expiry_from_cert", "expires_at");
        body.choice("credential_type", Set.of("public_key"));
        var pem = body.text("pem", 1, 20_000);
        try {
            var key = JWK.parseFromPEMEncodedObjects(pem);
            if (!(key instanceof RSAKey rsa) || rsa.isPrivate() || rsa.size() < LEAST_BITS)
                throw ManagementRefused.body("pem", "Must be a public RSA key of at least " + LEAST_BITS + " bits");
            var now = clock.instant();
            return new ClientKey(
                    "cred_" + random.mixed(22),
                    body.optionalText("name", 1, 128),
                    rsa.computeThumbprint().toString(),
                    body.has("alg") ? body.choice("alg", ALGORITHMS) : "RS256",
                    rsa,
                    active,
                    now,
                    now,
                    expiry(body, pem));
        } catch (JOSEException unreadable) {
            throw ManagementRefused.body("pem", "Must be a public key or certificate in PEM");
        }
    }

    private static @Nullable Instant expiry(Body body, String pem) {
        if (body.flag("parse_expiry_from_cert", false)) {
            var certificate = X509CertUtils.parse(pem);
            if (certificate == null)
                throw ManagementRefused.body("parse_expiry_from_cert", "The PEM is no certificate");
            return certificate.getNotAfter().toInstant();
        }
        return time(body);
    }

    static @Nullable Instant time(Body body) {
        var text = body.optionalText("expires_at", 1, 64);
        if (text == null) return null;
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw ManagementRefused.body("expires_at", "Object didn't pass validation for format date-time");
        }
    }
}
