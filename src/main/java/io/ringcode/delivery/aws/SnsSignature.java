package io.ringcode.delivery.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringcode.delivery.http.CarrierHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The signature check of SNS messages: RSA over the fields that its kind has, by a certificate that lies on the very host of
 * the topic's region (Amazon SNS, "Verifying the signatures of Amazon SNS messages").
 */
@Component
class SnsSignature {
    private static final List<String> NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> SUBSCRIPTION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    private final CarrierHttp http;
    private final Cache<URI, X509Certificate> certificates = Caffeine.newBuilder()
            .maximumSize(100)
            .expireAfterWrite(Duration.ofHours(6))
            .build();

    SnsSignature(CarrierHttp http) {
        this.http = http;
    }

    /** @throws IOException when the certificate could not be had */
    boolean fits(JsonNode message, String topicArn, Instant now) throws IOException {
        var address = address(message.path("SigningCertURL").asString(""), topicArn);
        if (address == null || !address.getPath().endsWith(".pem")) return false;
        var certificate = certificate(address);
        if (certificate == null) return false;
        try {
            certificate.checkValidity(Date.from(now));
            var rsa = Signature.getInstance(
                    message.path("SignatureVersion").asString("").equals("2") ? "SHA256withRSA" : "SHA1withRSA");
            rsa.initVerify(certificate.getPublicKey());
            rsa.update(signed(message).getBytes(UTF_8));
            return isAmazons(certificate)
                    && rsa.verify(
                            Base64.getDecoder().decode(message.path("Signature").asString("")));
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            return false;
        }
    }

    /** An address on the host of the topic's region, with https; null for every other. */
    static @Nullable URI address(String url, String topicArn) {
        try {
            var address = URI.create(url);
            var region = topicArn.split(":", -1)[3];
            var host = address.getHost();
            var ours = "https".equals(address.getScheme())
                    && address.getPort() == -1
                    && address.getUserInfo() == null
                    && host != null
                    && host.toLowerCase(Locale.ROOT).equals(AwsKeys.host("sns", region));
            return ours ? address : null;
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    static String signed(JsonNode message) {
        var notification = message.path("Type").asString("").equals("Notification");
        var text = new StringBuilder();
        for (var field : notification ? NOTIFICATION : SUBSCRIPTION)
            if (message.has(field))
                text.append(field)
                        .append('\n')
                        .append(message.path(field).asString(""))
                        .append('\n');
        return text.toString();
    }

    private @Nullable X509Certificate certificate(URI address) throws IOException {
        var known = certificates.getIfPresent(address);
        if (known != null) return known;
        var answer = http.get(at(address), Map.of());
        if (!answer.isSuccess()) throw new IOException("No certificate: " + answer.status());
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(answer.body()));
            certificates.put(address, certificate);
            return certificate;
        } catch (CertificateException none) {
            return null;
        }
    }

    /** Where an address of Amazon's is reached, if the operator says that it is somewhere else. */
    URI at(URI address) {
        var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return URI.create(http.base("sns", "https://" + address.getHost()) + address.getRawPath() + query);
    }

    private static boolean isAmazons(X509Certificate certificate) {
        var name = certificate.getSubjectX500Principal().getName();
        return name.matches("(.*,)?CN=sns\\.amazonaws\\.com(\\.cn)?(,.*)?")
                || name.matches("(.*,)?CN=sns\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?(,.*)?");
    }
}
