package io.ringcode.delivery;

import io.ringcode.delivery.vonage.VonageKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An account with each carrier there is, with every secret that it can have. */
public final class EveryAccount {
    private static final Map<String, String> KEYS = Map.of(
            "region", "eu-central-1",
            "access_key_id", "AKIAIOSFODNN7EXAMPLE",
            "secret_access_key", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static final Map<String, Map<String, String>> ALL = Map.of(
            "twilio", Map.of("sid", "AC1", "auth_token", "the-token-of-an-account", "default_from", "+14155550100"),
            "sns", KEYS,
            "aws-sms-voice", aws(),
            "infobip",
                    Map.of(
                            "host", "ab12cd.api.infobip.com",
                            "api_key", "the-key-of-infobip",
                            "default_from", "Ringcode"),
            "telesign",
                    Map.of(
                            "customer_id", "FFFFFFFF-EEEE-DDDD-1234-AB1234567890",
                            "api_key", "dGhlLWtleS1vZi10ZWxlc2lnbg=="),
            "vonage", vonage(),
            "esendex",
                    Map.of(
                            "username", "me@example.com",
                            "password", "the-password-of-esendex",
                            "account_reference", "EX0000002"),
            "mitto", Map.of("api_key", "the-key-of-mitto", "default_from", "Ringcode"),
            "webhook", Map.of("url", "https://example.com", "secret", "whsec_dGhlLXNlY3JldC1vZi1hLXdlYmhvb2s0Nzk="));

    private EveryAccount() {}

    private static Map<String, String> aws() {
        var account = new HashMap<>(KEYS);
        account.put("default_from", "pool-0123456789abcdef");
        return Map.copyOf(account);
    }

    private static Map<String, String> vonage() {
        var account = new HashMap<>(VonageKeys.account("sms"));
        account.put("signature_secret", "the-signature-secret");
        return Map.copyOf(account);
    }

    /** The carriers' names. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /** @throws IllegalArgumentException for a carrier that has none here yet */
    public static Map<String, String> with(String carrier) {
        var account = ALL.get(carrier);
        if (account == null) throw new IllegalArgumentException("No account with " + carrier);
        return account;
    }
}
