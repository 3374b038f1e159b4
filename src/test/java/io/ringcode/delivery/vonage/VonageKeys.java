package io.ringcode.delivery.vonage;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** An account with everything that Vonage can ask for. */
public final class VonageKeys {
    static final String APPLICATION = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";
    static final KeyPair PAIR = pair();

    private VonageKeys() {}

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static Map<String, String> account(String smsApi) {
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(PAIR.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return Map.of(
                "api_key", "abcd1234",
                "api_secret", "the-secret",
                "application_id", APPLICATION,
                "private_key", pem,
                "sms_api", smsApi,
                "default_from", "Ringcode",
                "voice_from", "14155550100");
    }
}
