package io.ringcode.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.boot.ssl.pem.PemContent;

/** What the server proves its name with: a PEM file with the certificate (and those above it), and one with the key. */
record ServerCertificate(Path certificate, Path key) {
    /** Only guards a key store that lives in memory. */
    static final String IN_MEMORY = "ringcode";

    /** @throws IOException also if the two do not belong together, which otherwise only a visitor would notice */
    KeyStore keyStore() throws IOException {
        try {
            var privateKey = PemContent.load(key).getPrivateKey();
            if (privateKey == null) throw new IOException(key + " holds no private key in PEM form");
            List<X509Certificate> chain = PemContent.load(certificate).getCertificates();
            if (chain == null || chain.isEmpty())
                throw new IOException(certificate + " holds no certificate in PEM form");
            if (!belongTogether(privateKey, chain.getFirst()))
                throw new IOException(key + " is not the key of " + certificate);
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", privateKey, IN_MEMORY.toCharArray(), chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IllegalStateException | IllegalArgumentException unreadable) {
            throw new IOException(
                    certificate + " and " + key + " are not a certificate and its key in PEM form", unreadable);
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        var signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        var sample = "sample".getBytes(StandardCharsets.US_ASCII);
        signature.initSign(key);
        signature.update(sample);
        var signed = signature.sign();
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) return false;
        signature.initVerify(certificate.getPublicKey());
        signature.update(sample);
        return signature.verify(signed);
    }
}
