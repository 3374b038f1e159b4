package io.ringcode.delivery.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.secret.Macs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A second opinion: AWS Signature Version 4 by its description, for a request to the root without a query. */
final class SigV4 {
    private SigV4() {}

    /** @param headers those to sign, by lower-case name, {@code x-amz-date} among them */
    static String authorization(AwsKeys keys, String service, String method, Map<String, String> headers, String body) {
        var sorted = new TreeMap<>(headers);
        var date = sorted.getOrDefault("x-amz-date", "");
        var scope = date.substring(0, 8) + "/" + keys.region() + "/" + service + "/aws4_request";
        var canonical = new StringBuilder(method + "\n/\n\n");
        sorted.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical
                .append('\n')
                .append(String.join(";", sorted.keySet()))
                .append('\n')
                .append(hash(body));
        var text = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + hash(canonical.toString());
        var key = ("AWS4" + keys.secretAccessKey()).getBytes(UTF_8);
        for (var part : List.of(date.substring(0, 8), keys.region(), service, "aws4_request", text))
            key = Macs.mac("HmacSHA256", key, part.getBytes(UTF_8));
        return "AWS4-HMAC-SHA256 Credential=" + keys.accessKeyId() + "/" + scope + ", SignedHeaders="
                + String.join(";", sorted.keySet()) + ", Signature=" + Macs.hex(key);
    }

    /** Which headers an Authorization header says are signed. */
    static Set<String> signedHeaders(String authorization) {
        return Set.of(
                authorization.replaceFirst(".*SignedHeaders=([^,]+),.*", "$1").split(";", -1));
    }

    private static String hash(String text) {
        return Macs.hex(Macs.digest("SHA-256", text.getBytes(UTF_8)));
    }
}
