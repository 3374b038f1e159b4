package io.ringcode.delivery.telesign;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's account with TeleSign. Without a sender TeleSign chooses one.
 *
 * @param enterprise such accounts have a host of their own
 * @param from {@code sender_id} of an SMS, enabled by TeleSign
 * @param voiceFrom {@code caller_id} of a call, bought from TeleSign
 */
record TelesignAccount(
        String customerId,
        String apiKey,
        boolean enterprise,
        @Nullable String from,
        @Nullable String voiceFrom) {
    static final AccountForm<TelesignAccount> FORM = new AccountForm<>(
            "telesign",
            "TeleSign",
            List.of(
                    AccountField.named("customer_id")
                            .needed()
                            .matching(
                                    "[0-9A-Fa-f-]{32,36}", "must be a customer id, such as FFFFFFFF-EEEE-DDDD-1234-…"),
                    AccountField.secret("api_key", "API key")
                            .needed()
                            .matching("[A-Za-z0-9+/=-]{16,1000}", "must be an API key in base64"),
                    AccountField.named("plan")
                            .matching("self-service|enterprise", "must be self-service or enterprise"),
                    AccountField.named("default_from", "From").matching(".{1,20}", "must have 1 to 20 characters"),
                    AccountField.named("voice_from", "From, for calls").matching("\\+?\\d{6,15}", "must be a number")),
            TelesignAccount::of);

    private static TelesignAccount of(AccountValues values) {
        return new TelesignAccount(
                values.get("customer_id"),
                values.get("api_key"),
                values.get("plan", "self-service").equals("enterprise"),
                values.find("default_from"),
                values.find("voice_from"));
    }

    String host() {
        return enterprise ? "https://rest-ww.telesign.com" : "https://rest-api.telesign.com";
    }

    @Override
    public String toString() {
        return "TelesignAccount[" + customerId + "]";
    }
}
