package io.ringcode.delivery.vonage;

import io.ringcode.RsaKeys;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Map;

/** An account with everything that Vonage can ask for. */
public final class VonageKeys {
    static final String APPLICATION = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";
    static final KeyPair PAIR = RsaKeys.pair();

    private VonageKeys() {}

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
