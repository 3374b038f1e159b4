package io.ringcode.delivery.webhook;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;

/**
 * The account of a webhook: a customer's own endpoint.
 *
 * @param secret {@code whsec_} and 24 to 64 bytes in base64
 */
record WebhookAccount(String url, String secret) {
    static final AccountForm<WebhookAccount> FORM = new AccountForm<>(
            "webhook",
            "Webhook",
            List.of(
                    AccountField.named("url", "Address")
                            .needed()
                            .being(WebhookAccount::isAddress, "must be an https address"),
                    AccountField.secret("secret")
                            .needed()
                            .being(WebhookAccount::isSecret, "must be whsec_ and 24 to 64 bytes in base64")),
            WebhookAccount::of);

    private static WebhookAccount of(AccountValues values) {
        return new WebhookAccount(values.get("url"), values.get("secret"));
    }

    private static boolean isAddress(String text) {
        try {
            var url = new URI(text);
            return text.length() <= 1000
                    && "https".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getPort() <= 65_535
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    /** The lengths are the Standard Webhooks specification's. */
    private static boolean isSecret(String text) {
        if (!text.startsWith("whsec_")) return false;
        try {
            var length = Base64.getDecoder().decode(text.substring("whsec_".length())).length;
            return length >= 24 && length <= 64;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "WebhookAccount[" + url + "]";
    }
}
