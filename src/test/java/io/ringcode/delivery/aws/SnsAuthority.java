package io.ringcode.delivery.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.RsaKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs as Amazon SNS does. */
final class SnsAuthority {
    private static final KeyPair KEYS = RsaKeys.pair();

    private final String pem;

    SnsAuthority(String host, Instant now) {
        var name = new X500Principal("CN=" + host);
        try {
            var certificate = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(Duration.ofDays(1))),
                            name,
                            KEYS.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(KEYS.getPrivate()));
            pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (OperatorCreationException | java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String pem() {
        return pem;
    }

    String sign(String text) {
        try {
            var rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(KEYS.getPrivate());
            rsa.update(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(rsa.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
