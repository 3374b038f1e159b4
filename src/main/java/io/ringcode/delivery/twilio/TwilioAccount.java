package io.ringcode.delivery.twilio;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import io.ringcode.phone.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's account with Twilio, under the field names that Auth0 has for it.
 *
 * @param from a number, short code or alphanumeric sender; a call needs it
 * @param messagingService chooses the sender of an SMS
 */
record TwilioAccount(
        String sid,
        String authToken,
        @Nullable String from,
        @Nullable String messagingService) {
    static final AccountForm<TwilioAccount> FORM = new AccountForm<>(
            "twilio",
            "Twilio",
            List.of(
                    AccountField.named("sid", "Account SID").needed(),
                    AccountField.secret("auth_token").needed(),
                    AccountField.named("default_from", "From").matching(".{1,64}", "must have 1 to 64 characters"),
                    AccountField.named("mssid", "Messaging Service SID (Copilot)")),
            TwilioAccount::of);

    private static TwilioAccount of(AccountValues values) {
        return new TwilioAccount(
                values.get("sid"), values.get("auth_token"), values.find("default_from"), values.find("mssid"));
    }

    boolean suffices(Channel channel) {
        return switch (channel) {
            case SMS -> from != null || messagingService != null;
            case VOICE -> from != null;
        };
    }

    @Override
    public String toString() {
        return "TwilioAccount[" + sid + "]";
    }
}
