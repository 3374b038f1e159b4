package io.ringcode.delivery;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.CarrierProvider;
import io.ringcode.delivery.carrier.CredentialCheckResult;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A carrier that answers as the test says, and reports in a language of its own: {@code vendorId state}, and a price and its currency
 * where it says one, with the account's
 * key as the header {@code x-key}, and optionally {@code x-age} in seconds and {@code x-id}.
 */
public final class ScriptedCarrier extends CarrierProvider<String> implements ReceiptSource {
    public static final Map<String, String> ACCOUNT = Map.of("key", "a-key");

    private final List<PhoneMessage> asked = new CopyOnWriteArrayList<>();
    private volatile Function<PhoneMessage, SendResult> script = this::accepts;

    public ScriptedCarrier(String name, CarrierAccounts accounts) {
        super(
                new AccountForm<>(
                        name, name, List.of(AccountField.secret("key").needed()), values -> values.get("key")),
                accounts);
    }

    public void answers(SendResult always) {
        script = _ -> always;
    }

    public void answers(Function<PhoneMessage, SendResult> byMessage) {
        script = byMessage;
    }

    public void works() {
        script = this::accepts;
    }

    public SendResult accepts(PhoneMessage message) {
        return new SendResult.Accepted(name() + "-" + message.id());
    }

    /** How many messages it was asked to carry. */
    public int asked() {
        return asked.size();
    }

    public List<PhoneMessage> messages() {
        return List.copyOf(asked);
    }

    @Override
    public boolean offers(Channel channel) {
        return true;
    }

    @Override
    protected boolean suffices(String account, Channel channel) {
        return true;
    }

    @Override
    protected SendResult send(String account, PhoneMessage message) {
        asked.add(message);
        return script.apply(message);
    }

    @Override
    protected CredentialCheckResult check(String account) {
        return new CredentialCheckResult.Good();
    }

    @Override
    public ReceiptCheck read(TenantId tenant, VendorCall call) {
        if (!call.header("x-key").equals(accounts.find(tenant, form()).orElse("")))
            return new ReceiptCheck.Forged("the key is not the account's");
        if (Integer.parseInt("0" + call.header("x-age")) > 300) return new ReceiptCheck.Stale("older than 5 minutes");
        var words = call.text().split(" ", -1);
        if (words.length != 2 && words.length != 4) return new ReceiptCheck.Unreadable("neither two words nor four");
        var receipt = Receipt.of(words[0], Receipt.State.valueOf(words[1]));
        var receipts = List.of(
                words.length == 2 ? receipt : receipt.costing(new Receipt.Price(new BigDecimal(words[2]), words[3])));
        var genuine = ReceiptCheck.Genuine.signed(receipts);
        return call.header("x-id").isEmpty() ? genuine : genuine.onceOnly(call.header("x-id"));
    }
}
