package io.ringcode.delivery.webhook;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.Price;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Stale;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.network.StandardWebhook;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the customer's endpoint reports back, signed with the same secret by the same specification. */
@Component
class WebhookReceipts implements ReceiptSource {
    private final CarrierAccounts accounts;
    private final ObjectMapper json;

    WebhookReceipts(CarrierAccounts accounts, ObjectMapper json) {
        this.accounts = accounts;
        this.json = json;
    }

    @Override
    public String name() {
        return WebhookProvider.NAME;
    }

    @Override
    public ReceiptCheck read(TenantId tenant, VendorCall call) {
        var account = accounts.find(tenant, WebhookAccount.FORM).orElse(null);
        if (account == null) return new Forged("no account to check it with");
        var id = call.header(StandardWebhook.ID);
        var timestamp = call.header(StandardWebhook.TIMESTAMP);
        if (id.isEmpty()
                || !timestamp.matches("\\d{1,12}")
                || !StandardWebhook.fits(
                        account.secret(), id, timestamp, call.body(), call.header(StandardWebhook.SIGNATURE)))
            return new Forged("its signature does not fit");
        if (call.isBeyond(StandardWebhook.TOLERANCE, Instant.ofEpochSecond(Long.parseLong(timestamp))))
            return new Stale("signed more than 5 minutes away");
        var receipt = receipt(call.json(json).path("data"));
        return receipt == null
                ? new Unreadable("no message_id or state")
                : Genuine.signed(List.of(receipt)).onceOnly(id);
    }

    private static @Nullable Receipt receipt(JsonNode data) {
        var id = data.path("message_id").asString("");
        var state = switch (data.path("state").asString("")) {
            case "sent" -> State.SENT;
            case "delivered" -> State.DELIVERED;
            case "undelivered" -> State.UNDELIVERED;
            case "failed" -> State.FAILED;
            default -> null;
        };
        if (id.isEmpty() || state == null) return null;
        var code = data.path("code").asString("");
        return Receipt.of(
                        id,
                        state,
                        code.matches("[A-Za-z0-9_.-]{1,64}") ? code : null,
                        fault(data.path("fault").asString("")))
                .costing(price(data.path("price")));
    }

    private static @Nullable FailureCause fault(String fault) {
        return switch (fault) {
            case "number" -> FailureCause.NUMBER;
            case "opt_out" -> FailureCause.OPT_OUT;
            case "vendor" -> FailureCause.VENDOR;
            case "account" -> FailureCause.ACCOUNT;
            case "request" -> FailureCause.REQUEST;
            default -> null;
        };
    }

    private static @Nullable Price price(JsonNode price) {
        var currency = price.path("currency").asString("");
        return price.path("amount").isNumber() && currency.matches("[A-Z]{3}")
                ? new Price(price.path("amount").decimalValue(), currency)
                : null;
    }
}
