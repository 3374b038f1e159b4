package io.ringcode.delivery.mitto;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import java.util.List;

/**
 * A tenant's account with Mitto.
 *
 * @param region empty for the general host, or one of Mitto's sites
 */
record MittoAccount(String apiKey, String from, String region) {
    static final AccountForm<MittoAccount> FORM = new AccountForm<>(
            "mitto",
            "Mitto",
            List.of(
                    AccountField.secret("api_key", "API key").needed(),
                    AccountField.named("default_from", "From")
                            .needed()
                            .matching(
                                    "\\d{3,14}|[A-Za-z0-9 ]{3,11}",
                                    "must be 3 to 14 digits or 3 to 11 letters and digits"),
                    AccountField.named("region").matching("fra|sg|hk|us", "must be fra, sg, hk or us")),
            MittoAccount::of);

    private static MittoAccount of(AccountValues values) {
        return new MittoAccount(values.get("api_key"), values.get("default_from"), values.get("region", ""));
    }

    String host() {
        return "https://rest" + (region.isEmpty() ? "" : "-" + region) + ".mittoapi.net";
    }

    @Override
    public String toString() {
        return "MittoAccount[" + from + "]";
    }
}
