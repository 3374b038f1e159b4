package io.ringcode.delivery.vonage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Stale;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.vonage.VonageAccount.Application;
import io.ringcode.secret.Macs;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.MissingNode;

/** The tokens that requests carry (RS256, the application's key) and those of webhooks (HS256, the signature secret). */
final class VonageTokens {
    static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Duration LIFE = Duration.ofMinutes(5);

    private VonageTokens() {}

    /** Empty where the key is none. */
    static Optional<String> forRequest(Application application, Instant now) {
        try {
            var claims = new JWTClaimsSet.Builder()
                    .claim("application_id", application.id())
                    .jwtID(UUID.randomUUID().toString())
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plus(LIFE)))
                    .build();
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(JOSEObjectType.JWT)
                    .build();
            var token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key(application.privateKey())));
            return Optional.of(token.serialize());
        } catch (GeneralSecurityException | JOSEException | IllegalArgumentException noKey) {
            return Optional.empty();
        }
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        var base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    /** @return {@link Genuine} without receipts, once only, where the token is Vonage's and of this very body */
    static ReceiptCheck ofWebhook(VonageAccount account, String secret, VendorCall call, ObjectMapper json) {
        var parts =
                call.header("authorization").replaceFirst("(?i)^Bearer\\s+", "").split("\\.", -1);
        // Vonage says that a call of theirs rarely comes without one, and comes again when it is asked to.
        if (parts.length != 3) return new Forged("unsigned", ReceiptCheck.Reply.COME_AGAIN);
        if (!"HS256".equals(decoded(parts[0], json).path("alg").asString(""))) return new Forged("not HS256");
        var mac = Macs.mac("HmacSHA256", secret.getBytes(UTF_8), (parts[0] + "." + parts[1]).getBytes(UTF_8));
        if (!Macs.same(parts[2], Base64.getUrlEncoder().withoutPadding().encodeToString(mac)))
            return new Forged("its signature does not fit");
        var claims = decoded(parts[1], json);
        var key = claims.path("api_key").asString("");
        if (!key.isEmpty() && !key.equals(account.apiKey())) return new Forged("another account's");
        var hash = claims.path("payload_hash").asString("");
        if (call.body().length > 0 && !Macs.same(hash, Macs.hex(Macs.digest("SHA-256", call.body()))))
            return new Forged("its body was changed");
        if (call.isBeyond(TOLERANCE, Instant.ofEpochSecond(claims.path("iat").asLong(0))))
            return new Stale("signed more than 5 minutes away");
        var id = claims.path("jti").asString("");
        return id.isEmpty() ? new Forged("no jti") : Genuine.signed(List.of()).onceOnly(id);
    }

    private static JsonNode decoded(String part, ObjectMapper json) {
        try {
            return json.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException | JacksonException garbage) {
            return MissingNode.getInstance();
        }
    }
}
