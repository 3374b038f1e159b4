package io.ringcode.delivery.carrier;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.phone.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier says of itself. Forms, labels, variables, documents and tests go by it.
 *
 * @param name the provider's; also its page's, among the documents
 * @param title its name as people write it
 * @param fields of an account
 * @param channels those that it has at all
 * @param reports how it learns where to report what became of messages; null where it does not report
 */
public record Carrier(
        String name,
        String title,
        List<AccountField> fields,
        Set<Channel> channels,
        ReceiptSource.@Nullable Addressing reports) {

    public boolean makesCalls() {
        return channels.stream().anyMatch(Channel::isSpoken);
    }

    /** The environment variable that names another address of its API. */
    public String addressVariable() {
        return addressVariable(name);
    }

    static String addressVariable(String name) {
        return "RINGCODE_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_BASE_URL";
    }
}
