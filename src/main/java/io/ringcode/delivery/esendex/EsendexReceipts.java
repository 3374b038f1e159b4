package io.ringcode.delivery.esendex;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.http.Xml;
import io.ringcode.tenant.TenantId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Esendex's push notifications: XML to an address that is set in the Esendex account, unsigned. */
@Component
class EsendexReceipts implements ReceiptSource {
    @Override
    public String name() {
        return EsendexProvider.NAME;
    }

    @Override
    public Addressing addressing() {
        return Addressing.IN_THE_CARRIERS_CONSOLE;
    }

    @Override
    public ReceiptCheck read(TenantId tenant, VendorCall call) {
        return Xml.read(call.body()).map(EsendexReceipts::read).orElseGet(() -> new Unreadable("no XML"));
    }

    private static ReceiptCheck read(Xml xml) {
        var message = xml.text("MessageId");
        var notification = xml.text("Id");
        if (message.isEmpty() || notification.isEmpty()) return new Unreadable("no id");
        return switch (xml.name()) {
            case "MessageDelivered" ->
                Genuine.unsigned(List.of(Receipt.of(message, State.DELIVERED))).onceOnly(notification);
            case "MessageFailed" ->
                Genuine.unsigned(List.of(failed(xml, message))).onceOnly(notification);
            default -> new Unreadable("neither delivered nor failed");
        };
    }

    /** Esendex does not tell the cause of a permanent failure, so another carrier may try. */
    private static Receipt failed(Xml xml, String message) {
        var code = xml.text("Code");
        var lasting = xml.text("PermanentFailure").equalsIgnoreCase("true");
        return Receipt.of(
                message, State.UNDELIVERED, code.isEmpty() ? null : code, lasting ? FailureCause.VENDOR : null);
    }
}
