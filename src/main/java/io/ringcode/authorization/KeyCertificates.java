package io.ringcode.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate beside each public key ({@code x5c}, RFC 7517 section 4.7): some who trust our keys read them in no other
 * form. It says nothing but the key; made of the key alone, it is the same on every server.
 */
final class KeyCertificates {
    private static final Duration LIFE = Duration.ofDays(36_500);
    private static final Cache<String, List<Base64>> MADE =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private KeyCertificates() {}

    static RSAKey with(RSAKey key, Instant created)
            throws JOSEException, GeneralSecurityException, OperatorCreationException {
        var print = key.computeThumbprint().toString();
        var chain = MADE.getIfPresent(print);
        if (chain == null) {
            chain = List.of(make(key, created));
            MADE.put(print, chain);
        }
        return new RSAKey.Builder(key).x509CertChain(chain).build();
    }

    private static Base64 make(RSAKey key, Instant created)
            throws JOSEException, GeneralSecurityException, OperatorCreationException {
        var from = created.truncatedTo(ChronoUnit.SECONDS);
        var name = new X500Name("CN=Ringcode");
        var serial =
                MessageDigest.getInstance("SHA-256").digest(key.toRSAPublicKey().getEncoded());
        var certificate = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(1, serial).shiftRight(100),
                        Date.from(from),
                        Date.from(from.plus(LIFE)),
                        name,
                        key.toRSAPublicKey())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(key.toRSAPrivateKey()));
        try {
            return Base64.encode(certificate.getEncoded());
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException("A certificate in memory cannot be written", impossible);
        }
    }
}
