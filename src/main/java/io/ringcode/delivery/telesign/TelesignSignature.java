package io.ringcode.delivery.telesign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.secret.Macs;
import java.util.Base64;

/** {@code TSA customer:signature}: HMAC-SHA256 with the decoded API key (TeleSign's page "Authentication"). */
final class TelesignSignature {
    static final String METHOD = "HMAC-SHA256";

    private TelesignSignature() {}

    /**
     * For a request.
     *
     * @param date RFC 1123
     * @param nonce never used before
     * @param path without host and query
     */
    static String ofRequest(
            TelesignAccount account,
            String method,
            String contentType,
            String date,
            String nonce,
            String body,
            String path) {
        var text = method + "\n" + contentType + "\n" + date + "\nx-ts-auth-method:" + METHOD + "\nx-ts-nonce:" + nonce
                + (body.isEmpty() ? "" : "\n" + body) + "\n" + path;
        return header(account, text.getBytes(UTF_8));
    }

    /** For a callback: of nothing but its body. */
    static String ofCallback(TelesignAccount account, byte[] body) {
        return header(account, body);
    }

    private static String header(TelesignAccount account, byte[] signed) {
        // TeleSign's own libraries skip what is no base64 in a key, and so must everybody.
        var key = Base64.getMimeDecoder().decode(account.apiKey());
        var mac = Base64.getEncoder().encodeToString(Macs.mac("HmacSHA256", key, signed));
        return "TSA " + account.customerId() + ":" + mac;
    }
}
