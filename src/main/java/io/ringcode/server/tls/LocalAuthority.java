package io.ringcode.server.tls;

import io.ringcode.server.settings.Network;
import io.ringcode.server.storage.DurableFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate authority for this one server, made at its first start with https: who trusts {@code ca.pem} trusts the
 * server's certificate and each that follows it. Its key never leaves the folder.
 */
final class LocalAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);

    /** What browsers accept at most (CA/Browser Forum, Baseline Requirements §6.3.2). */
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(397);

    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final Path folder;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    LocalAuthority(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    Path authorityFile() {
        return folder.resolve("ca.pem");
    }

    /** A certificate for this machine's own names and the public one, new where the last is old or for other names. */
    ServerCertificate certificate(@Nullable URI publicUrl) throws IOException {
        try {
            DurableFiles.createPrivateFolders(folder);
            var authority = authority();
            var names = names(publicUrl);
            var file = folder.resolve("server.pem");
            var keyFile = folder.resolve("server.key");
            if (!isGood(file, keyFile, names, authority.certificate())) issue(authority, names, file, keyFile);
            return new ServerCertificate(file, keyFile);
        } catch (GeneralSecurityException | OperatorCreationException failure) {
            throw new IOException("No certificate could be made: " + failure.getMessage(), failure);
        }
    }

    private record Authority(X509Certificate certificate, PrivateKey key) {}

    private Authority authority() throws IOException, GeneralSecurityException, OperatorCreationException {
        var keyFile = folder.resolve("ca.key");
        // The key comes last to disk, so a certificate without one is of no use and made again.
        if (Files.exists(keyFile) && Files.exists(authorityFile())) {
            var key = PemContent.load(keyFile).getPrivateKey();
            if (key == null) throw new IOException(keyFile + " holds no private key");
            return new Authority(read(authorityFile()), key);
        }
        var keys = newKeys();
        var name = new X500Name("CN=Ringcode local authority " + Long.toHexString(random.nextLong()));
        var builder = builder(name, name, keys, keys, AUTHORITY_LIFE)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        var certificate = sign(builder, keys.getPrivate());
        DurableFiles.writePrivate(authorityFile(), pem("CERTIFICATE", certificate.getEncoded()));
        DurableFiles.setMode(authorityFile(), "rw-r--r--");
        DurableFiles.writePrivate(keyFile, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        return new Authority(certificate, keys.getPrivate());
    }

    private void issue(Authority authority, Set<String> names, Path file, Path keyFile)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var keys = newKeys();
        var issuer = X500Name.getInstance(
                authority.certificate().getSubjectX500Principal().getEncoded());
        var authorityKeys = new KeyPair(authority.certificate().getPublicKey(), authority.key());
        var builder = builder(issuer, new X500Name("CN=localhost"), keys, authorityKeys, CERTIFICATE_LIFE)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, alternativeNames(names));
        var certificate = sign(builder, authority.key());
        Files.deleteIfExists(file);
        DurableFiles.writePrivate(keyFile, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        DurableFiles.writePrivate(file, pem("CERTIFICATE", certificate.getEncoded()));
    }

    private boolean isGood(Path file, Path keyFile, Set<String> names, X509Certificate authority) throws IOException {
        if (!Files.exists(file) || !Files.exists(keyFile)) return false;
        try {
            var certificate = read(file);
            certificate.verify(authority.getPublicKey());
            certificate.checkValidity(Date.from(clock.instant().plus(RENEW_BEFORE)));
            var covered = certificate.getSubjectAlternativeNames().stream()
                    .map(name -> (String) name.get(1))
                    .map(LocalAuthority::shortest)
                    .collect(Collectors.toSet());
            return covered.equals(names.stream().map(LocalAuthority::shortest).collect(Collectors.toSet()));
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, KeyPair issuerKeys, Duration life)
            throws IOException, GeneralSecurityException {
        var from = clock.instant().minus(CLOCK_SKEW);
        var identifiers = new JcaX509ExtensionUtils();
        return new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(159, random),
                        Date.from(from),
                        Date.from(from.plus(life)),
                        subject,
                        keys.getPublic())
                .addExtension(
                        Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        identifiers.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, CertificateException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static Set<String> names(@Nullable URI publicUrl) {
        var names = new ArrayList<>(List.of("localhost", Network.LOOPBACK, "::1"));
        if (publicUrl != null) names.add(publicUrl.getHost().replaceAll("[\\[\\]]", ""));
        return Set.copyOf(names);
    }

    private static GeneralNames alternativeNames(Collection<String> names) {
        return new GeneralNames(names.stream()
                .sorted()
                .map(name ->
                        new GeneralName(Network.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    /** One spelling for each IPv6 address. */
    private static String shortest(String name) {
        return Network.isAddress(name) ? java.net.InetAddress.ofLiteral(name).getHostAddress() : name;
    }

    private KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private static X509Certificate read(Path file) throws IOException, CertificateException {
        try (var content = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
        }
    }

    private static byte[] pem(String type, byte[] content) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return ("-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
