package io.ringcode.delivery.infobip;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import io.ringcode.phone.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's account with Infobip.
 *
 * @param host the account's own, such as {@code ab12cd.api.infobip.com}
 * @param from sender of an SMS
 * @param voiceFrom the number that calls, digits only
 */
record InfobipAccount(
        String host,
        String apiKey,
        @Nullable String from,
        @Nullable String voiceFrom) {
    static final AccountForm<InfobipAccount> FORM = new AccountForm<>(
            "infobip",
            "Infobip",
            List.of(
                    AccountField.named("host")
                            .needed()
                            .matching("[a-z0-9-]+\\.api\\.infobip\\.com", "must look like ab12cd.api.infobip.com"),
                    AccountField.secret("api_key", "API key").needed(),
                    AccountField.named("default_from", "From")
                            .matching(
                                    "\\+?\\d{3,15}|[A-Za-z0-9 ]{3,11}",
                                    "must be a number or 3 to 11 letters and digits"),
                    AccountField.named("voice_from", "From, for calls")
                            .matching("\\d{7,15}", "must be a number in digits, without +")),
            InfobipAccount::of);

    private static InfobipAccount of(AccountValues values) {
        return new InfobipAccount(
                values.get("host"), values.get("api_key"), values.find("default_from"), values.find("voice_from"));
    }

    boolean suffices(Channel channel) {
        return switch (channel) {
            case SMS -> from != null;
            case VOICE -> voiceFrom != null;
        };
    }

    @Override
    public String toString() {
        return "InfobipAccount[" + host + "]";
    }
}
