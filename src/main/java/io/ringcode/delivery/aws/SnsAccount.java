package io.ringcode.delivery.aws;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's account for Amazon SNS. Without a sender Amazon chooses one.
 *
 * @param senderId where the country supports it
 * @param number a number of the account's own
 */
record SnsAccount(
        AwsKeys keys,
        @Nullable String senderId,
        @Nullable String number,
        @Nullable String entityId,
        @Nullable String templateId) {
    static final AccountForm<SnsAccount> FORM = new AccountForm<>(
            "sns",
            "Amazon SNS",
            AwsKeys.fields(
                    AccountField.named("sender_id")
                            .matching(
                                    "(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}",
                                    "must be 1 to 11 letters and digits, one letter at least"),
                    AccountField.named("origination_number").matching("\\+?\\d{3,15}", "must be a number"),
                    AccountField.named("india_entity_id").matching("\\d{1,50}", "must be digits"),
                    AccountField.named("india_template_id").matching("\\d{1,50}", "must be digits")),
            SnsAccount::of);

    private static SnsAccount of(AccountValues values) {
        return new SnsAccount(
                AwsKeys.of(values),
                values.find("sender_id"),
                values.find("origination_number"),
                values.find("india_entity_id"),
                values.find("india_template_id"));
    }
}
