package io.ringcode.delivery.telesign;

import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.secret.Macs;
import io.ringcode.tenant.TenantId;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** TeleSign's transaction callbacks. The signature covers the body, but no time: a repeated one is harmless and passes. */
@Component
class TelesignReceipts implements ReceiptSource {
    private final CarrierAccounts accounts;
    private final ObjectMapper json;

    TelesignReceipts(CarrierAccounts accounts, ObjectMapper json) {
        this.accounts = accounts;
        this.json = json;
    }

    @Override
    public String name() {
        return TelesignProvider.NAME;
    }

    @Override
    public ReceiptCheck read(TenantId tenant, VendorCall call) {
        var account = accounts.find(tenant, TelesignAccount.FORM).orElse(null);
        if (account == null) return new Forged("no account to check it with");
        var expected = TelesignSignature.ofCallback(account, call.body());
        // Both headers carry it: some proxies take the first one away.
        if (!Macs.same(call.header("x-ts-authorization"), expected)
                && !Macs.same(call.header("authorization"), expected)) return new Forged("its signature does not fit");
        var body = call.json(json);
        var id = body.path("reference_id").asString("");
        var code = body.path("status").path("code").asInt(0);
        if (id.isEmpty() || code == 0) return new Unreadable("no id or no status");
        return Genuine.signed(List.of(receipt(id, code)));
    }

    private static Receipt receipt(String id, int code) {
        if (code == TelesignCodes.DELIVERED || code == TelesignCodes.ANSWERED) return Receipt.of(id, State.DELIVERED);
        if (TelesignCodes.isOnItsWay(code)) return Receipt.of(id, State.SENT);
        return Receipt.of(id, State.UNDELIVERED, Integer.toString(code), TelesignCodes.lasting(code));
    }
}
