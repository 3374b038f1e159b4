package io.ringcode.delivery.vonage;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import io.ringcode.phone.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's account with Vonage.
 *
 * @param signatureSecret what Vonage signs webhooks with, and SMS API requests are signed with where a method is set
 * @param application for Messages and calls, with its private key
 * @param messages SMS by the Messages API instead of the SMS API
 * @param from sender of an SMS
 * @param voiceFrom a Vonage number in digits
 */
record VonageAccount(
        String apiKey,
        @Nullable String apiSecret,
        @Nullable String signatureSecret,
        @Nullable SignatureMethod signatureMethod,
        @Nullable Application application,
        boolean messages,
        @Nullable String from,
        @Nullable String voiceFrom) {
    private static final String PEM = "(?s)\\s*-----BEGIN PRIVATE KEY-----.+-----END PRIVATE KEY-----\\s*";

    static final AccountForm<VonageAccount> FORM = new AccountForm<>(
            "vonage",
            "Vonage",
            List.of(
                    AccountField.named("api_key", "API key")
                            .needed()
                            .matching("[A-Za-z0-9]{8}", "must be 8 letters and digits"),
                    AccountField.secret("api_secret").matching(".{6,32}", "must have 6 to 32 characters"),
                    AccountField.secret("signature_secret").matching(".{10,200}", "must have 10 to 200 characters"),
                    AccountField.named("signature_method")
                            .matching(SignatureMethod.pattern(), "must be one of " + SignatureMethod.pattern()),
                    AccountField.named("application_id").matching("[0-9a-f-]{36}", "must be the application's UUID"),
                    AccountField.secret("private_key")
                            .onLines()
                            .matching(PEM, "must be a private key in PEM (PKCS #8)"),
                    AccountField.named("sms_api").matching("sms|messages", "must be sms or messages"),
                    AccountField.named("default_from", "From")
                            .matching(
                                    "\\d{3,15}|[A-Za-z0-9]{1,11}",
                                    "must be digits without +, or 1 to 11 letters and digits"),
                    AccountField.named("voice_from", "From, for calls")
                            .matching("\\d{7,15}", "must be a number in digits, without +")),
            VonageAccount::of);

    /** @param privateKey PEM */
    record Application(String id, String privateKey) {
        @Override
        public String toString() {
            return "Application[" + id + "]";
        }
    }

    private static VonageAccount of(AccountValues values) {
        var application = values.find("application_id");
        var key = values.find("private_key");
        var method = values.find("signature_method");
        return new VonageAccount(
                values.get("api_key"),
                values.find("api_secret"),
                values.find("signature_secret"),
                method == null ? null : SignatureMethod.of(method),
                application == null || key == null ? null : new Application(application, key),
                values.get("sms_api", "sms").equals("messages"),
                values.find("default_from"),
                values.find("voice_from"));
    }

    boolean suffices(Channel channel) {
        return switch (channel) {
            case VOICE -> application != null && voiceFrom != null;
            case SMS -> from != null && (apiSecret != null || (messages ? application != null : signs()));
        };
    }

    /** Whether requests and receipts of the SMS API are signed. */
    boolean signs() {
        return signatureSecret != null && signatureMethod != null;
    }

    @Override
    public String toString() {
        return "VonageAccount[" + apiKey + "]";
    }
}
