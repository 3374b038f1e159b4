package io.ringcode;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** A client's key pair, and what the client signs with it. */
public record SigningClient(TestTenant tenant, RSAKey key) {
    public static SigningClient of(TestTenant tenant) {
        return new SigningClient(tenant, RsaKeys.jwk());
    }

    /** The public key as the Management API takes it. */
    public Map<String, String> credential() {
        try {
            var der = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(key.toRSAPublicKey().getEncoded());
            var pem = "-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----\n";
            return Map.of("credential_type", "public_key", "name", "a key", "alg", "RS256", "pem", pem);
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Good claims, for a client of this id. */
    public JWTClaimsSet.Builder claims(String client) {
        var now = tenant.server().clock().instant();
        return new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(tenant.issuer())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)));
    }

    public String sign(JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A token for the Management API, asked for with an assertion. */
    public Answer token(String assertion) {
        return tenant.form(
                "/oauth/token",
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion,
                "audience",
                tenant.issuer() + "api/v2/");
    }
}
