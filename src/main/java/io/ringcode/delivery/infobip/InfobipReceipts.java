package io.ringcode.delivery.infobip;

import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.Price;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.tenant.TenantId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Infobip's delivery reports, up to a hundred in one request. Those for an address named with the message are not signed. */
@Component
class InfobipReceipts implements ReceiptSource {
    private final ObjectMapper json;

    InfobipReceipts(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String name() {
        return InfobipProvider.NAME;
    }

    @Override
    public ReceiptCheck read(TenantId tenant, VendorCall call) {
        var results = call.json(json).path("results");
        if (!results.isArray()) return new Unreadable("no results");
        var receipts = new ArrayList<Receipt>();
        for (var result : results) {
            var receipt = receipt(result);
            if (receipt == null) return new Unreadable("a result without id or status");
            receipts.add(receipt);
        }
        return Genuine.unsigned(receipts);
    }

    private static @Nullable Receipt receipt(JsonNode result) {
        var id = result.path("messageId").asString("");
        var group = result.path("status").path("groupId");
        if (id.isEmpty() || !group.isNumber()) return null;
        var machine = result.path("voiceCall").path("answeredBy").asString("").toLowerCase(Locale.ROOT);
        if (group.asInt() == InfobipCodes.DELIVERED && machine.contains("machine"))
            return Receipt.of(id, State.UNDELIVERED, "machine", null).costing(price(result));
        var state = switch (group.asInt()) {
            case InfobipCodes.DELIVERED -> State.DELIVERED;
            case InfobipCodes.UNDELIVERABLE, InfobipCodes.EXPIRED -> State.UNDELIVERED;
            case InfobipCodes.REJECTED -> State.FAILED;
            default -> State.SENT;
        };
        var error = result.path("error").path("id").asInt(0);
        var code = error == 0 ? null : Integer.toString(error);
        return Receipt.of(id, state, code, code == null ? null : InfobipCodes.ofError(error))
                .costing(price(result));
    }

    /** An SMS is paid by the part, a call by the second. */
    private static @Nullable Price price(JsonNode result) {
        var price = result.path("price");
        var currency = price.path("currency").asString("");
        var perMessage = price.path("pricePerMessage");
        var perSecond = price.path("pricePerSecond");
        if (currency.isEmpty()) return null;
        if (perMessage.isNumber())
            return new Price(times(perMessage, result.path("messageCount").asInt(1)), currency);
        var seconds = result.path("voiceCall").path("chargedDuration");
        return perSecond.isNumber() && seconds.isNumber()
                ? new Price(times(perSecond, seconds.asInt()), currency)
                : null;
    }

    private static BigDecimal times(JsonNode price, int count) {
        return price.decimalValue().multiply(BigDecimal.valueOf(count));
    }
}
