package io.ringcode.delivery.webhook;

import io.ringcode.delivery.AccountField;
import io.ringcode.delivery.AccountForm;
import io.ringcode.delivery.AccountValues;
import java.util.List;

/**
 * A customer's own endpoint.
 *
 * @param secret {@code whsec_} and at least 24 bytes in base64
 */
record WebhookAccount(String url, String secret) {
    static final AccountForm<WebhookAccount> FORM = new AccountForm<>(
            "webhook",
            List.of(
                    AccountField.named("url")
                            .needed()
                            .matching(
                                    "https://[A-Za-z0-9.:\\[\\]-]+(/[!-~&&[^#]]{0,1000})?", "must be an https address"),
                    AccountField.secret("secret")
                            .needed()
                            .matching(
                                    "whsec_(?:[A-Za-z0-9+/]{4}){8,31}(?:[A-Za-z0-9+/]{2}[A-Za-z0-9+/=]=)?",
                                    "must be whsec_ and 24 to 95 bytes in base64")),
            WebhookAccount::of);

    private static WebhookAccount of(AccountValues values) {
        return new WebhookAccount(values.get("url"), values.get("secret"));
    }

    @Override
    public String toString() {
        return "WebhookAccount[" + url + "]";
    }
}
