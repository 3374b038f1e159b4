package io.ringcode.delivery.esendex;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's account with Esendex.
 *
 * @param reference which of the user's accounts pays, {@code EX…}
 * @param from sender of an SMS and number of a call; null for the account's own
 */
record EsendexAccount(
        String user,
        String password,
        String reference,
        @Nullable String from) {
    static final AccountForm<EsendexAccount> FORM = new AccountForm<>(
            "esendex",
            "Esendex",
            List.of(
                    AccountField.named("username").needed(),
                    AccountField.secret("password").needed(),
                    AccountField.named("account_reference")
                            .needed()
                            .matching("EX\\d{1,20}", "must look like EX0123456"),
                    AccountField.named("default_from", "From")
                            .matching(
                                    "\\+?\\d{3,15}|[A-Za-z0-9*$?!\"#%&_,.@'+-]{1,11}",
                                    "must be a number or 1 to 11 of the characters that Esendex allows")),
            EsendexAccount::of);

    private static EsendexAccount of(AccountValues values) {
        return new EsendexAccount(
                values.get("username"),
                values.get("password"),
                values.get("account_reference"),
                values.find("default_from"));
    }

    @Override
    public String toString() {
        return "EsendexAccount[" + reference + "]";
    }
}
