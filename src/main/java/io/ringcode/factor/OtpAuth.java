package io.ringcode.factor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** What an authenticator app reads from a QR code. */
public final class OtpAuth {
    private OtpAuth() {}

    /** {@code otpauth://totp/…}: SHA-1, six digits, 30 seconds. */
    public static String uri(String issuer, String account, String seed) {
        return "otpauth://totp/" + encode(issuer) + ":" + encode(account) + "?secret=" + seed + "&issuer="
                + encode(issuer) + "&algorithm=SHA1&digits=6&period=30";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
